"""Databases for the tests of this room: each once on SQLite and once on PostgreSQL, copied from one made once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

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
def empty_template(postgres_url: str) -> Iterator[str]:
    """The same on PostgreSQL."""
    with create_database(postgres_url) as url:
        _upgrade(url)
        yield url


def _upgrade(url: str) -> None:
    database = Database(url)
    upgrade(database)
    database.dispose()


def _opened(url: str) -> Iterator[Database]:
    database = Database(url)
    yield database
    database.dispose()
