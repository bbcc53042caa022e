"""When the clock freezes the pack of a meeting, and which meetings of a region are due; nothing is written here."""

from datetime import date, datetime

from sqlalchemy import Select, and_, bindparam, exists, or_, select

from pathways.models.decision import BoardCase
from pathways.models.introduction import Introduction
from pathways.models.meeting import AgendaItem
from pathways.models.organisation import Body, Meeting, RegionRole
from pathways.models.pack import Pack
from pathways.planning.instants import local_date, local_instant
from pathways.profiles.schema import Profile
from pathways.profiles.vocabulary import BodyKind, Role
from pathways.storage.unit_of_work import UnitOfWork, table_of

_meeting, _body, _role, _item = (table_of(row) for row in (Meeting, Body, RegionRole, AgendaItem))
_case, _introduction, _pack = table_of(BoardCase), table_of(Introduction), table_of(Pack)
_HAS_MEMBERS = exists().where(
    _role.c.region_id == _body.c.region_id,
    or_(
        _role.c.body_id == _body.c.id,
        and_(
            _body.c.kind == BodyKind.MANAGEMENT_GROUP.value,
            _role.c.body_id.is_(None),
            _role.c.role == Role.MANAGEMENT_GROUP_MEMBER,
        ),
    ),
)
_HAS_ITEMS = exists().where(_item.c.meeting_id == _meeting.c.id, _item.c.withdrawn_on.is_(None))
_HAS_PLANS = exists().where(
    _case.c.introduction_id == _introduction.c.id,
    _introduction.c.region_id == _body.c.region_id,
    _case.c.body_id == _body.c.id,
    _case.c.meeting_on == _meeting.c.held_on,
    _case.c.closed.is_(False),
    _case.c.voided_by.is_(None),
)
_AHEAD: Select[tuple[object, ...]] = (
    select(_meeting.c.id, _meeting.c.held_on)
    .join(_body, _body.c.id == _meeting.c.body_id)
    .where(
        _body.c.region_id == bindparam("region"),
        _meeting.c.cancelled.is_(False),
        _meeting.c.held_on >= bindparam("today", type_=_meeting.c.held_on.type),
        _meeting.c.held_on <= bindparam("last", type_=_meeting.c.held_on.type),
        or_(_HAS_MEMBERS, _HAS_ITEMS, _HAS_PLANS),
    )
    .order_by(_meeting.c.held_on, _meeting.c.id)
)
_BY_CLOCK: Select[tuple[object, ...]] = select(_pack.c.meeting_id, _pack.c.frozen_at).where(
    _pack.c.region_id == bindparam("region"),
    _pack.c.meeting_id.in_(bindparam("meetings", expanding=True)),
    _pack.c.frozen_by.is_(None),
)


def pack_due_at(held_on: date, profile: Profile) -> datetime:
    """Return the instant at which the clock freezes the pack of a meeting."""
    day = profile.workdays.add(held_on, -profile.pack.workdays_before) if profile.pack.workdays_before else held_on
    return local_instant(day, profile.pack.at, profile.region.zone)


def due_meetings(work: UnitOfWork, *, region_id: int, profile: Profile) -> list[int]:
    """Return the meetings whose pack the clock is to freeze now.

    Left out are those it has frozen, those that are over, and those that nobody would read: without a member of the
    body in the product, without an item, without a plan on its way.
    """
    today = local_date(work.now, profile.region.zone)
    last = profile.workdays.add(today, profile.pack.workdays_before + 1)
    rows = work.rows(_AHEAD, {"region": region_id, "today": today, "last": last})
    due = {row["id"]: at for row in rows if (at := pack_due_at(row["held_on"], profile)) <= work.now}
    if not due:
        return []
    frozen = work.rows(_BY_CLOCK, {"region": region_id, "meetings": list(due)})
    done = {row["meeting_id"] for row in frozen if row["frozen_at"] >= due[row["meeting_id"]]}
    return [meeting for meeting in due if meeting not in done]
