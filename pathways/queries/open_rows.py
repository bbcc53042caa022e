"""Reads the rows of all open introductions of a region, of however many tables, in one statement."""

from collections.abc import Mapping
from functools import cache

from sqlalchemy import bindparam, select

from pathways.models.base import CaseRow
from pathways.models.introduction import Introduction
from pathways.queries.material import oldest_first
from pathways.storage.gathering import Gathering, Query
from pathways.storage.unit_of_work import Row, UnitOfWork, constant, table_of

Columns = Mapping[type[CaseRow], tuple[str, ...]]
Conditions = Mapping[type[CaseRow], Mapping[str, tuple[str, ...]]]
Rows = dict[int, dict[str, list[Row]]]
_Narrowed = tuple[tuple[str, tuple[str, ...]], ...]
_Wanted = tuple[type[CaseRow], tuple[str, ...], _Narrowed]

_introduction = table_of(Introduction)


def load_open_rows(work: UnitOfWork, columns: Columns, conditions: Conditions, *, region_id: int) -> Rows:
    """Return some columns of the rows of a region's open introductions, by introduction and table.

    `conditions` may narrow a table to the values of some of its columns, or to the places its introduction is in.
    """
    wanted = tuple((kind, names, tuple(conditions.get(kind, {}).items())) for kind, names in columns.items())
    found: Rows = {}
    for table, rows in _gathering(wanted).read(work, {"region": region_id}).items():
        for row in oldest_first(rows):
            found.setdefault(row["introduction_id"], {}).setdefault(table, []).append(row)
    return found


@cache
def _gathering(wanted: tuple[_Wanted, ...]) -> Gathering:
    return Gathering(**{str(one[0].__tablename__): _of_region(*one) for one in wanted})


def _of_region(kind: type[CaseRow], names: tuple[str, ...], narrowed: _Narrowed) -> Query:
    table = table_of(kind)
    query = (
        select(*(table.c[name] for name in dict.fromkeys(("introduction_id", "ref", *names))))
        .join(_introduction, _introduction.c.id == table.c.introduction_id)
        .where(
            _introduction.c.region_id == bindparam("region"),
            _introduction.c.standing.in_([constant("active"), constant("paused")]),
            table.c.voided_by.is_(None),
        )
    )
    for name, values in narrowed:
        column = _introduction.c.place if name == "place" else table.c[name]
        query = query.where(column.in_([constant(value) for value in values]))
    return query
