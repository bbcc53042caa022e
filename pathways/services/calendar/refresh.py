"""Keeps the entries that calendars are made of: derives what should stand, and writes only what has really changed.

Where nothing has happened since the last time, two statements find that out. After a change only the introductions
that were touched are read again. An entry is never deleted: one that is gone is marked cancelled, so that calendars
take it away.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import bindparam, func, select

from pathways.models.administration import RegionEvent
from pathways.models.calendar import CalendarEntry
from pathways.models.clockwork import Heartbeat
from pathways.models.introduction import Introduction
from pathways.models.organisation import Body, Meeting
from pathways.planning.instants import local_date
from pathways.profiles.schema import Profile
from pathways.services.calendar.entry import OF_CASES, Wanted
from pathways.services.calendar.of_cases import case_dates
from pathways.services.calendar.of_region import region_dates, span_around
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

EVER = datetime(1970, 1, 1, tzinfo=UTC)
OVERLAP = timedelta(minutes=15)
"""So far back before the newest event known a refresh looks again: a transaction may be written after a later one."""
FORM = 1
"""Raised when entries come to be derived in another way: then all of them are derived anew once."""

_entry, _beat, _introduction = table_of(CalendarEntry), table_of(Heartbeat), table_of(Introduction)
_meeting, _body, _act = table_of(Meeting), table_of(Body), table_of(RegionEvent)
_REGION = bindparam("region", type_=_entry.c.region_id.type)
_BEAT = select(_beat.c.note).where(_beat.c.kind == bindparam("kind"))
_kept_meetings = _meeting.join(_body, _body.c.id == _meeting.c.body_id)
_PARTS = {
    "meetings": func.count(),
    "ids": func.sum(_meeting.c.id),
    "first": func.min(_meeting.c.held_on),
    "last": func.max(_meeting.c.held_on),
    "first_in": func.min(_meeting.c.hand_in_on),
    "last_in": func.max(_meeting.c.hand_in_on),
    "timed": func.count(_meeting.c.starts_at),
    "placed": func.count(_meeting.c.place),
    "soonest": func.min(_meeting.c.starts_at),
    "latest": func.max(_meeting.c.starts_at),
}
DATES = ("acts", *_PARTS)
"""What tells that the region's own dates may have changed: what administrators did, and the meetings in figures."""
_NEWEST = select(
    select(func.max(_introduction.c.last_event_at)).where(_introduction.c.region_id == _REGION).label("newest"),
    select(func.sum(_introduction.c.version)).where(_introduction.c.region_id == _REGION).label("events"),
    select(func.max(_act.c.id)).where(_act.c.region_id == _REGION).label("acts"),
    *(
        select(part)
        .select_from(_kept_meetings)
        .where(_body.c.region_id == _REGION, _meeting.c.cancelled.is_(False))
        .label(name)
        for name, part in _PARTS.items()
    ),
)
_touched = select(_introduction.c.id).where(
    _introduction.c.region_id == _REGION,
    _introduction.c.last_event_at >= bindparam("since", type_=_introduction.c.last_event_at.type),
)
_OF_REGION = select(_entry).where(_entry.c.region_id == _REGION, _entry.c.introduction_id.is_(None))
_OF_TOUCHED = select(_entry).where(_entry.c.region_id == _REGION, _entry.c.introduction_id.in_(_touched))


@dataclass(frozen=True, slots=True)
class Refreshed:
    """How many entries are new, have changed and were cancelled; none of each where nothing happened."""

    added: int = 0
    changed: int = 0
    cancelled: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """How far a refresh has come: the newest event, the rules it went by, how many events, and the region's dates."""

    newest: str = EVER.isoformat()
    rules: str = ""
    events: str = ""
    dates: str = ""

    @property
    def note(self) -> str:
        """Return it as it is kept."""
        return f"{self.newest} {self.rules} {self.events} {self.dates}"


def is_behind(work: UnitOfWork, region_id: int, now: datetime, *, profile: Profile) -> bool:
    """Say whether anything can have changed since the last refresh; two statements, whatever a region holds."""
    return _kept(work, profile) != _seen_now(work, region_id, now, profile)


def refresh_entries(
    work: UnitOfWork, region_id: int, now: datetime, *, profile: Profile, whole: bool = False
) -> Refreshed:
    """Bring a region's entries in line, in the caller's transaction; a second time at once changes nothing.

    `whole` derives everything anew, also where nothing seems to have changed.
    """
    seen, kept = _seen_now(work, region_id, now, profile), Seen() if whole else _kept(work, profile)
    if kept == seen:
        return Refreshed()
    stored: list[Row] = []
    wanted: list[Wanted] = []
    over: frozenset[str] = frozenset()
    today = local_date(now, profile.region.zone)
    if (kept.rules, kept.dates) != (seen.rules, seen.dates):
        stored += work.rows(_OF_REGION, {"region": region_id})
        wanted += region_dates(work, region_id=region_id, profile=profile, today=today)
    if (kept.rules, kept.events, kept.newest) != (seen.rules, seen.events, seen.newest):
        since = datetime.fromisoformat(kept.newest) - OVERLAP if kept.rules == seen.rules else EVER
        cases = case_dates(work, region_id=region_id, since=since, profile=profile)
        stored += work.rows(_OF_TOUCHED, {"region": region_id, "since": since})
        wanted += cases.wanted
        over = cases.over
    done = _bring_in_line(work, region_id, stored, wanted, over=over, first=span_around(today)[0])
    row, kind = {"finished_at": now, "note": seen.note}, _kind(profile)
    if work.update(Heartbeat, {"kind": kind}, row) == 0:
        work.insert(Heartbeat, [{"kind": kind, **row}])
    return done


def _kind(profile: Profile) -> str:
    return f"calendar:{profile.region.code}"


def _kept(work: UnitOfWork, profile: Profile) -> Seen:
    note = work.value(_BEAT, {"kind": _kind(profile)})
    return Seen(*str(note).split(" ")) if note else Seen()


def _seen_now(work: UnitOfWork, region_id: int, now: datetime, profile: Profile) -> Seen:
    """Return what there is to be seen. A closing day or another profile moves all dates, a new month the region's."""
    row = work.rows(_NEWEST, {"region": region_id})[0]
    closed, today = profile.calendar.closing_days, local_date(now, profile.region.zone)
    rules = (FORM, profile.version, len(closed), sum(day.toordinal() for day in closed))
    dates = (f"{today:%Y-%m}", *(row[name] for name in DATES))
    newest = row["newest"] or EVER
    return Seen(newest.isoformat(), _joined(rules), str(row["events"] or 0), _joined(dates))


def _joined(parts: Iterable[object]) -> str:
    return "|".join("".join(str(part).split()) for part in parts)


def _bring_in_line(
    work: UnitOfWork, region_id: int, rows: Iterable[Row], dates: Iterable[Wanted], *, over: frozenset[str], first: date
) -> Refreshed:
    stored, wanted = {row["uid"]: row for row in rows}, {one.uid: one for one in dates}
    new = [one for uid, one in wanted.items() if uid not in stored]
    changed = [(stored[uid], one) for uid, one in wanted.items() if uid in stored and one.differs(stored[uid])]
    gone = [row for uid, row in stored.items() if uid not in wanted and _is_gone(row, over, first)]
    _write(work, region_id, new, changed, gone)
    return Refreshed(len(new), len(changed), len(gone))


def _is_gone(row: Row, over: frozenset[str], first: date) -> bool:
    """Say whether an entry that is not wanted is to be cancelled: not what is over, nor what lies too far back."""
    if row["cancelled"] or row["uid"] in over:
        return False
    return row["kind"] in OF_CASES or row["on"] >= first


def _write(
    work: UnitOfWork, region_id: int, new: Iterable[Wanted], changed: Iterable[tuple[Row, Wanted]], gone: Iterable[Row]
) -> None:
    work.insert(
        CalendarEntry,
        [{"region_id": region_id, "uid": one.uid, "changed_at": work.now, **one.columns} for one in new],
    )
    for row, one in changed:
        _change(work, row, one.columns)
    for row in gone:
        _change(work, row, {"cancelled": True})


def _change(work: UnitOfWork, row: Row, columns: Mapping[str, object]) -> None:
    changes = {**columns, "sequence": row["sequence"] + 1, "changed_at": work.now}
    work.update(CalendarEntry, {"id": row["id"]}, changes)
