"""Brings a database to the form this release reads, by migrations. Whether it has that form is `health`'s matter."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from pathways.storage.database import Database
from pathways.storage.health import refuse_newer
from pathways.storage.revision import HEAD


def upgrade(database: Database) -> None:
    """Bring the database to the newest form, from nothing or from an older one, in one transaction.

    One that a newer release has written is refused with both versions (`DatabaseNewer`).
    """
    make_folder(database)
    refuse_newer(database)
    with database.engine.begin() as connection:
        upgrade_to(connection, HEAD)


def make_folder(database: Database) -> None:
    """Make the folder that an SQLite file is to stand in."""
    if database.file is not None:
        database.file.parent.mkdir(parents=True, exist_ok=True)


def upgrade_to(connection: Connection, revision: str) -> None:
    """Bring the database to a form, in the caller's transaction."""
    with _config(connection) as config:
        command.upgrade(config, revision)


def downgrade_to_nothing(connection: Connection) -> None:
    """Take every table away with all its rows, in the caller's transaction."""
    with _config(connection) as config:
        command.downgrade(config, "base")


def differences(database: Database) -> list[object]:
    """Return what the row classes and the tables of a migrated database disagree on; empty when they agree."""
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415 - only development asks
    from alembic.migration import MigrationContext  # noqa: PLC0415

    from pathways.models.every import METADATA  # noqa: PLC0415

    with database.engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), METADATA))


@contextmanager
def _config(connection: Connection) -> Iterator[Config]:
    with as_file(files("pathways.storage").joinpath("migrations")) as scripts:
        config = Config()
        config.set_main_option("script_location", str(scripts))
        config.attributes["connection"] = connection
        yield config
