"""A shell on the furnished region, one where an introduction has begun, and one where nothing has been done yet."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from pathways.bootstrap import App, build_app
from pathways.clock import SetClock
from pathways.settings import Settings
from pathways.storage.revision import HEAD
from tests.pathways.cli.shell import Shell
from tests.pathways.conftest import START
from tests.pathways.drive import drive_to

OpenShell = Callable[[Path | None], Shell]


@pytest.fixture(scope="session")
def stamped_file(furnished_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The furnished database; its tables were not made by migrations, so it is told which form it has."""
    file = tmp_path_factory.mktemp("stamped") / "forlopp.db"
    shutil.copy(furnished_file, file)
    app = _app_on(file, SetClock(START))
    with app.write() as work:
        work.connection.execute(text("create table alembic_version (version_num varchar(32) not null)"))
        work.connection.execute(text("insert into alembic_version values (:head)"), {"head": HEAD})
        work.commit()
    app.database.dispose()
    return file


@pytest.fixture(scope="session")
def begun_file(stamped_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with one introduction, of KOL, in preparation."""
    file = tmp_path_factory.mktemp("begun") / "forlopp.db"
    shutil.copy(stamped_file, file)
    clock = SetClock(START)
    app = _app_on(file, clock)
    drive_to(app, clock, "kol", "preparation")
    app.database.dispose()
    return file


@pytest.fixture
def open_shell(
    tmp_path: Path, clock: SetClock, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[OpenShell]:
    """Opens a shell in a home of its own, with a copy of a database or with none."""
    for name in ("FORLOPP_DATABASE_URL", "FORLOPP_LANG", "FORLOPP_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("FORLOPP_HOME", str(tmp_path))
    opened: list[App] = []

    def open_one(file: Path | None) -> Shell:
        if file is not None:
            shutil.copy(file, tmp_path / "forlopp.db")
        app = build_app(Settings(), clock=clock)
        opened.append(app)
        return Shell(app, clock, tmp_path, capsys)

    yield open_one
    for app in opened:
        app.database.dispose()


@pytest.fixture
def bare_shell(open_shell: OpenShell) -> Shell:
    """A shell in an empty home: no database, no region."""
    return open_shell(None)


@pytest.fixture
def shell(open_shell: OpenShell, stamped_file: Path) -> Shell:
    """A shell on the furnished region."""
    return open_shell(stamped_file)


@pytest.fixture
def begun(open_shell: OpenShell, begun_file: Path) -> Shell:
    """A shell on the furnished region with one introduction."""
    return open_shell(begun_file)


def _app_on(file: Path, clock: SetClock) -> App:
    return build_app(Settings(), clock=clock, database_url=f"sqlite:///{file}")
