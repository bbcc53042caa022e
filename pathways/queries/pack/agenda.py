"""The agenda of a meeting as of a moment: the items that had been added, without those that were withdrawn."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, bindparam, or_, select

from pathways.models.introduction import Introduction
from pathways.models.meeting import AgendaItem
from pathways.queries.pack.content import AgendaLine
from pathways.services.pack.meeting import BodyMeeting
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

_item, _introduction = table_of(AgendaItem), table_of(Introduction)
_ITEMS: Select[tuple[object, ...]] = (
    select(
        *(_item.c[name] for name in ("id", "position", "kind", "title", "starts_at", "minutes", "proposal")),
        _item.c.outcome,
        _item.c.decided_at,
        _introduction.c.slug,
        _introduction.c.number,
    )
    .outerjoin(_introduction, _introduction.c.id == _item.c.introduction_id)
    .where(
        _item.c.region_id == bindparam("region"),
        _item.c.meeting_id == bindparam("meeting"),
        _item.c.added_at <= bindparam("as_of", type_=_item.c.added_at.type),
        or_(_item.c.withdrawn_on.is_(None), _item.c.withdrawn_on > bindparam("today", type_=_item.c.withdrawn_on.type)),
    )
    .order_by(_item.c.position, _item.c.id)
)


@dataclass(frozen=True, slots=True)
class Item:
    """An item with what the decisions asked for need of it; `case` names its introduction by slug and number."""

    line: AgendaLine
    proposal: str
    case: tuple[str, int] | None


def load_agenda(work: UnitOfWork, meeting: BodyMeeting, *, as_of: datetime, today: date) -> tuple[Item, ...]:
    """Return the items in their order."""
    keys = {"region": meeting.region_id, "meeting": meeting.meeting_id, "as_of": as_of, "today": today}
    return tuple(_item_of(row, as_of) for row in work.rows(_ITEMS, keys))


def _item_of(row: Row, as_of: datetime) -> Item:
    decided_at: datetime | None = row["decided_at"]
    is_decided = row["outcome"] is not None and decided_at is not None and decided_at <= as_of
    line = AgendaLine(
        item=row["id"],
        kind=str(row["kind"]),
        outcome=str(row["outcome"]) if is_decided else "",
        **{name: row[name] for name in ("position", "title", "starts_at", "minutes")},
    )
    return Item(line, str(row["proposal"] or ""), (row["slug"], row["number"]) if row["slug"] else None)
