"""The region's events in one order that never changes, page by page after a cursor.

Events younger than `SETTLING` wait: a transaction that began earlier may still commit one with an earlier time, and
whoever had read past it would never see it.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Select, and_, bindparam, or_, select

from pathways.errors import InvalidOrder, Problem
from pathways.models.catalogue import Pathway
from pathways.models.introduction import Event, Introduction
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

SETTLING = timedelta(seconds=10)
MOST = 500
_CURSOR = re.compile(r"(\d{1,17})-(\d{1,10})-(\d{1,10})", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LATEST = (datetime(2099, 12, 31, tzinfo=UTC) - _EPOCH) // _MICROSECOND

_event, _introduction, _pathway = table_of(Event), table_of(Introduction), table_of(Pathway)
_after = bindparam("after", type_=_event.c.at.type)
_FEED: Select[tuple[object, ...]] = (
    select(
        *(_event.c[name] for name in ("introduction_id", "seq", "command", "at", "phase", "place", "standing")),
        _introduction.c.slug,
        _pathway.c.slug.label("pathway"),
    )
    .join(_introduction, _introduction.c.id == _event.c.introduction_id)
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .where(
        _event.c.region_id == bindparam("region"),
        _event.c.at <= bindparam("until", type_=_event.c.at.type),
        _event.c.at >= _after,
        or_(
            _event.c.at > _after,
            _event.c.introduction_id > bindparam("after_case"),
            and_(_event.c.introduction_id == bindparam("after_case"), _event.c.seq > bindparam("after_seq")),
        ),
    )
    .order_by(_event.c.at, _event.c.introduction_id, _event.c.seq)
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far somebody has read: the last event's instant, introduction and number."""

    at: datetime = _EPOCH
    introduction_id: int = 0
    seq: int = 0

    def __str__(self) -> str:
        """Return the form that travels in addresses."""
        return f"{(self.at - _EPOCH) // _MICROSECOND}-{self.introduction_id}-{self.seq}"


def read_cursor(text: str) -> Cursor:
    """Return the cursor of an address; an empty one is the beginning. Raises `InvalidOrder` for anything else."""
    if not text:
        return Cursor()
    found = _CURSOR.fullmatch(text)
    if found is None or int(found[1]) > _LATEST or max(int(found[2]), int(found[3])) >= 2**31:
        raise InvalidOrder("", [Problem("cursor", "order.other", {"given": text[:60], "expected": ""})])
    return Cursor(_EPOCH + int(found[1]) * _MICROSECOND, int(found[2]), int(found[3]))


def feed(
    work: UnitOfWork, *, region_id: int, after: Cursor, most: int = MOST, commands: frozenset[str] = frozenset()
) -> tuple[list[Row], Cursor]:
    """Return the region's events after a cursor, oldest first, and the cursor to ask with next.

    `commands` keeps only events of these commands; the cursor moves past the others too.
    """
    keys = {
        "region": region_id,
        "until": work.now - SETTLING,
        "after": after.at,
        "after_case": after.introduction_id,
        "after_seq": after.seq,
        "most": most,
    }
    rows = work.rows(_FEED, keys)
    last = rows[-1] if rows else None
    cursor = Cursor(last["at"], last["introduction_id"], last["seq"]) if last else after
    return [row for row in rows if not commands or row["command"] in commands], cursor


def event_form(row: Row) -> dict[str, object]:
    """Return one event as programs are told of it; who gave the command and why stay inside."""
    return {
        "id": f"{row['introduction_id']}:{row['seq']}",
        "type": f"forlopp.introduction.{row['command']}.v1",
        "at": row["at"].isoformat(),
        "introduction": row["slug"],
        **{name: row[name] for name in ("pathway", "command", "seq", "phase", "place", "standing")},
    }
