"""The limit: what the bare driver needs to write the very rows of a real step, with the same durability.

The rows are taken from the driver's own door while the product takes a step, and written again for a copy of the same
introduction, statement for statement, in one transaction. Reading, deciding and checking are left out.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

import psycopg
from psycopg.types.json import Json, Jsonb
from sqlalchemy import event
from sqlalchemy.engine import Engine

from pathways.storage.database import Database

WRITES = ("INSERT", "UPDATE", "DELETE")


@dataclass(slots=True)
class Heard:
    """What went through the driver's door: all statements with their values, and the rows that were written."""

    statements: list[tuple[str, Any]] = field(default_factory=list)  # Any: the driver's own form of values
    written: dict[str, list[Any]] = field(default_factory=dict)  # Any: the driver's own form of values

    @property
    def rows(self) -> int:
        """How many rows were written."""
        return sum(len(rows) for rows in self.written.values())


@contextmanager
def listening(engine: Engine) -> Iterator[Heard]:
    """Hears everything that is sent to the database in the block; the product does not know."""
    heard = Heard()

    # Any: the signature is SQLAlchemy's
    def hear(_connection: Any, _cursor: Any, statement: str, given: Any, _context: Any, many: bool) -> None:
        heard.statements.append((statement, given))
        if statement.startswith(WRITES):
            heard.written.setdefault(statement, []).extend(given if many else [given])

    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(engine, "before_cursor_execute", hear)


class Writer(Protocol):
    """Writes rows with the bare driver."""

    def write(self, rows: Mapping[str, list[Any]]) -> None:  # Any: the driver's own form of values
        """Writes all rows in one durable transaction."""
        ...

    def close(self) -> None:
        """Lets the connection go."""
        ...


class SqliteWriter:
    """The module sqlite3 on the same file, with the same journal and the same care for the disk."""

    def __init__(self, file: str) -> None:
        self.connection = sqlite3.connect(file, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            self.connection.execute(f"PRAGMA {pragma}")

    def write(self, rows: Mapping[str, list[Any]]) -> None:  # Any: as above
        """Writes all rows in one durable transaction."""
        self.connection.execute("BEGIN IMMEDIATE")
        for statement, values in rows.items():
            self.connection.executemany(statement, values)
        self.connection.execute("COMMIT")

    def close(self) -> None:
        """Lets the connection go."""
        self.connection.close()


class PostgresWriter:
    """psycopg 3 on the same server; many rows of one statement go in one batch, as the driver does it best."""

    def __init__(self, url: str) -> None:
        self.connection = psycopg.connect(url)

    def write(self, rows: Mapping[str, list[Any]]) -> None:  # Any: as above
        """Writes all rows in one durable transaction."""
        with self.connection.cursor() as cursor:
            for statement, values in rows.items():
                if len(values) == 1:
                    cursor.execute(statement, values[0])
                else:
                    cursor.executemany(statement, values)
        self.connection.commit()

    def close(self) -> None:
        """Lets the connection go."""
        self.connection.close()


def writer_for(database: Database) -> Writer:
    """The bare driver's writer on the same database."""
    if database.is_sqlite:
        return SqliteWriter(str(database.file))
    return PostgresWriter(database.url.set(drivername="postgresql").render_as_string(hide_password=False))


def rewritten(written: Mapping[str, list[Any]], before: int, after: int) -> dict[str, list[Any]]:  # Any: as above
    """The same rows for another introduction: its id stands wherever the first one's stood, in texts too."""
    return {statement: [_swap(row, before, after) for row in rows] for statement, rows in written.items()}


def _swap(value: Any, before: int, after: int) -> Any:  # Any: as above
    match value:
        case bool():
            return value
        case int():
            return after if value == before else value
        case str():
            return value.replace(str(before), str(after))
        case Json() | Jsonb():
            return type(value)(json.loads(json.dumps(value.obj).replace(str(before), str(after))))
        case tuple() | list():
            return type(value)(_swap(inner, before, after) for inner in value)
        case dict():
            return {name: _swap(inner, before, after) for name, inner in value.items()}
    return value
