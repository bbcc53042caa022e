"""Reads introductions as they stand now: one statement for the heads, one for each table, whatever their number."""

from collections.abc import Iterable, Mapping
from functools import cache

from sqlalchemy import Select, bindparam, select

from pathways.errors import Unknown
from pathways.models.base import CaseRow
from pathways.models.catalogue import Pathway
from pathways.models.introduction import OWN_COLUMNS, Introduction
from pathways.queries.material import Head, oldest_first
from pathways.services.case import snapshot_of
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

Rows = dict[int, dict[str, list[Row]]]

_introduction, _pathway = table_of(Introduction), table_of(Pathway)
_HEADS = (
    select(*_introduction.c, _pathway.c.name.label("pathway"))
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .where(_introduction.c.region_id == bindparam("region"))
    .order_by(_introduction.c.number.desc())
)
_ONE = _HEADS.where(_introduction.c.slug == bindparam("slug")).limit(1)
_SLUGS = select(_introduction.c.slug).where(_introduction.c.region_id == bindparam("region"))


def load_heads(work: UnitOfWork, *, region_id: int) -> list[Head]:
    """Return where every introduction of a region stands."""
    return [_head(row) for row in work.rows(_HEADS, {"region": region_id})]


def load_head(work: UnitOfWork, *, region_id: int, slug: str) -> Head:
    """Return where the newest introduction of that name stands; raise `Unknown` with the nearest names."""
    row = work.find(_ONE, {"region": region_id, "slug": slug})
    if row is None:
        raise unknown(work, region_id=region_id, slug=slug)
    return _head(row)


def unknown(work: UnitOfWork, *, region_id: int, slug: str) -> Unknown:
    """Return the refusal of a slug that no introduction of the region has."""
    return Unknown("introduction", slug, work.values(_SLUGS, {"region": region_id}))


def load_open_rows(
    work: UnitOfWork,
    columns: Mapping[type[CaseRow], tuple[str, ...]],
    conditions: Mapping[type[CaseRow], Mapping[str, tuple[str, ...]]],
    *,
    region_id: int,
) -> Rows:
    """Return some columns of the rows of a region's open introductions, by introduction and table.

    `conditions` may narrow a table to the values of some of its columns, or to the places its introduction is in.
    """
    found: Rows = {}
    for kind, names in columns.items():
        query = _of_region(kind, names, tuple(conditions.get(kind, {}).items()))
        _sort_in(found, kind, work.rows(query, {"region": region_id}))
    return found


def load_rows(
    work: UnitOfWork, kinds: Iterable[type[CaseRow]], *, region_id: int, introduction_id: int
) -> dict[str, list[Row]]:
    """Return all rows of one introduction, of the kinds asked for."""
    found: Rows = {}
    for kind in kinds:
        _sort_in(found, kind, work.rows(_of_case(kind), {"region": region_id, "case": introduction_id}))
    return found.get(introduction_id, {})


def _sort_in(found: Rows, kind: type[CaseRow], rows: list[Row]) -> None:
    for row in oldest_first(rows):
        tables = found.setdefault(row["introduction_id"], {})
        tables.setdefault(str(kind.__tablename__), []).append(row)


@cache
def _of_region(
    kind: type[CaseRow], names: tuple[str, ...], conditions: tuple[tuple[str, tuple[str, ...]], ...]
) -> Select[tuple[object, ...]]:
    table = table_of(kind)
    query = _standing(kind, names).where(_introduction.c.standing.in_(("active", "paused")))
    for name, values in conditions:
        column = _introduction.c.place if name == "place" else table.c[name]
        query = query.where(column.in_(values))
    return query


@cache
def _of_case(kind: type[CaseRow]) -> Select[tuple[object, ...]]:
    return _standing(kind, tuple(table_of(kind).c.keys())).where(_introduction.c.id == bindparam("case"))


def _standing(kind: type[CaseRow], names: tuple[str, ...]) -> Select[tuple[object, ...]]:
    table = table_of(kind)
    return (
        select(*(table.c[name] for name in dict.fromkeys(("introduction_id", "ref", *names))))
        .join(_introduction, _introduction.c.id == table.c.introduction_id)
        .where(_introduction.c.region_id == bindparam("region"), table.c.voided_by.is_(None))
    )


def _head(row: Row) -> Head:
    return Head(
        introduction_id=row["id"],
        pathway_id=row["pathway_id"],
        slug=row["slug"],
        number=row["number"],
        pathway=row["pathway"],
        snapshot=snapshot_of(row),
        phase=row["phase"],
        place=row["place"],
        standing=row["standing"],
        phase_since_at=row["phase_since_at"],
        version=row["version"],
        own={name: row[name] for name in OWN_COLUMNS},
    )
