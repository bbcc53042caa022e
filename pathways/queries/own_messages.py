"""What was sent to one person: when, about what, why, and how it went. Never what stood in it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, bindparam, select

from notifications.tables import delivery_receipt, outbox_message
from pathways.storage.unit_of_work import Row, UnitOfWork

SHOWN = 30
_columns = outbox_message.c
_NEWEST = (
    select(
        _columns.id,
        _columns.dedup_key,
        *(_columns[name] for name in ("kind", "urgency", "state", "created_at", "settled_at")),
        _columns["values"]["pathway"].as_string().label("pathway"),
        _columns["values"]["why"].as_string().label("why"),
        _columns["values"]["link"].as_string().label("link"),
    )
    .where(_columns.recipient == bindparam("person"), _columns.region == bindparam("region"))
    .order_by(_columns.id.desc())
    .limit(SHOWN)
    .subquery()
)
_MINE: Select[tuple[object, ...]] = (
    select(*_NEWEST.c, delivery_receipt.c.channel)
    .outerjoin(delivery_receipt, delivery_receipt.c.dedup_key == _NEWEST.c.dedup_key)
    .order_by(_NEWEST.c.id.desc())
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMessage:
    """One message to a person. `channels` are the ways it has left by: the inbox, the person's own address."""

    kind: str
    urgency: str
    state: str
    pathway: str | None
    why: str
    link: str | None
    created_at: datetime
    settled_at: datetime | None
    channels: tuple[str, ...]


def list_own_messages(work: UnitOfWork, *, person_id: int, region_code: str) -> tuple[SentMessage, ...]:
    """Return the thirty newest messages to a person of a region, the newest first."""
    by_message: dict[int, list[Row]] = {}
    for row in work.rows(_MINE, {"person": str(person_id), "region": region_code}):
        by_message.setdefault(row["id"], []).append(row)
    return tuple(_sent(rows) for rows in by_message.values())


def _sent(rows: list[Row]) -> SentMessage:
    same = ("kind", "urgency", "state", "pathway", "link", "created_at", "settled_at")
    channels = sorted({str(row["channel"]) for row in rows if row["channel"]})
    return SentMessage(
        **{name: rows[0][name] for name in same}, why=str(rows[0]["why"] or ""), channels=tuple(channels)
    )
