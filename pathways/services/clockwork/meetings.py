"""Keeps every region's meetings written to the horizon: once a day what has come into sight is added, nothing else.

A meeting that comes and has no time or place yet gets what is usual for its body.

A month that holds any meeting of a body, cancelled ones too, is settled: what was moved or cancelled never returns.
"""

from datetime import date, datetime
from functools import partial

from sqlalchemy import select

from pathways.models.clockwork import Heartbeat
from pathways.models.organisation import Body, Meeting, Region
from pathways.planning.instants import local_date
from pathways.planning.meetings import HORIZON_MONTHS, list_meetings
from pathways.profiles.schema import Profile
from pathways.services.clockwork.heartbeat import beat
from pathways.services.clockwork.running import Running
from pathways.services.usual_setting import give_usual_setting, list_lacking
from pathways.storage.unit_of_work import UnitOfWork, table_of

MEETINGS = "meetings"
_beat, _region, _body, _meeting = (table_of(row) for row in (Heartbeat, Region, Body, Meeting))


def top_up_meetings(app: Running, *, now: datetime) -> int:
    """Add the meetings that have come into sight, once a day, and return how many."""
    with app.database.read(now) as work:
        last = work.value(select(_beat.c.note).where(_beat.c.kind == MEETINGS))
        regions = work.rows(select(_region.c.id, _region.c.code))
    day = now.date().isoformat()
    if last == day:
        return 0
    added = 0
    for region in regions:
        profile = app.profiles.get(region["code"])
        if profile is not None:
            added += _top_up(app, int(region["id"]), profile, now=now)
    beat(app, MEETINGS, now=now, note=day)
    return added


def _top_up(app: Running, region_id: int, profile: Profile, *, now: datetime) -> int:
    """Add one region's meetings; most days there are none to add, and nothing is written."""
    today = local_date(now, profile.region.zone)
    with app.database.read(now) as work:
        lacking = list_lacking(work, region_id=region_id, profile=profile, today=today)
        if not lacking and not _in_sight(work, region_id, profile, today=today):
            return 0
    return app.retry(partial(add_meetings_in_sight, region_id=region_id, profile=profile, today=today))


def add_meetings_in_sight(work: UnitOfWork, *, region_id: int, profile: Profile, today: date) -> int:
    """Write the meetings of the region's series up to the horizon in months that hold none; return how many.

    Time and place are the usual ones, there and at every other meeting to come that lacks them.
    """
    new = _in_sight(work, region_id, profile, today=today)
    work.insert(Meeting, new)
    for body_id, usual in list_lacking(work, region_id=region_id, profile=profile, today=today):
        give_usual_setting(work, body_id, usual, today=today)
    return len(new)


def _in_sight(work: UnitOfWork, region_id: int, profile: Profile, *, today: date) -> list[dict[str, object]]:
    last = profile.workdays.months_after(today, HORIZON_MONTHS)
    query = (
        select(_body.c.id, _body.c.slug, _meeting.c.held_on)
        .outerjoin(_meeting, (_meeting.c.body_id == _body.c.id) & (_meeting.c.held_on >= today.replace(day=1)))
        .where(_body.c.region_id == region_id)
    )
    settled: dict[tuple[int, str], set[tuple[int, int]]] = {}
    for row in work.rows(query):
        months = settled.setdefault((row["id"], row["slug"]), set())
        if row["held_on"] is not None:
            months.add((row["held_on"].year, row["held_on"].month))
    new: list[dict[str, object]] = []
    for (body_id, slug), months in settled.items():
        rule = profile.find_body(slug)
        free, workdays = profile.meeting_free_months, profile.workdays
        meetings = list_meetings(rule, today, last, free_months=free, workdays=workdays) if rule else ()
        new += [
            {"body_id": body_id, "held_on": one.meeting_on, "hand_in_on": one.hand_in_on}
            for one in meetings
            if (one.meeting_on.year, one.meeting_on.month) not in months
        ]
    return new
