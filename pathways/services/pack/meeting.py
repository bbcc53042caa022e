"""Which meeting a pack is of: found by the body's slug and the day, or refused with the nearest that are known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import BindParameter, Select, bindparam, func, select

from pathways.errors import Unknown
from pathways.models.organisation import Body, Meeting, Region
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

MOST_TOLD = 3
_body, _meeting, _region = table_of(Body), table_of(Meeting), table_of(Region)
_REGION: BindParameter[int] = bindparam("region")
_ALL: Select[tuple[object, ...]] = (
    select(
        _meeting.c.id.label("meeting_id"),
        _meeting.c.held_on,
        _meeting.c.hand_in_on,
        _meeting.c.cancelled,
        _body.c.id.label("body_id"),
        *(_body.c[name] for name in ("slug", "name", "short", "kind", "region_id")),
        _region.c.code,
        _region.c.name.label("region_name"),
        _region.c.origin,
    )
    .join(_body, _body.c.id == _meeting.c.body_id)
    .join(_region, _region.c.id == _body.c.region_id)
    .where(_body.c.region_id == _REGION)
)
_ONE = _ALL.where(_body.c.slug == bindparam("body"), _meeting.c.held_on == bindparam("day"))
_BY_ID = _ALL.where(_meeting.c.id == bindparam("meeting"))
_SLUGS = select(_body.c.slug).where(_body.c.region_id == _REGION)
_DAYS = (
    select(_meeting.c.held_on)
    .join(_body, _body.c.id == _meeting.c.body_id)
    .where(_body.c.region_id == _REGION, _body.c.slug == bindparam("body"), _meeting.c.cancelled.is_(False))
)
_BEFORE = (
    select(func.max(_meeting.c.held_on))
    .join(_body, _body.c.id == _meeting.c.body_id)
    .where(
        _body.c.region_id == _REGION,
        _body.c.id == bindparam("body_id"),
        _meeting.c.cancelled.is_(False),
        _meeting.c.held_on < bindparam("day"),
        _meeting.c.held_on <= bindparam("today"),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyMeeting:
    """One meeting of one body of one region; the packs of a cancelled one can still be read."""

    meeting_id: int
    region_id: int
    region: str
    region_name: str
    origin: str
    body_id: int
    body: str
    body_name: str
    body_short: str
    kind: str
    held_on: date
    hand_in_on: date
    cancelled: bool

    @property
    def subject(self) -> str:
        """Return what names it in the region's own log."""
        return f"{self.body}/{self.held_on.isoformat()}"

    @property
    def path(self) -> str:
        """Return the address of its pack."""
        return f"/moten/{self.body}/{self.held_on.isoformat()}/underlag"


class NoMeeting(Unknown):
    """The body does not meet that day. The nearest meetings are told by their days, not by likeness of the letters."""

    def __init__(self, day: date, known: Iterable[date]) -> None:
        super().__init__("meeting", day.isoformat(), ())
        by_distance = sorted(known, key=lambda one: abs((one - day).days))
        self.nearest = tuple(one.isoformat() for one in by_distance[:MOST_TOLD])


def find_meeting(work: UnitOfWork, *, region_id: int, body: str, day: date) -> BodyMeeting:
    """Return the body's meeting of that day; raise `Unknown` with the nearest bodies, or the nearest days."""
    row = work.find(_ONE, {"region": region_id, "body": body, "day": day})
    if row is not None:
        return _told(row)
    slugs = work.values(_SLUGS, {"region": region_id})
    if body not in slugs:
        raise Unknown("body", body, slugs)
    raise NoMeeting(day, work.values(_DAYS, {"region": region_id, "body": body}))


def meeting_by_id(work: UnitOfWork, meeting_id: int, *, region_id: int) -> BodyMeeting:
    """Return a meeting by its number; raise `Unknown` where it is another region's."""
    row = work.find(_BY_ID, {"region": region_id, "meeting": meeting_id})
    if row is None:
        raise Unknown("meeting", str(meeting_id), ())
    return _told(row)


def find_earlier(work: UnitOfWork, meeting: BodyMeeting, today: date) -> date | None:
    """Return the day on which the body last met before this meeting, as of a day; None where it had not met."""
    keys = {"region": meeting.region_id, "body_id": meeting.body_id, "day": meeting.held_on, "today": today}
    found: date | None = work.value(_BEFORE, keys)
    return found


def _told(row: Row) -> BodyMeeting:
    same = {name: row[name] for name in ("meeting_id", "region_id", "body_id", "held_on", "hand_in_on", "cancelled")}
    return BodyMeeting(
        region=row["code"],
        region_name=row["region_name"],
        origin=str(row["origin"]),
        body=row["slug"],
        body_name=row["name"],
        body_short=str(row["short"] or row["name"]),
        kind=str(row["kind"]),
        **same,
    )
