"""Databases for the tests of this room: each once on SQLite and once on PostgreSQL, copied from one made once."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import psycopg
import pytest

from pathways.storage.database import Database
from pathways.storage.schema import upgrade
from tests.conftest import create_database

KINDS = ("sqlite", "postgresql")


@pytest.fixture(params=KINDS)
def nowhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database that nobody has made yet."""
    if request.param == "sqlite":
        database = Database(f"sqlite:///{tmp_path / 'new' / 'forlopp.db'}")
    else:
        request.getfixturevalue("hurried_postgres")
        database = Database(request.getfixturevalue("postgres_database_url"))
    yield database
    database.dispose()


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database of the newest form, without a row."""
    if request.param == "sqlite":
        copy = tmp_path / "forlopp.db"
        shutil.copy(request.getfixturevalue("empty_file"), copy)
        yield from _opened(f"sqlite:///{copy}")
    else:
        template = Database(request.getfixturevalue("empty_template")).url.database
        assert template is not None
        with create_database(request.getfixturevalue("postgres_url"), template=template) as url:
            yield from _opened(url)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file of the newest form, without a row; made once."""
    file = tmp_path_factory.mktemp("empty") / "forlopp.db"
    _upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="package")
def hurried_postgres(postgres_url: str) -> Iterator[str]:
    """The server waits for no disk while this room's tests make and drop databases; no power is cut in them."""
    _sync(postgres_url, "off")
    yield postgres_url
    _sync(postgres_url, "on")


@pytest.fixture(scope="package")
def empty_template(hurried_postgres: str) -> Iterator[str]:
    """The same on PostgreSQL."""
    with create_database(hurried_postgres) as url:
        _upgrade(url)
        yield url


def _sync(postgres_url: str, state: Literal["on", "off"]) -> None:
    plain = postgres_url.replace("postgresql+psycopg://", "postgresql://", 1)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f"ALTER SYSTEM SET fsync = {state}")
        connection.execute("SELECT pg_reload_conf()")


def _upgrade(url: str) -> None:
    database = Database(url)
    upgrade(database)
    database.dispose()


def _opened(url: str) -> Iterator[Database]:
    database = Database(url)
    yield database
    database.dispose()
