"""What a region's year holds: every body's meetings as written, the loops and follow-ups of its introductions."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from sqlalchemy import Select, bindparam, or_, select

from pathways.models.catalogue import Pathway
from pathways.models.introduction import Introduction, Timer, TimerKind, TimerState
from pathways.models.loop import LearningLoop, LoopState
from pathways.models.organisation import Body, Meeting
from pathways.planning.held_meetings import Kept, days_of
from pathways.planning.instants import local_date, local_instant
from pathways.planning.meetings import meeting_of
from pathways.planning.year_wheel import (
    Kind,
    Month,
    Occasion,
    meeting_occasions,
    months_of,
    national_occasions,
    report_occasions,
)
from pathways.profiles.schema import Profile
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

LONGEST_LEAD = timedelta(days=120)
_meeting, _body, _timer, _loop = (table_of(row) for row in (Meeting, Body, Timer, LearningLoop))
_introduction, _pathway = table_of(Introduction), table_of(Pathway)
_REGION = bindparam("region", type_=_body.c.region_id.type)
_FIRST, _LAST = (bindparam(name, type_=_meeting.c.held_on.type) for name in ("first", "last"))
_MEETINGS = (
    select(_body.c.slug, _meeting.c.held_on, _meeting.c.hand_in_on, _meeting.c.cancelled)
    .join(_body, _body.c.id == _meeting.c.body_id)
    .where(_body.c.region_id == _REGION)
    .order_by(_meeting.c.held_on)
)


def _named(*columns: object) -> Select[tuple[object, ...]]:
    return select(_introduction.c.slug, _pathway.c.name, *columns)


_TIMERS = (
    _named(_timer.c.kind, _timer.c.occurrence, _timer.c.due_at)
    .join(_introduction, _introduction.c.id == _timer.c.introduction_id)
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .where(
        _timer.c.region_id == _REGION,
        _timer.c.state == TimerState.LIVE,
        _timer.c.kind.in_([TimerKind.LEARNING_LOOP, TimerKind.FOLLOW_UP]),
        _timer.c.due_at >= bindparam("from_at", type_=_timer.c.due_at.type),
        _timer.c.due_at < bindparam("until_at", type_=_timer.c.due_at.type),
    )
)
_LOOPS = (
    _named(_loop.c.number, _loop.c.due_on, _loop.c.held_on)
    .join(_introduction, _introduction.c.id == _loop.c.introduction_id)
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .where(
        _introduction.c.region_id == _REGION,
        _loop.c.voided_by.is_(None),
        _loop.c.state != LoopState.SKIPPED,
        or_(_loop.c.due_on.between(_FIRST, _LAST), _loop.c.held_on.between(_FIRST, _LAST)),
    )
)


def year_wheel(
    work: UnitOfWork, *, region_id: int, profile: Profile, year: int, body: str = "", kind: str = ""
) -> tuple[Month, ...]:
    """Return the months of a region's year, perhaps only of one body or one kind of occasion."""
    found = [*_own(work, region_id=region_id, profile=profile, year=year), *national_occasions(year)]
    found += report_occasions(year)
    chosen = [one for one in found if (not kind or one.kind == kind) and (not body or one.body == body)]
    return months_of(year, chosen, free_months=profile.meeting_free_months)


def _own(work: UnitOfWork, *, region_id: int, profile: Profile, year: int) -> Iterator[Occasion]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = work.rows(_MEETINGS, {"region": region_id})
    hand_in = {(row["slug"], row["held_on"]): row["hand_in_on"] for row in rows}
    kept = [Kept(row["slug"], row["held_on"], row["cancelled"]) for row in rows]
    for body in profile.bodies:
        free, workdays = profile.meeting_free_months, profile.workdays
        days = days_of(body, kept, first=first, last=last + LONGEST_LEAD, free_months=free, workdays=workdays)
        pairs = [(day, hand_in.get((body.slug, day)) or meeting_of(body, day, workdays).hand_in_on) for day in days]
        written = {one.held_on for one in kept if one.body == body.slug and not one.cancelled}
        yield from meeting_occasions(body.slug, pairs, year, written=written)
    zone = profile.region.zone
    keys: Mapping[str, int | date | datetime] = {
        "region": region_id,
        "first": first,
        "last": last,
        "from_at": local_instant(first, time(0), zone),
        "until_at": local_instant(last + timedelta(days=1), time(0), zone),
    }
    for row in work.rows(_TIMERS, keys):
        due_on = local_date(row["due_at"], zone)
        kind = Kind.LOOP if row["kind"] == TimerKind.LEARNING_LOOP else Kind.FOLLOW_UP
        yield Occasion(due_on, kind, about=row["slug"], name=row["name"], number=row["occurrence"])
    yield from (_loop_occasion(row) for row in work.rows(_LOOPS, keys))


def _loop_occasion(row: Row) -> Occasion:
    on = row["held_on"] or row["due_on"]
    return Occasion(on, Kind.LOOP, about=row["slug"], name=row["name"], number=row["number"])
