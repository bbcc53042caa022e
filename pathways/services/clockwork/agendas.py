"""Puts plans that wait for a decision on an agenda, where they stand on none: handed in before there were agendas.

The meeting they wait for takes them; one that has been, or takes nothing more, gives way to the next possible one.
"""

from datetime import date, datetime

from sqlalchemy import and_, bindparam, exists, or_, select

from pathways.errors import ClockWentBack, Refused
from pathways.models.decision import BoardCase
from pathways.models.introduction import Introduction
from pathways.models.meeting import AgendaItem, ItemKind, Minutes, MinutesState
from pathways.models.organisation import Body, Meeting, Region
from pathways.planning.instants import local_date
from pathways.planning.meetings import find_next_meeting
from pathways.profiles.schema import Profile
from pathways.profiles.vocabulary import Matter
from pathways.services.agenda.put_on_agenda import AWAITING
from pathways.services.agenda.put_waiting_plan import USE_CASE, PutOnAgenda
from pathways.services.clockwork.running import Running, as_system
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of
from states.snapshot import Standing

_introduction, _case, _item = table_of(Introduction), table_of(BoardCase), table_of(AgendaItem)
_meeting, _minutes, _body, _region = table_of(Meeting), table_of(Minutes), table_of(Body), table_of(Region)
_CLOSED = exists().where(_minutes.c.meeting_id == _meeting.c.id, _minutes.c.state == MinutesState.APPROVED)
_ON_AN_AGENDA = (
    exists()
    .where(
        _item.c.introduction_id == _introduction.c.id,
        _item.c.kind == ItemKind.DECISION,
        _item.c.matter == Matter.PLAN,
        _item.c.outcome.is_(None),
        _item.c.withdrawn_on.is_(None),
        _meeting.c.id == _item.c.meeting_id,
        _meeting.c.body_id == _case.c.body_id,
        _meeting.c.cancelled.is_(False),
    )
    .correlate(_introduction, _case)
)
_WAITING = (
    select(
        *(_introduction.c[name] for name in ("id", "slug", "version", "region_id")),
        *(_case.c[name] for name in ("body_id", "meeting_on", "hand_in_on")),
        _body.c.slug.label("body"),
        _region.c.code,
    )
    .join(_case, _case.c.introduction_id == _introduction.c.id)
    .join(_body, _body.c.id == _case.c.body_id)
    .join(_region, _region.c.id == _introduction.c.region_id)
    .where(
        _introduction.c.place == AWAITING,
        _introduction.c.standing == Standing.ACTIVE,
        _case.c.closed.is_(False),
        _case.c.voided_by.is_(None),
        ~_ON_AN_AGENDA,
    )
    .order_by(_introduction.c.region_id, _introduction.c.slug)
)
_OPEN = (
    select(_meeting.c.held_on, _meeting.c.hand_in_on)
    .where(
        _meeting.c.body_id == bindparam("body"),
        _meeting.c.held_on >= bindparam("today", type_=_meeting.c.held_on.type),
        or_(
            _meeting.c.held_on == bindparam("own", type_=_meeting.c.held_on.type),
            _meeting.c.hand_in_on >= bindparam("today", type_=_meeting.c.held_on.type),
        ),
        and_(_meeting.c.cancelled.is_(False), ~_CLOSED),
    )
    .order_by(_meeting.c.held_on)
)
"""Meetings that can take the plan: the one it waits for, since it was handed in in time, and those ahead."""


def put_waiting_plans(app: Running, *, now: datetime) -> int:
    """Put each plan that waits and stands on no agenda on one, each in a transaction; return how many."""
    with app.database.read(now) as work:
        plans = [(row, _place_for(work, row, app.profiles[row["code"]], now)) for row in _waiting(app, work)]
    return sum(_put(app, row, order) for row, order in plans if order is not None)


def _waiting(app: Running, work: UnitOfWork) -> list[Row]:
    return [row for row in work.rows(_WAITING) if row["code"] in app.profiles]


def _place_for(work: UnitOfWork, row: Row, profile: Profile, now: datetime) -> PutOnAgenda | None:
    """Return the meeting that is to take a plan; None where none is in sight."""
    today, own = local_date(now, profile.region.zone), row["meeting_on"]
    found = work.rows(_OPEN, {"body": row["body_id"], "today": today, "own": own})
    days: dict[date, date] = {one["held_on"]: one["hand_in_on"] for one in found}
    if own in days:
        return PutOnAgenda(meeting_on=own, hand_in_on=row["hand_in_on"])
    if days:
        first = min(days)
        return PutOnAgenda(meeting_on=first, hand_in_on=days[first])
    rule = profile.find_body(row["body"])
    free, workdays = profile.meeting_free_months, profile.workdays
    guessed = find_next_meeting(rule, today, free_months=free, workdays=workdays) if rule else None
    return PutOnAgenda(meeting_on=guessed.meeting_on, hand_in_on=guessed.hand_in_on) if guessed else None


def _put(app: Running, row: Row, order: PutOnAgenda) -> bool:
    """Put one plan; another sweep that was first, or a meeting closed meanwhile, leaves it for the next time."""
    key = f"put_on_agenda:{row['id']}:{row['version']}"
    region = (row["region_id"], row["code"])
    try:
        return not as_system(app, USE_CASE, order, region=region, slug=row["slug"], key=key).repeated
    except (Refused, ClockWentBack):
        return False
