"""A furnished application for every test of this room: `app` on SQLite, `either_app` on SQLite and on PostgreSQL."""

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event, make_url

from pathways.bootstrap import App, build_app
from pathways.clock import SetClock
from pathways.settings import Settings
from tests.conftest import create_database
from tests.pathways.furnished import furnished_app

START = datetime(2021, 6, 9, 8, 0, tzinfo=UTC)  # the day of Dalarna's status table, ten o'clock in Falun


def _wait_for_no_disk(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA synchronous = OFF")  # no power is cut in these tests


@pytest.fixture
def clock() -> SetClock:
    """A clock that the test moves; it starts on the day of Dalarna's status table."""
    return SetClock(START)


@pytest.fixture(scope="session")
def furnished_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the furnished region, made once; tests work on copies."""
    file = tmp_path_factory.mktemp("furnished") / "forlopp.db"
    furnished_app(f"sqlite:///{file}", SetClock(START)).database.dispose()
    return file


@pytest.fixture
def app(furnished_file: Path, tmp_path: Path, clock: SetClock) -> Iterator[App]:
    """The furnished application on SQLite."""
    copy = tmp_path / "forlopp.db"
    shutil.copy(furnished_file, copy)
    made = build_app(Settings(), clock=clock, database_url=f"sqlite:///{copy}")
    event.listen(made.database.engine, "connect", _wait_for_no_disk)
    yield made
    made.database.dispose()


@pytest.fixture(scope="session")
def furnished_postgres(postgres_url: str) -> Iterator[str]:
    """The name of a PostgreSQL database with the furnished region, made once; tests work on copies."""
    with create_database(postgres_url) as url:
        furnished_app(url, SetClock(START)).database.dispose()
        yield str(make_url(url).database)


@pytest.fixture
def postgres_app(postgres_url: str, furnished_postgres: str, clock: SetClock) -> Iterator[App]:
    """The furnished application on a PostgreSQL database of its own."""
    with create_database(postgres_url, template=furnished_postgres) as url:
        hurried = make_url(url).update_query_dict({"options": "-c synchronous_commit=off"})
        made = build_app(Settings(), clock=clock, database_url=hurried.render_as_string(hide_password=False))
        yield made
        made.database.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def either_app(request: pytest.FixtureRequest) -> App:
    """The furnished application, once on each kind of database; `make test` has PostgreSQL in the room of storage."""
    made = request.getfixturevalue("app" if request.param == "sqlite" else "postgres_app")
    assert isinstance(made, App)
    return made
