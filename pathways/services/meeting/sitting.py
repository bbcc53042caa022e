"""Finds the meeting and the item that an order names; what is closed to change is refused with the rule."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select

from pathways.errors import Refused, Unknown
from pathways.models.meeting import AgendaItem, Minutes, MinutesState
from pathways.models.organisation import Body, Meeting
from pathways.services.administration.office import Office
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

_body, _meeting, _minutes, _item = table_of(Body), table_of(Meeting), table_of(Minutes), table_of(AgendaItem)
_OWN = ("body_id", "held_on", "hand_in_on", "starts_at", "place", "cancelled")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One meeting of one body. `closed` says that its minutes are approved: nothing about it changes any more."""

    meeting_id: int
    body_id: int
    body: str
    name: str
    kind: str
    held_on: date
    hand_in_on: date
    starts_at: str | None
    place: str | None
    cancelled: bool
    closed: bool

    @property
    def subject(self) -> str:
        """Return how the region's log names the meeting."""
        return f"{self.body}/{self.held_on.isoformat()}"


def find_sitting(work: UnitOfWork, *, region_id: int, body: str, held_on: date) -> Sitting | None:
    """Return the body's meeting on that day, cancelled or not; None where there is none in the region."""
    row = work.find(_sittings(region_id).where(_body.c.slug == body, _meeting.c.held_on == held_on))
    return _sitting(row) if row is not None else None


def sitting_of(office: Office, body: str, held_on: date) -> Sitting:
    """Return the body's meeting on that day; an unknown body or day is refused with the nearest."""
    found = find_sitting(office.work, region_id=office.region_id, body=body, held_on=held_on)
    if found is not None:
        return found
    bodies = office.work.values(select(_body.c.slug).where(_body.c.region_id == office.region_id))
    if body not in bodies:
        raise Unknown("body", body, bodies)
    rows = office.work.rows(_sittings(office.region_id).where(_body.c.slug == body, _meeting.c.cancelled.is_(False)))
    raise Unknown("meeting", held_on.isoformat(), (row["held_on"].isoformat() for row in rows))


def open_sitting(office: Office, body: str, held_on: date) -> Sitting:
    """Return a meeting that may still be changed; one that is cancelled, or whose minutes are approved, is refused."""
    sitting = sitting_of(office, body, held_on)
    if sitting.cancelled:
        raise Refused("error.meeting_cancelled", body=sitting.name, held_on=held_on.isoformat())
    if sitting.closed:
        raise Refused("error.minutes_approved", body=sitting.name, held_on=held_on.isoformat())
    return sitting


def item_of(office: Office, sitting: Sitting, item_id: int) -> Row:
    """Return an item of the meeting that may still be changed: neither withdrawn nor decided."""
    row = office.work.find(select(_item).where(_item.c.meeting_id == sitting.meeting_id, _item.c.id == item_id))
    if row is None or row["withdrawn_on"] is not None:
        raise Unknown("agenda_item", str(item_id), (str(one["id"]) for one in standing_items(office.work, sitting)))
    if row["outcome"] is not None:
        raise Refused("error.item_decided", number=row["position"])
    return row


def standing_items(work: UnitOfWork, sitting: Sitting) -> list[Row]:
    """Return the meeting's items in order, withdrawn ones left out."""
    mine = (_item.c.meeting_id == sitting.meeting_id, _item.c.withdrawn_on.is_(None))
    return work.rows(select(_item).where(*mine).order_by(_item.c.position, _item.c.id))


def _sittings(region_id: int) -> Select[tuple[object, ...]]:
    return (
        select(
            *(_meeting.c[name] for name in ("id", *_OWN)),
            *(_body.c[name] for name in ("slug", "name", "short", "kind")),
            _minutes.c.state,
        )
        .join(_body, _body.c.id == _meeting.c.body_id)
        .outerjoin(_minutes, _minutes.c.meeting_id == _meeting.c.id)
        .where(_body.c.region_id == region_id)
        .order_by(_meeting.c.held_on)
    )


def _sitting(row: Row) -> Sitting:
    return Sitting(
        meeting_id=row["id"],
        body=row["slug"],
        name=row["short"] or row["name"],
        closed=row["state"] == MinutesState.APPROVED,
        kind=row["kind"],
        **{name: row[name] for name in _OWN},
    )
