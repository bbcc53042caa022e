"""Opens a database, SQLite or PostgreSQL, and makes both behave alike: one writer at a time decides, nothing is lost.

SQLite's driver would open a transaction only at the first write, so that two read-then-write transactions overwrite
each other silently. Therefore the driver's own transactions are switched off and `BEGIN IMMEDIATE` is sent for writers.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DataError, DBAPIError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from pathways.clock import require_utc
from pathways.errors import Busy, Unstorable, Unwritable
from pathways.models.base import SWEDISH
from pathways.storage.collation import compare_swedish
from pathways.storage.prepared import send
from pathways.storage.unit_of_work import UnitOfWork
from pathways.storage.write_fault import find_write_fault, look_ahead

BUSY_MILLISECONDS = 5_000
# One connection for each thread of a web server (40): the pool's queue is not fair, and who waits in it may starve.
CONNECTIONS_KEPT, CONNECTIONS_MORE = 10, 30
_WRITER = "forlopp_writer"
# lock not available, deadlock, serialisation failure: the transaction lost a race and may be tried again
_RACE_CODES = frozenset({"55P03", "40P01", "40001"})
_GOING_DOWN = ("08", "57P")  # connection lost, server shutting down or starting: as above, once it is back


class Database:
    """One database. `write` and `read` are the only ways in; both give a unit of work."""

    def __init__(self, url: str) -> None:
        self.url: URL = make_url(url)
        self.engine: Engine = _sqlite_engine(self.url) if self.is_sqlite else _postgres_engine(self.url)

    @property
    def is_sqlite(self) -> bool:
        """Say whether this is an SQLite file."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def file(self) -> Path | None:
        """Return the SQLite file, or None for another kind of database."""
        return Path(self.url.database) if self.is_sqlite and self.url.database else None

    @property
    def shown(self) -> str:
        """Return the address without its password, for messages."""
        return self.url.render_as_string(hide_password=True)

    @contextmanager
    def write(self, now: datetime) -> Iterator[UnitOfWork]:
        """Give a unit of work that may write; without `commit()` nothing has happened.

        Raises `Busy`, `Unstorable`, and `DiskFull` or `DatabaseReadOnly` where nothing can be written.
        """
        with self._transaction(now, writer=True) as work:
            yield work

    @contextmanager
    def read(self, now: datetime) -> Iterator[UnitOfWork]:
        """Give a unit of work that sees one consistent state and writes nothing."""
        with self._transaction(now, writer=False) as work:
            yield work

    def find_obstacle(self, work: UnitOfWork) -> Unwritable | None:
        """Return what would stand in the way of writing now, as far as it can be seen without writing."""
        return look_ahead(work, file=self.file, shown=self.shown)

    def dispose(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    @contextmanager
    def _transaction(self, now: datetime, *, writer: bool) -> Iterator[UnitOfWork]:
        try:
            with self.engine.connect() as plain:
                connection = plain.execution_options(**{_WRITER: writer})
                with connection.begin() as transaction:
                    work = UnitOfWork(connection, require_utc(now))
                    yield work
                    if not work.committed:
                        transaction.rollback()
        except DataError as error:
            raise Unstorable from error
        except DBAPIError as error:
            if is_race(error) or is_lost(error):
                raise Busy from error
            if (fault := find_write_fault(error, file=self.file, shown=self.shown)) is not None:
                raise fault from error
            raise
        except PoolTimeout as error:
            raise Busy from error


def is_race(error: DBAPIError) -> bool:
    """Say whether `error` means that another writer was there and that trying again may help."""
    if getattr(error.orig, "sqlstate", None) in _RACE_CODES:
        return True
    return isinstance(error, OperationalError) and "locked" in str(error.orig)


def is_lost(error: DBAPIError) -> bool:
    """Say whether the server went away. A commit may have come through; a repeated command id finds out."""
    if isinstance(error.orig, sqlite3.Error) or not isinstance(error, OperationalError | InternalError):
        return error.connection_invalidated
    state = getattr(error.orig, "sqlstate", None)
    return error.connection_invalidated or state is None or state.startswith(_GOING_DOWN)


def _pool() -> dict[str, Any]:  # Any: SQLAlchemy's own keywords
    return {
        "pool_size": CONNECTIONS_KEPT,
        "max_overflow": CONNECTIONS_MORE,
        "pool_timeout": BUSY_MILLISECONDS / 1000,
    }


def _sqlite_engine(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": BUSY_MILLISECONDS / 1000}, **_pool())

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:  # Any: SQLAlchemy's private record
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        connection.create_collation(SWEDISH, compare_swedish)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writer = connection.get_execution_options().get(_WRITER, True)
        send(connection, "BEGIN IMMEDIATE" if writer else "BEGIN")

    return engine


def _postgres_engine(url: URL) -> Engine:
    engine = create_engine(url, **_pool())

    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _record: Any) -> None:  # Any: as above
        connection.cursor().execute(f"SET lock_timeout = {BUSY_MILLISECONDS}")
        connection.commit()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if not connection.get_execution_options().get(_WRITER, True):
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")

    return engine
