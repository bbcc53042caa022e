"""Reads introductions as they stand now: where all of a region stand, or everything about one of them."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from pathways.errors import Unknown
from pathways.models.base import CaseRow
from pathways.models.catalogue import Pathway
from pathways.models.introduction import OWN_COLUMNS, Introduction
from pathways.queries.material import Head, oldest_first
from pathways.services.case import snapshot_of
from pathways.storage.gathering import Gathering
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

_introduction, _pathway = table_of(Introduction), table_of(Pathway)
_HEADS = (
    select(*_introduction.c, _pathway.c.name.label("pathway"))
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .where(_introduction.c.region_id == bindparam("region"))
    .order_by(_introduction.c.number.desc())
)
_NAMED = _HEADS.where(_introduction.c.slug == bindparam("slug"))
_ONE = _NAMED.limit(1)
_NUMBERED = _NAMED.where(_introduction.c.number == bindparam("number"))
_SLUGS = select(_introduction.c.slug).where(_introduction.c.region_id == bindparam("region"))


def load_heads(work: UnitOfWork, *, region_id: int) -> list[Head]:
    """Return where every introduction of a region stands."""
    return [_head(row) for row in work.rows(_HEADS, {"region": region_id})]


def load_head(work: UnitOfWork, *, region_id: int, slug: str, number: int | None = None) -> Head:
    """Return where the newest introduction of that name stands, or the one of a number.

    Raises `Unknown` with the nearest names.
    """
    keys = {"region": region_id, "slug": slug}
    row = work.find(_ONE, keys) if number is None else work.find(_NUMBERED, {**keys, "number": number})
    if row is None:
        raise unknown(work, region_id=region_id, slug=slug)
    return _head(row)


def unknown(work: UnitOfWork, *, region_id: int, slug: str) -> Unknown:
    """Return the refusal of a slug that no introduction of the region has."""
    return Unknown("introduction", slug, work.values(_SLUGS, {"region": region_id}))


def load_rows(
    work: UnitOfWork, kinds: Iterable[type[CaseRow]], *, region_id: int, introduction_id: int
) -> dict[str, list[Row]]:
    """Return all rows of one introduction, of the kinds asked for."""
    lists = _of_case(tuple(kinds)).read(work, {"region": region_id, "case": introduction_id})
    return {table: oldest_first(rows) for table, rows in lists.items()}


@cache
def _of_case(kinds: tuple[type[CaseRow], ...]) -> Gathering:
    return Gathering(**{str(kind.__tablename__): _rows_of(kind) for kind in kinds})


def _rows_of(kind: type[CaseRow]) -> Select[*tuple[Any, ...]]:  # Any: of any columns
    table = table_of(kind)
    return (
        select(*table.c)
        .join(_introduction, _introduction.c.id == table.c.introduction_id)
        .where(
            _introduction.c.region_id == bindparam("region"),
            _introduction.c.id == bindparam("case"),
            table.c.voided_by.is_(None),
        )
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
