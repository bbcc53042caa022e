"""One transaction: what happens in it happens whole or not at all, and only its owner commits."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Executable,
    Table,
    Update,
    bindparam,
    insert,
    literal_column,
    update,
)
from sqlmodel import SQLModel

from pathways.storage.prepared import Prepared, Values

Row = Mapping[str, Any]  # Any: a column has the type the database gives it


class UnitOfWork:
    """An open transaction, the instant it works at, and the few ways to read and write rows in it."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self.connection = connection
        self.now = now
        self.committed = False

    def commit(self) -> None:
        """Let everything stand once the block is left without an exception."""
        self.committed = True

    def rows(self, query: Executable | Prepared, keys: Values | None = None) -> list[Row]:
        """Return the rows of `query`, with `keys` for its bound parameters."""
        if isinstance(query, Prepared):
            names = query.names(self.connection)
            return [dict(zip(names, row, strict=True)) for row in query.rows(self.connection, keys or {})]
        result = self.connection.execute(query, keys)
        names = tuple(result.keys())
        return [dict(zip(names, row, strict=True)) for row in result]

    def find(self, query: Executable | Prepared, keys: Values | None = None) -> Row | None:
        """Return the first row of `query`, or None."""
        if isinstance(query, Prepared):
            return next(iter(self.rows(query, keys)), None)
        result = self.connection.execute(query, keys)
        row = result.first()
        return dict(zip(result.keys(), row, strict=True)) if row is not None else None

    def value(self, query: Executable, keys: Values | None = None) -> Any:  # Any: the column's own type
        """Return the first column of the first row, or None."""
        return self.connection.execute(query, keys).scalar()

    def values(self, query: Executable, keys: Values | None = None) -> list[Any]:  # Any: as above
        """Return the first column of every row."""
        return list(self.connection.execute(query, keys).scalars())

    def insert(self, row: type[SQLModel], values: Sequence[Values]) -> None:
        """Insert rows in one statement; columns that are not given get the row class's defaults."""
        if values:
            filled = [{**defaults_of(row), **given} for given in values]
            _inserting(row, tuple(filled[0])).write(self.connection, filled)

    def insert_one(self, row: type[SQLModel], values: Values) -> int:
        """Insert a row whose key the database makes, and return that key."""
        table = table_of(row)
        result = self.connection.execute(insert(table).returning(table.c.id), {**defaults_of(row), **values})
        return int(result.scalar_one())

    def update(self, row: type[SQLModel], key: Values, values: Values) -> int:
        """Set columns where all of `key` holds, and return how many rows that were.

        A tuple in `key` stands for any of its values.
        """
        given = {f"{_KEY}{name}": value for name, value in key.items()}
        several = frozenset(name for name, value in key.items() if isinstance(value, tuple))
        if several:
            return self.connection.execute(_updating_several(row, tuple(key), several), {**given, **values}).rowcount
        return _updating(row, tuple(key), tuple(values)).write(self.connection, [{**given, **values}])


_KEY = "key_"


# Statements are built once: building one anew costs more than the database needs to run it.


@cache
def _inserting(row: type[SQLModel], sets: tuple[str, ...]) -> Prepared:
    return Prepared(insert(table_of(row)).inline(), sets=sets)


@cache
def _updating(row: type[SQLModel], key: tuple[str, ...], sets: tuple[str, ...]) -> Prepared:
    table = table_of(row)
    where = (table.c[name] == bindparam(_KEY + name) for name in key)
    return Prepared(update(table).where(*where), sets=sets)


@cache
def _updating_several(row: type[SQLModel], key: tuple[str, ...], several: frozenset[str]) -> Update:
    table = table_of(row)
    where = (
        table.c[name].in_(bindparam(_KEY + name, expanding=True))
        if name in several
        else table.c[name] == bindparam(_KEY + name)
        for name in key
    )
    return update(table).where(*where)


def constant(value: str | int) -> ColumnElement[Any]:  # Any: of the type it is compared with
    """Return a value that is always the same, written out in the statement instead of being bound to it.

    Only where the value is seen does a partial index serve; SQLite even plans anew each time such a value is bound.
    """
    return literal_column("'{}'".format(value.replace("'", "''")) if isinstance(value, str) else str(value))


@cache
def table_of(row: type[SQLModel]) -> Table:
    """Return the table behind a row class."""
    return SQLModel.metadata.tables[str(row.__tablename__)]


@cache
def defaults_of(row: type[SQLModel]) -> dict[str, Any]:  # Any: column values of many types
    """Return the defaults that `row` declares, but for keys that the database makes."""
    fields = row.model_fields
    required = {name for name, field in fields.items() if field.is_required()}
    given_by_database = {"id"} if "id" in fields else set()
    return {
        name: field.get_default(call_default_factory=True)
        for name, field in fields.items()
        if name not in required | given_by_database
    }
