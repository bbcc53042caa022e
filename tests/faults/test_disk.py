"""A full disk, and a database that may only be read: refused in words, nothing half done, told by health, and over
without a restart.

The limits are real ones: a file system of a few megabytes, a largest file for a process of its own, a file without
permission to write; within this process the library's own limits, which it tells in the same way.
"""

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.errors import DatabaseReadOnly, DiskFull, Unwritable
from pathways.services.access.session import TOUCH_EVERY
from pathways.services.ask import Ask, Receipt
from pathways.services.clockwork.heartbeat import health
from pathways.services.clockwork.sweep import sweep
from pathways.storage.write_fault import find_write_fault
from tests.invariants import assert_promise_kept, fingerprint
from tests.pathways.cli.conftest import OpenShell, begun_file, open_shell, stamped_file
from tests.pathways.cli.shell import Outcome
from tests.pathways.drive import drive_to
from tests.pathways.web.api.conftest import client_with, token_for
from tests.pathways.web.conftest import Web, web

__all__ = ["begun_file", "open_shell", "stamped_file", "web"]
ROOT = Path(__file__).parents[2]
LONG = "Därför att det behövs. " * 150
Prepare = Callable[[Any], object]  # Any: the driver's own class


@contextmanager
def every_connection(app: App, prepare: Prepare) -> Iterator[None]:
    """Prepares every connection that the application opens, until the block is left."""

    def connected(connection: Any, _record: object) -> None:  # Any: the driver's own class
        prepare(connection)

    event.listen(app.database.engine, "connect", connected)
    app.database.dispose()
    yield
    event.remove(app.database.engine, "connect", connected)
    app.database.dispose()


def full(connection: Connection) -> None:
    """No page more than there are."""
    pages = connection.execute("pragma page_count").fetchone()[0]
    connection.execute(f"pragma max_page_count = {pages}")


def read_only(connection: Connection) -> None:
    connection.execute("pragma query_only = on")


def report(app: App, key: str) -> Receipt:
    return app.run("kol", "report", {}, Ask(actor="sam", command_id=key, reason=LONG))


def report_until_refused(app: App) -> tuple[dict[str, Receipt], Unwritable, dict[str, object]]:
    """Click until one click is refused: those accepted, the refusal, and what the database held before it."""
    accepted: dict[str, Receipt] = {}
    for n in range(200):
        before = fingerprint(app)
        try:
            accepted[f"click-{n}"] = report(app, f"click-{n}")
        except Unwritable as error:
            return accepted, error, before
    raise AssertionError("it was never refused")


@pytest.fixture
def mapped(app: App, clock: SetClock) -> App:
    """The application with one introduction under way."""
    drive_to(app, clock, "kol", "mapping")
    return app


@pytest.mark.parametrize(("prepare", "kind"), [(full, DiskFull), (read_only, DatabaseReadOnly)])
def test_a_refused_click_leaves_nothing_behind_and_is_carried_out_once_it_is_over(
    mapped: App, prepare: Prepare, kind: type[Unwritable]
) -> None:
    with every_connection(mapped, prepare):
        accepted, error, before = report_until_refused(mapped)
        assert type(error) is kind
        assert fingerprint(mapped) == before
    again = f"click-{len(accepted)}"
    assert_promise_kept(mapped, {**accepted, again: report(mapped, again)})


@pytest.mark.parametrize(
    ("prepare", "told"), [(full, "disken är full"), (read_only, "Förlopp får inte skriva i databasen")]
)
def test_a_program_gets_a_problem_and_pages_can_still_be_read(web: Web, prepare: Prepare, told: str) -> None:
    drive_to(web.app, web.clock, "kol", "mapping")
    program, page = client_with(web.app, token_for(web.app, "sam")), web.as_("sam")
    order = {"reason": LONG}
    with every_connection(web.app, prepare):
        answers = [program.post("/introductions/kol/commands/report", json=order) for _ in range(60)]
        answer = answers[-1]
        assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
        assert told in answer.json()["title"]
        assert "sqlite" not in answer.text
        assert answer.headers["retry-after"]
        assert program.get("/introductions/kol").status_code == 200
        web.clock.set(web.clock.now() + TOUCH_EVERY)  # long enough for the session to be touched
        assert page.get("/forlopp/kol").status_code == 200
        refused = page.post("/forlopp/kol/gor/report", data={"reason": LONG, "command_id": "tryckt-nu"})
        assert refused.status_code == 503
        assert told in refused.text
        assert "Ingenting har ändrats." in refused.text
    assert program.post("/introductions/kol/commands/report", json=order).status_code == 200


def test_a_sweep_that_cannot_write_is_told_and_the_next_one_does_its_work(mapped: App) -> None:
    now = mapped.clock.now()
    with every_connection(mapped, read_only), pytest.raises(DatabaseReadOnly):
        sweep(mapped, now=now)
    sweep(mapped, now=now)
    assert_promise_kept(mapped, {})


@pytest.mark.slow
def test_a_postgresql_that_may_only_be_read_is_told_in_the_same_words(postgres_app: App, clock: SetClock) -> None:
    drive_to(postgres_app, clock, "kol", "mapping")
    before = fingerprint(postgres_app)

    def standby(connection: Any) -> None:  # Any: the driver's own class
        connection.execute("set default_transaction_read_only = on")
        connection.commit()

    with every_connection(postgres_app, standby):
        with pytest.raises(DatabaseReadOnly):
            report(postgres_app, "tryckt")
        assert fingerprint(postgres_app) == before
        sign = next(sign for sign in health(postgres_app, now=clock.now()).signs if sign.name == "disk")
        assert (sign.ok, sign.sentence) == (False, "health.database_read_only")
    assert_promise_kept(postgres_app, {"tryckt": report(postgres_app, "tryckt")})


@pytest.mark.parametrize(
    ("state", "kind"),
    [("53100", DiskFull), ("58030", DiskFull), ("25006", DatabaseReadOnly), ("23505", None), (None, None)],
)
def test_what_a_server_complains_of_is_understood_by_its_code(state: str | None, kind: type[Unwritable] | None) -> None:
    complaint = Exception("could not extend file")
    complaint.sqlstate = state  # type: ignore[attr-defined]  # as the driver gives it
    found = find_write_fault(OperationalError("insert", {}, complaint), file=None, shown="postgresql://server")
    assert type(found) is (kind or type(None))


def test_health_tells_before_anybody_clicks(mapped: App, monkeypatch: pytest.MonkeyPatch) -> None:
    now = mapped.clock.now()
    assert next(sign.ok for sign in health(mapped, now=now).signs if sign.name == "disk")
    monkeypatch.setattr(os, "access", lambda *_: False)
    sign = next(sign for sign in health(mapped, now=now).signs if sign.name == "disk")
    assert (sign.ok, sign.sentence) == (False, "health.database_read_only")


# -- processes of their own, under real limits


def forlopp(home: Path, *arguments: str, by: Sequence[str] = (), largest: int | None = None) -> Outcome:
    """Call `forlopp` in a process that may write files of a size, or under another program."""

    def limit() -> None:
        if largest is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    ran = subprocess.run(
        [*by, sys.executable, "-m", "pathways.cli.main", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "FORLOPP_HOME": str(home), "FORLOPP_LANG": "sv", "PYTHONPATH": str(ROOT)},
        preexec_fn=limit,
        check=False,
    )
    return Outcome(ran.returncode, ran.stdout, ran.stderr)


@pytest.fixture
def home(open_shell: OpenShell, begun_file: Path) -> Path:
    """A home with the furnished database, closed, so that its log is written out."""
    shell = open_shell(begun_file)
    shell.app.database.dispose()
    return shell.home


DO = ("do", "kol", "report", "--id", "tryckt-en-gang", "--reason", LONG * 12)
INDEX = 40 * 1024  # the index of the database's log fits, what DO writes does not


def assert_refused(home: Path, told: str, **limits: object) -> None:
    """Fail unless a click is refused in words, the board can be read, and health says why."""
    refused = forlopp(home, *DO, **limits)  # type: ignore[arg-type]  # handed on as they came
    assert (refused.code, refused.out) == (1, "")
    assert told in refused.err
    assert "Ingenting har ändrats." in refused.err
    assert f"Databasen: sqlite:///{home}/forlopp.db" in refused.err
    assert "Traceback" not in refused.err
    assert "oväntat" not in refused.err
    seen = forlopp(home, "health", **limits)  # type: ignore[arg-type]
    assert seen.code == 1
    assert "inget kan sparas" in seen.out
    assert forlopp(home, "status", **limits).code == 0  # type: ignore[arg-type]


def assert_over(home: Path) -> None:
    """Fail unless nothing is half done, and the same click is carried out now."""
    assert forlopp(home, "verify").code == 0
    assert forlopp(home, *DO).code == 0
    assert forlopp(home, "verify").code == 0


@pytest.mark.slow
def test_where_files_may_grow_no_more_commands_are_refused(home: Path) -> None:
    assert_refused(home, "disken är full", largest=INDEX)
    assert_over(home)


@pytest.mark.slow
def test_where_the_file_may_only_be_read_commands_are_refused(home: Path) -> None:
    file = home / "forlopp.db"
    file.chmod(0o444)
    assert_refused(home, "får inte skriva", by=as_one_who_is_bound())
    file.chmod(0o644)
    assert_over(home)


@pytest.mark.slow
def test_where_the_folder_may_only_be_read_it_is_told_as_well(home: Path) -> None:
    home.chmod(0o555)
    refused = forlopp(home, *DO, by=as_one_who_is_bound())
    home.chmod(0o755)
    assert (refused.code, refused.out) == (1, "")
    assert "får inte skriva" in refused.err
    assert_over(home)


def as_one_who_is_bound() -> Sequence[str]:
    """Permissions bind everybody but root, who must give up the power to pass over them."""
    if os.geteuid() != 0:
        return ()
    bound = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search")
    if shutil.which("setpriv") is None or subprocess.run([*bound, "true"], check=False).returncode != 0:
        pytest.skip("root passes over permissions, and may not give up the power to")
    return bound


@pytest.fixture
def small_disk(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A file system of its own that the database just fits on."""
    place = tmp_path_factory.mktemp("disk")
    size = (home / "forlopp.db").stat().st_size + 1024 * 1024
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("no file system may be mounted here")
    try:
        shutil.copy(home / "forlopp.db", place)
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.mark.slow
def test_on_a_disk_that_is_full_commands_are_refused_until_there_is_room(small_disk: Path) -> None:
    ballast = small_disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(b"\0" * 4096):
                pass
        except OSError:
            file.truncate(file.tell() - INDEX)
    assert_refused(small_disk, "disken är full")
    ballast.unlink()
    assert_over(small_disk)
