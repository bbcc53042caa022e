"""The dates that a calendar is given: one person's own, or the region's without anybody's tasks."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, or_, select

from pathways.models.calendar import CalendarEntry, FeedScope
from pathways.models.catalogue import Pathway
from pathways.models.introduction import Appointment, Introduction
from pathways.models.organisation import Body, RegionRole
from pathways.models.task import Task
from pathways.planning.instants import local_date
from pathways.profiles.schema import Profile
from pathways.profiles.vocabulary import BodyKind, Role
from pathways.services.access.calendar_feed import Feed
from pathways.services.calendar.entry import EntryKind
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

DAYS_BACK = timedelta(days=90)
"""What lies further back has been seen, and is left out, so that a file does not grow for ever."""
OF_MEETINGS = frozenset({EntryKind.MEETING, EntryKind.HAND_IN})

_entry, _introduction, _pathway, _task = (table_of(row) for row in (CalendarEntry, Introduction, Pathway, Task))
_appointment, _role, _body = table_of(Appointment), table_of(RegionRole), table_of(Body)
_PERSON = bindparam("person", type_=_entry.c.person_id.type)
_appointed = exists().where(
    _appointment.c.introduction_id == _entry.c.introduction_id,
    _appointment.c.person_id == _PERSON,
    _appointment.c.voided_by.is_(None),
    _appointment.c.until_on.is_(None),
)
_own_task = and_(_entry.c.kind == EntryKind.TASK, _entry.c.person_id == _PERSON)
_of_own_case = and_(_entry.c.kind.in_([EntryKind.LOOP_PLANNED, EntryKind.LOOP_OPEN, EntryKind.FOLLOW_UP]), _appointed)


def _entries(which: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    at_task = and_(
        _entry.c.kind == EntryKind.TASK,
        _task.c.introduction_id == _entry.c.introduction_id,
        _task.c.ref == _entry.c["values"]["ref"].as_string(),
    )
    return (
        select(
            *(_entry.c[name] for name in ("uid", "kind", "on", "starts_at", "minutes", "values", "sequence")),
            _entry.c.changed_at,
            _entry.c.cancelled,
            _introduction.c.slug,
            _pathway.c.name.label("pathway"),
            _task.c.own_title,
            _task.c.title_sv,
            _task.c.title_en,
        )
        .outerjoin(_introduction, _introduction.c.id == _entry.c.introduction_id)
        .outerjoin(_pathway, _pathway.c.id == _introduction.c.pathway_id)
        .outerjoin(_task, at_task)
        .where(
            _entry.c.region_id == bindparam("region"),
            _entry.c.on >= bindparam("first", type_=_entry.c.on.type),
            or_(
                _entry.c.cancelled.is_(False), _entry.c.changed_at >= bindparam("since", type_=_entry.c.changed_at.type)
            ),
            which,
        )
        .order_by(_entry.c.on, _entry.c.uid)
    )


_PERSONAL = _entries(or_(_own_task, _of_own_case, _entry.c.kind.in_(sorted(OF_MEETINGS))))
_REGIONAL = _entries(and_(_entry.c.kind != EntryKind.TASK, _entry.c.person_id.is_(None)))
_SEATS = (
    select(_role.c.role, _body.c.slug)
    .outerjoin(_body, _body.c.id == _role.c.body_id)
    .where(_role.c.person_id == bindparam("person"), _role.c.region_id == bindparam("region"))
)


@dataclass(frozen=True, slots=True)
class Dated:
    """One date with the names that its words need; a task's title is in both languages, or as somebody wrote it."""

    row: Row

    @property
    def kind(self) -> EntryKind:
        """Return what it is."""
        return EntryKind(self.row["kind"])

    def title_in(self, language: str) -> str:
        """Return the task's title."""
        return str(self.row["own_title"] or self.row["title_en" if language == "en" else "title_sv"] or "")


def feed_entries(work: UnitOfWork, feed: Feed, profile: Profile) -> tuple[Dated, ...]:
    """Return the dates of a feed, from some months back on; cancelled ones for as long, so that calendars drop them."""
    today = local_date(work.now, profile.region.zone)
    keys: dict[str, int | date | datetime] = {
        "region": feed.region_id,
        "first": today - DAYS_BACK,
        "since": work.now - DAYS_BACK,
    }
    if feed.scope is FeedScope.REGION:
        return tuple(Dated(row) for row in work.rows(_REGIONAL, keys))
    bodies, hands_in = _seats(work, feed, profile)
    rows = work.rows(_PERSONAL, {**keys, "person": feed.person_id})
    return tuple(Dated(row) for row in rows if _concerns(row, bodies, hands_in=hands_in))


def _concerns(row: Row, bodies: frozenset[str], *, hands_in: bool) -> bool:
    """Say whether a date is the person's: meetings of bodies they sit in, hand-in days where they prepare cases."""
    match row["kind"]:
        case EntryKind.MEETING:
            return row["values"]["body"] in bodies
        case EntryKind.HAND_IN:
            return hands_in or row["values"]["body"] in bodies
    return True


def _seats(work: UnitOfWork, feed: Feed, profile: Profile) -> tuple[frozenset[str], bool]:
    """Return the bodies the person sits in, and whether they hand in papers. A seat without a body is in all groups."""
    rows = work.rows(_SEATS, {"person": feed.person_id, "region": feed.region_id})
    groups = [body.slug for body in profile.bodies if body.kind is BodyKind.MANAGEMENT_GROUP]
    named = {row["slug"] for row in rows if row["slug"] is not None}
    if any(row["role"] == Role.MANAGEMENT_GROUP_MEMBER and row["slug"] is None for row in rows):
        named |= set(groups)
    return frozenset(named), any(row["role"] in {Role.COORDINATOR, Role.HEAD, Role.REGISTRAR} for row in rows)
