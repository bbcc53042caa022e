"""What an order can name: the people, units, meetings and rows that a form lets a person choose between.

Every list holds what `services.lookup` would find, and is read only for the form that asks for it.
"""

from datetime import date

from sqlalchemy import BindParameter, Select, bindparam, select

from pathways.models.attachment import Attachment
from pathways.models.catalogue import PathwayVersion
from pathways.models.decision import BoardCase
from pathways.models.gap import GapAnswer, GapInvitation, InvitationState
from pathways.models.introduction import Appointment, Event
from pathways.models.loop import FollowUp
from pathways.models.organisation import Body, Meeting, Person, Unit
from pathways.models.plan import Activity
from pathways.models.task import Task, TaskState
from pathways.queries.log_page import list_moves
from pathways.queries.material import oldest_first
from pathways.storage.collation import swedish_key
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

NEWEST_MOVES = 30

_person, _unit, _body, _meeting = (table_of(row) for row in (Person, Unit, Body, Meeting))
_task, _activity, _appointment, _event = (table_of(row) for row in (Task, Activity, Appointment, Event))
_answer, _invitation, _version, _follow_up = (
    table_of(row) for row in (GapAnswer, GapInvitation, PathwayVersion, FollowUp)
)
_board_case, _attachment = table_of(BoardCase), table_of(Attachment)
_REGION: BindParameter[int] = bindparam("region")
_CASE: BindParameter[int] = bindparam("case")

_PEOPLE: Select[tuple[object, ...]] = (
    select(_person.c.id, _person.c.slug, _person.c.name, _unit.c.name.label("unit"))
    .outerjoin(_unit, _unit.c.id == _person.c.unit_id)
    .where(_person.c.region_id == _REGION, _person.c.active)
)
_UNITS: Select[tuple[object, ...]] = select(_unit.c.id, _unit.c.slug, _unit.c.name).where(
    _unit.c.region_id == _REGION, _unit.c.active
)
_BODIES: Select[tuple[object, ...]] = (
    select(_body.c.id, _body.c.slug, _body.c.name, _body.c.short)
    .where(_body.c.region_id == _REGION)
    .order_by(_body.c.id)
)
_MEETINGS: Select[tuple[object, ...]] = (
    select(_body.c.slug, _body.c.name, _body.c.short, _meeting.c.held_on, _meeting.c.hand_in_on)
    .join(_body, _body.c.id == _meeting.c.body_id)
    .where(
        _body.c.region_id == _REGION,
        _body.c.slug.in_(bindparam("bodies", expanding=True)),
        _meeting.c.cancelled.is_(False),
        _meeting.c.held_on >= bindparam("from_on"),
        _meeting.c.held_on <= bindparam("until_on"),
    )
    .order_by(_meeting.c.held_on)
)
_TASKS: Select[tuple[object, ...]] = (
    select(
        *(_task.c[name] for name in ("ref", "item", "title_sv", "title_en", "own_title", "role", "due_on", "state")),
        _task.c.assignee_id,
        _person.c.name.label("assignee"),
        _person.c.slug.label("assignee_slug"),
        _unit.c.name.label("unit"),
    )
    .outerjoin(_person, _person.c.id == _task.c.assignee_id)
    .outerjoin(_unit, _unit.c.id == _task.c.unit_id)
    .where(_task.c.introduction_id == _CASE, _task.c.voided_by.is_(None))
    .order_by(_task.c.due_on)
)
_OPEN_TASKS = _TASKS.where(_task.c.state == TaskState.OPEN)
_SETTLED_TASKS = _TASKS.where(_task.c.state.in_((TaskState.DONE, TaskState.NOT_APPLICABLE)))
_APPOINTMENTS: Select[tuple[object, ...]] = (
    select(_appointment.c.ref, _appointment.c.role, _person.c.slug, _person.c.name, _unit.c.name.label("unit"))
    .join(_person, _person.c.id == _appointment.c.person_id)
    .outerjoin(_unit, _unit.c.id == _appointment.c.unit_id)
    .where(
        _appointment.c.introduction_id == _CASE, _appointment.c.voided_by.is_(None), _appointment.c.until_on.is_(None)
    )
)
_INVITED: Select[tuple[object, ...]] = (
    select(_invitation.c.unit_id, _invitation.c.state, _unit.c.slug, _unit.c.name)
    .join(_unit, _unit.c.id == _invitation.c.unit_id)
    .where(
        _invitation.c.introduction_id == _CASE,
        _invitation.c.voided_by.is_(None),
        _invitation.c.version_id == bindparam("version"),
    )
)
_VERSIONS: Select[tuple[object, ...]] = (
    select(_version.c.id, _version.c.label, _version.c.kind, _version.c.number, _version.c.published_on)
    .where(_version.c.pathway_id == bindparam("pathway"))
    .order_by(_version.c.number.desc())
)
_FOLLOW_UPS: Select[tuple[object, ...]] = (
    select(_follow_up.c.ref, _follow_up.c.months, _follow_up.c.due_on, _follow_up.c.round)
    .where(_follow_up.c.introduction_id == _CASE, _follow_up.c.voided_by.is_(None), _follow_up.c.recorded_on.is_(None))
    .order_by(_follow_up.c.months)
)
_EVENTS: Select[tuple[object, ...]] = (
    select(_event.c.seq, _event.c.command, _event.c.at, _person.c.name.label("actor"))
    .outerjoin(_person, _person.c.id == _event.c.actor_id)
    .where(
        _event.c.region_id == _REGION,
        _event.c.introduction_id == _CASE,
        _event.c.seq.in_(bindparam("seqs", expanding=True)),
    )
    .order_by(_event.c.seq.desc())
)
_ATTACHMENTS: Select[tuple[object, ...]] = (
    select(*_attachment.c, _person.c.name.label("added_by_name"))
    .outerjoin(_person, _person.c.id == _attachment.c.added_by)
    .where(
        _attachment.c.introduction_id == _CASE, _attachment.c.voided_by.is_(None), _attachment.c.removed_at.is_(None)
    )
)
_BOARD_CASE: Select[tuple[object, ...]] = (
    select(
        *(_board_case.c[name] for name in ("ref", "meeting_on", "hand_in_on", "basis")),
        _body.c.slug.label("body"),
        _body.c.name,
        _body.c.short,
    )
    .join(_body, _body.c.id == _board_case.c.body_id)
    .where(_board_case.c.introduction_id == _CASE, _board_case.c.voided_by.is_(None), ~_board_case.c.closed)
    .order_by(_board_case.c.made_in.desc())
    .limit(1)
)


def list_people(work: UnitOfWork, *, region_id: int) -> list[Row]:
    """Return the active people of a region by name, with their unit."""
    return _by_name(work.rows(_PEOPLE, {"region": region_id}))


def list_units(work: UnitOfWork, *, region_id: int) -> list[Row]:
    """Return the units at work in a region, by name."""
    return _by_name(work.rows(_UNITS, {"region": region_id}))


def list_bodies(work: UnitOfWork, *, region_id: int) -> list[Row]:
    """Return the bodies of a region."""
    return work.rows(_BODIES, {"region": region_id})


def list_meetings(work: UnitOfWork, *, region_id: int, bodies: list[str], from_on: date, until_on: date) -> list[Row]:
    """Return the meetings of some bodies between two days, with their last day to hand in."""
    keys = {"region": region_id, "bodies": bodies, "from_on": from_on, "until_on": until_on}
    return work.rows(_MEETINGS, keys)


def list_tasks(work: UnitOfWork, introduction_id: int, *, settled: bool = False) -> list[Row]:
    """Return the open tasks, the soonest first; or those that were done or were not needed, the newest first."""
    rows = work.rows(_SETTLED_TASKS if settled else _OPEN_TASKS, {"case": introduction_id})
    return rows[::-1] if settled else rows


def list_appointments(work: UnitOfWork, introduction_id: int) -> list[Row]:
    """Return who holds which role now, by name."""
    return _by_name(work.rows(_APPOINTMENTS, {"case": introduction_id}))


def list_uninvited(work: UnitOfWork, introduction_id: int, *, region_id: int, version_id: int | None) -> list[Row]:
    """Return the units that have not been asked about a version, by name."""
    asked = {row["unit_id"] for row in work.rows(_INVITED, {"case": introduction_id, "version": version_id})}
    return [unit for unit in list_units(work, region_id=region_id) if unit["id"] not in asked]


def list_waiting(work: UnitOfWork, introduction_id: int, *, version_id: int | None) -> list[Row]:
    """Return the units that have been asked about a version and have not answered, by name."""
    rows = work.rows(_INVITED, {"case": introduction_id, "version": version_id})
    return _by_name([row for row in rows if row["state"] == InvitationState.WAITING])


def list_versions(work: UnitOfWork, pathway_id: int) -> list[Row]:
    """Return the versions of a pathway's national text, the newest first."""
    return work.rows(_VERSIONS, {"pathway": pathway_id})


def list_follow_ups(work: UnitOfWork, introduction_id: int) -> list[Row]:
    """Return the follow-ups that are planned and not recorded, the first one first."""
    rows = work.rows(_FOLLOW_UPS, {"case": introduction_id})
    newest = max((row["round"] for row in rows), default=0)
    return [row for row in rows if row["round"] == newest]


def list_points(work: UnitOfWork, introduction_id: int, *, region_id: int) -> list[Row]:
    """Return the newest events that moved the introduction, the newest first: from any of them it can be undone."""
    moves = list_moves(work, region_id=region_id, introduction_id=introduction_id, after=1)[-NEWEST_MOVES:]
    return work.rows(_EVENTS, {"region": region_id, "case": introduction_id, "seqs": moves})


def list_attachments(work: UnitOfWork, introduction_id: int) -> list[Row]:
    """Return the files and links of an introduction's tasks, the newest first."""
    return oldest_first(work.rows(_ATTACHMENTS, {"case": introduction_id}))[::-1]


def find_board_case(work: UnitOfWork, introduction_id: int) -> Row | None:
    """Return the plan's way to the meeting that is to decide, with the body's short name; None where none is chosen."""
    return work.find(_BOARD_CASE, {"case": introduction_id})


def _by_name(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: swedish_key(row["name"]))
