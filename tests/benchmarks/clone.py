"""Fills a database fast: copies of driven introductions, made inside the database by one statement a table.

A copy is whole: every row of its introduction, its own pathway with versions, and, where asked for, its own region
with people, units and bodies. Foreign keys are moved along, so that a copy leans on nothing but copies. Only its
hashes are those of the original, so `verify` has no say here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    FromClause,
    Integer,
    MetaData,
    Table,
    insert,
    literal,
    select,
)

from pathways.models.base import METADATA
from pathways.models.case_rows import CASE_TABLES

STRIDE = 1_000
"""Ids of a copy are those of the original plus a multiple of this; an original's stay below it."""

REGIONAL = ("region", "unit", "person", "body", "region_role")
NATIONAL = ("pathway", "pathway_version")
OWN = ("introduction", "log_text", "event", *CASE_TABLES)
TOLD_APART = {("region", "code"), ("pathway", "slug"), ("pathway", "name"), ("introduction", "slug")}

_copy = Table(
    "bench_copy",
    MetaData(),
    Column("own", Integer, primary_key=True),
    Column("regional", Integer, nullable=False),
    Column("national", Integer, nullable=False),
    prefixes=["TEMPORARY"],
)


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy: how far the ids of its introductions, its region and its pathways are shifted."""

    own: int
    regional: int
    national: int


def copies_of(count: int, *, region: int = 0, after: int = 0) -> list[Copy]:
    """So many copies in one region, the originals' own (0) or a copied one, when `after` have been made before."""
    return [Copy(own=(after + n) * STRIDE, regional=region * STRIDE, national=n * STRIDE) for n in range(1, count + 1)]


def slug_of(slug: str, copy: Copy) -> str:
    """The name of a copied introduction or pathway."""
    return f"{slug}-{copy.national}"


def clone(connection: Connection, originals: Sequence[int], copies: Sequence[Copy]) -> None:
    """Copies the introductions with these ids, as often as `copies` says."""
    _copy.create(connection)
    connection.execute(insert(_copy), [{"own": c.own, "regional": c.regional, "national": c.national} for c in copies])
    for name in REGIONAL:
        _fill(connection, name, _shifts("regional"))
    for name in NATIONAL:
        _fill(connection, name, _shifts("national"))
    for name in OWN:
        table = METADATA.tables[name]
        _fill(
            connection, name, _copy, (table.c.id if name == "introduction" else table.c.introduction_id).in_(originals)
        )
    _copy.drop(connection)


def settle(engine: Engine) -> None:
    """Lets the database learn what it now holds and tidy up, as it would have over time.

    PostgreSQL also writes out what the filling left in its memory, which would else happen while something is measured.
    """
    tidying = ("VACUUM ANALYZE", "CHECKPOINT") if engine.dialect.name == "postgresql" else ("ANALYZE",)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in tidying:
            connection.exec_driver_sql(statement)


def _shifts(kind: str) -> FromClause:
    """Each shift of a kind once, but for the originals' own place."""
    return select(_copy.c[kind]).where(_copy.c[kind] > 0).distinct().subquery()


def _fill(connection: Connection, name: str, copies: FromClause, *where: ColumnElement[bool]) -> None:
    table = METADATA.tables[name]
    key = [] if where else [column < STRIDE for column in table.primary_key]
    query = select(*(_moved(column, copies) for column in table.c)).select_from(table.join(copies, literal(1) == 1))
    connection.execute(insert(table).from_select(list(table.c), query.where(*where, *key), include_defaults=False))


def _moved(column: Column[Any], copies: FromClause) -> ColumnElement[Any]:  # Any: a column of any kind
    """A column of a copy: keys are shifted, names that must be unique get the shift behind them."""
    name = column.table.name
    target = next((key.column.table.name for key in column.foreign_keys), name if column.name == "id" else "")
    for kind, tables in (("regional", REGIONAL), ("national", NATIONAL), ("own", ("introduction",))):
        if target in tables:
            return (column + copies.c[kind]).label(column.name)
    if (name, column.name) in TOLD_APART:
        return column.concat("-").concat(copies.c["regional" if name == "region" else "national"]).label(column.name)
    if (name, column.name) == ("event", "command_id"):
        return column.concat("-").concat(copies.c.own).label(column.name)
    return column
