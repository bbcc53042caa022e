"""Dates that concern the whole region: meetings, their hand-in days, and the nation's consultations."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time

from sqlalchemy import bindparam, select

from pathways.models.meeting import AgendaItem
from pathways.models.organisation import Body, Meeting
from pathways.planning.agenda import Slot, hours_of
from pathways.planning.consultation import Window, WindowKind, windows_of
from pathways.planning.instants import local_instant
from pathways.profiles.schema import Profile
from pathways.services.calendar.dates import hand_in_uid, meeting_uid, window_uid
from pathways.services.calendar.entry import EntryKind, Wanted
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of
from pathways.workdays import Workdays

MONTHS_BACK, MONTHS_AHEAD = 12, 24
"""What lies further back stays as it was written; what lies further ahead is written when it comes nearer."""
WAYS = {
    WindowKind.CONSULTATION: (EntryKind.CONSULTATION_OPENS, EntryKind.CONSULTATION_CLOSES),
    WindowKind.LIGHT: (EntryKind.LIGHT_OPENS, EntryKind.LIGHT_CLOSES),
}
_meeting, _body, _item = table_of(Meeting), table_of(Body), table_of(AgendaItem)
_MEETINGS = (
    select(
        *(_meeting.c[name] for name in ("id", "held_on", "hand_in_on", "starts_at", "place")),
        _body.c.id.label("body_id"),
        _body.c.slug,
    )
    .join(_body, _body.c.id == _meeting.c.body_id)
    .where(
        _body.c.region_id == bindparam("region"),
        _meeting.c.cancelled.is_(False),
        _meeting.c.held_on.between(
            bindparam("first", type_=_meeting.c.held_on.type), bindparam("last", type_=_meeting.c.held_on.type)
        ),
    )
)

_SLOTS = (
    select(_item.c.meeting_id, _item.c.id, _item.c.starts_at, _item.c.minutes)
    .join(_meeting, _meeting.c.id == _item.c.meeting_id)
    .where(
        _item.c.region_id == bindparam("region"),
        _item.c.withdrawn_on.is_(None),
        _item.c.starts_at.is_not(None),
        _meeting.c.held_on >= bindparam("first", type_=_meeting.c.held_on.type),
    )
)


def span_around(today: date) -> tuple[date, date]:
    """Return the days between which the region's dates are kept up."""
    return Workdays.months_after(today, -MONTHS_BACK), Workdays.months_after(today, MONTHS_AHEAD)


def region_dates(work: UnitOfWork, *, region_id: int, profile: Profile, today: date) -> Iterator[Wanted]:
    """Yield the region's dates around today; a meeting has its own hours or those of its agenda, where known."""
    first, last = span_around(today)
    code, slots = profile.region.code, _slots(work, region_id=region_id, first=first)
    for row in work.rows(_MEETINGS, {"region": region_id, "first": first, "last": last}):
        values = {"body": row["slug"], "body_id": row["body_id"], "held_on": row["held_on"].isoformat()}
        starts_at, minutes = _hours(row, slots.get(row["id"], ()), profile)
        yield Wanted(
            uid=meeting_uid(row["id"], code),
            kind=EntryKind.MEETING,
            on=row["held_on"],
            starts_at=starts_at,
            minutes=minutes,
            values={**values, "place": row["place"]} if row["place"] else values,
        )
        if row["hand_in_on"] >= first:
            yield Wanted(uid=hand_in_uid(row["id"], code), kind=EntryKind.HAND_IN, on=row["hand_in_on"], values=values)
    for kind in WindowKind:
        for year in range(first.year - 1, last.year + 1):
            for window in windows_of(year, kind):
                yield from _of_window(window, code, first, last)


def _slots(work: UnitOfWork, *, region_id: int, first: date) -> Mapping[int, list[Slot]]:
    found: dict[int, list[Slot]] = {}
    for row in work.rows(_SLOTS, {"region": region_id, "first": first}):
        found.setdefault(row["meeting_id"], []).append(Slot(row["id"], row["starts_at"], row["minutes"]))
    return found


def _hours(row: Row, slots: Sequence[Slot], profile: Profile) -> tuple[datetime | None, int | None]:
    """Return when the meeting begins and for how many minutes it lasts; neither where no time of it is known."""
    hours = hours_of(row["starts_at"], slots)
    if hours is None:
        return None, None
    return local_instant(row["held_on"], time.fromisoformat(hours[0]), profile.region.zone), hours[1]


def _of_window(window: Window, code: str, first: date, last: date) -> Iterator[Wanted]:
    opens, closes = WAYS[window.kind]
    values = {"opens_on": window.opens_on.isoformat(), "closes_on": window.closes_on.isoformat()}
    for way, kind, on in (("opens", opens, window.opens_on), ("closes", closes, window.closes_on)):
        if first <= on <= last:
            uid = window_uid(str(window.kind), window.opens_on, way, code)
            yield Wanted(uid=uid, kind=kind, on=on, values=values)
