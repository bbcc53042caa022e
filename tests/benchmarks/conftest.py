"""One sheet of figures for the whole run, printed at its end, and a database of each kind to measure on."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.benchmarks.table import Sheet, show
from tests.conftest import create_database, wait_for_disk

SHEET = pytest.StashKey[Sheet]()
SETTINGS = ("server_version", "fsync", "synchronous_commit", "full_page_writes", "wal_sync_method")


def pytest_configure(config: pytest.Config) -> None:
    """Begins an empty sheet."""
    config.stash[SHEET] = Sheet()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Prints the sheet, if anything was measured."""
    show(config.stash[SHEET], terminalreporter.write_line)


@pytest.fixture
def sheet(request: pytest.FixtureRequest) -> Sheet:
    """Where figures are written."""
    return request.config.stash[SHEET]


@pytest.fixture(scope="session")
def postgres_url(postgres_server: str) -> str:
    """The server as it runs in production: what is committed is on the disk."""
    wait_for_disk(postgres_server, "on")
    return postgres_server


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def database(request: pytest.FixtureRequest, tmp_path: Path, sheet: Sheet) -> Iterator[tuple[str, str]]:
    """The name and address of an empty database, once of each kind; on disk, and no commit is taken back."""
    if request.param == "SQLite":
        sheet.note("SQLite: on disk, WAL, synchronous=FULL.")
        yield request.param, f"sqlite:///{tmp_path / 'forlopp.db'}"
        return
    with create_database(request.getfixturevalue("postgres_url")) as url:
        sheet.note(f"PostgreSQL: {_settings(url)}; unix socket.")
        yield request.param, url


def _settings(url: str) -> str:
    with psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://", 1)) as connection:
        found = {name: connection.execute(f"SHOW {name}").fetchone() for name in SETTINGS}
    return ", ".join(f"{name}={value[0]}" for name, value in found.items() if value)
