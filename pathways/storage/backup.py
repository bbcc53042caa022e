"""Backs a database up into one portable file, and restores it: on SQLite, on PostgreSQL, and from one to the other.

Both work on the tables as they are found, not on the row classes, so that a database can be backed up before it is
upgraded, and an older backup restored after. The outbox goes along: what was sent before is not sent again. Sessions
and login links stay out: nobody is let in by a file, and after a restore everybody logs in anew.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Connection,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    String,
    TableClause,
    column,
    func,
    insert,
    inspect,
    select,
    table,
)
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.types import NullType, TypeEngine

from notifications.utc import UtcDateTime
from pathways.errors import BackupDamaged, BackupNewer, DatabaseAbsent, DatabaseNotEmpty
from pathways.storage import schema
from pathways.storage.backup_file import BackupReader, Kind, Manifest, create, open_backup
from pathways.storage.database import Database
from pathways.storage.health import VERSION_TABLE, refuse_newer
from pathways.storage.revision import HEAD, KNOWN

BATCH = 500
LEFT_OUT = frozenset({"web_session", "login_link"})
_KINDS: Mapping[type[TypeEngine[Any]], Kind] = {  # Any: a column type knows its Python type, a list of them does not
    DateTime: "instant",
    Date: "day",
    LargeBinary: "bytes",
    JSON: "json",
    Boolean: "yes_no",
    Integer: "plain",
    Float: "plain",
    String: "plain",
}
_TYPES: Mapping[Kind, TypeEngine[Any]] = {  # Any: as above
    "instant": UtcDateTime(),
    "day": Date(),
    "bytes": LargeBinary(),
    "json": JSON(),
    "yes_no": Boolean(),
    "plain": NullType(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    kinds: Mapping[str, Kind]
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupReport:
    """What a backup file holds: when it was made, the form of its database, and the number of rows per table."""

    file: Path
    made_at: datetime
    revision: str
    rows: Mapping[str, int]

    @property
    def total(self) -> int:
        """Return the number of rows in all tables together."""
        return sum(self.rows.values())


def backup(database: Database, target: Path, *, now: datetime) -> BackupReport:
    """Write everything that the database holds to a new file, as it stood at one moment; others may go on writing.

    Raises `DatabaseAbsent`, `DatabaseNewer`, and `BackupExists` where the file is there already.
    """
    revision = refuse_newer(database)
    if revision is None:
        raise DatabaseAbsent(database=database.shown)
    with create(target) as writer, database.read(now) as work:
        for name, form in _forms_of(work.connection).items():
            writer.write_table(name, form.kinds, _rows_of(work.connection, name, form))
        manifest = Manifest(
            revision=revision,
            made_at=now,
            made_from=database.url.get_backend_name(),
            origins=_origins(work.connection),
            tables=writer.tables,
        )
        writer.write_manifest(manifest)
    return _report(target, manifest)


def restore(source: Path, database: Database, *, now: datetime, replace: bool = False) -> BackupReport:
    """Bring the database to what the file holds, in the newest form; whole, or not at all.

    Raises `BackupDamaged`, `BackupNewer`, `DatabaseNewer`, `Busy`, and `DatabaseNotEmpty` where rows would be lost
    and `replace` does not say so. Whatever works on the database meanwhile should be stopped first.
    """
    found = refuse_newer(database)
    with open_backup(source) as reader:
        if reader.manifest.revision not in KNOWN:
            raise BackupNewer(file=str(source), found=reader.manifest.revision, known=HEAD)
        schema.make_folder(database)
        with database.write(now) as work:
            if found is not None:
                _clear(database, work.connection, replace=replace)
            schema.upgrade_to(work.connection, reader.manifest.revision)
            _fill(work.connection, reader, source)
            if reader.manifest.revision != HEAD:
                schema.upgrade_to(work.connection, HEAD)
            if not database.is_sqlite:
                _set_sequences(work.connection)
            work.commit()
        return _report(source, reader.manifest)


def _forms_of(connection: Connection) -> dict[str, _Form]:
    """Return the form of each table, each after those that it points to."""
    found = inspect(connection)
    columns, keys = found.get_multi_columns(), found.get_multi_pk_constraint()
    return {
        name: _Form(
            kinds={one["name"]: _kind_of(one["type"]) for one in columns[None, name]},
            key=tuple(keys[None, name]["constrained_columns"]),
        )
        for name, _ in found.get_sorted_table_and_fkc_names()
        if name is not None and name not in {VERSION_TABLE, *LEFT_OUT}
    }


def _kind_of(type_: TypeEngine[Any]) -> Kind:  # Any: as above
    return next(kind for base, kind in _KINDS.items() if isinstance(type_, base))


def _clause(name: str, kinds: Mapping[str, Kind]) -> TableClause:
    return table(name, *(column(one, _TYPES[kind]) for one, kind in kinds.items()))


def _rows_of(connection: Connection, name: str, form: _Form) -> Iterator[tuple[object, ...]]:
    """Yield a table's rows in the order of its key, so that an introduction comes after the one it follows."""
    clause = _clause(name, form.kinds)
    query = select(clause).order_by(*(clause.c[one] for one in form.key))
    return (tuple(row) for row in connection.execute(query.execution_options(yield_per=BATCH)))


def _origins(connection: Connection) -> dict[str, str]:
    region = table("region", column("code", String()), column("origin", String()))
    return {row.code: row.origin for row in connection.execute(select(region))}


def _clear(database: Database, connection: Connection, *, replace: bool) -> None:
    """Take the database back to nothing; where that would lose rows, only if `replace` says so."""
    if not replace:
        for name in _forms_of(connection):
            if connection.execute(select(1).select_from(table(name)).limit(1)).first() is not None:
                raise DatabaseNotEmpty(database=database.shown)
    schema.downgrade_to_nothing(connection)


def _fill(connection: Connection, reader: BackupReader, source: Path) -> None:
    forms = _forms_of(connection)
    for name, note in reader.manifest.tables.items():
        if name not in forms or forms[name].kinds != note.columns:
            raise BackupDamaged(file=str(source), part=name)
        rows = reader.rows(name)
        statement = insert(_clause(name, note.columns))
        try:
            while batch := list(islice(rows, BATCH)):
                connection.execute(statement, batch)
        except (ValueError, TypeError, DataError, IntegrityError) as error:
            raise BackupDamaged(file=str(source), part=name) from error


def _set_sequences(connection: Connection) -> None:
    """Let PostgreSQL's counters go on after the highest key; the rows came with their keys and moved no counter."""
    for name, form in _forms_of(connection).items():
        if form.key == ("id",):
            highest = func.max(column("id", Integer()))
            counter = func.pg_get_serial_sequence(name, "id")
            query = select(func.setval(counter, func.coalesce(highest, 1), highest.is_not(None)))
            connection.execute(query.select_from(table(name)))


def _report(file: Path, manifest: Manifest) -> BackupReport:
    rows = {name: note.rows for name, note in manifest.tables.items()}
    return BackupReport(file=file, made_at=manifest.made_at, revision=manifest.revision, rows=rows)
