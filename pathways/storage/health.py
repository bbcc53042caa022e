"""Says whether a database can be used by this release: there, of the right form, and not newer than the code."""

from sqlalchemy import column, inspect, select, table
from sqlalchemy.exc import OperationalError

from pathways.errors import DatabaseAbsent, DatabaseNewer, DatabaseOlder
from pathways.storage.database import Database
from pathways.storage.revision import HEAD, KNOWN
from pathways.storage.write_fault import find_write_fault

VERSION_TABLE = "alembic_version"


def check(database: Database) -> None:
    """Let a usable database through; raise `DatabaseAbsent`, `DatabaseOlder` or `DatabaseNewer` with both versions."""
    found = refuse_newer(database)
    if found is None:
        raise DatabaseAbsent(database=database.shown)
    if found != HEAD:
        raise DatabaseOlder(database=database.shown, found=found, known=HEAD)


def refuse_newer(database: Database) -> str | None:
    """Return the form a database has, None where there is none yet; refuse a form that this release cannot know."""
    found = find_revision(database)
    if found is not None and found not in KNOWN:
        raise DatabaseNewer(database=database.shown, found=found, known=HEAD)
    return found


def find_revision(database: Database) -> str | None:
    """Return the form a database has, or None where there is none yet."""
    if database.file is not None and not database.file.exists():
        return None
    try:
        with database.engine.connect() as connection:
            if not inspect(connection).has_table(VERSION_TABLE):
                return None
            found = connection.execute(select(column("version_num")).select_from(table(VERSION_TABLE))).scalar()
            return str(found) if found is not None else None
    except OperationalError as error:
        if (fault := find_write_fault(error, file=database.file, shown=database.shown)) is not None:
            raise fault from error
        raise DatabaseAbsent(database=database.shown) from error
