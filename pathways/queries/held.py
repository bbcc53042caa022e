"""What somebody looks after in introductions under way: open tasks, roles, activities, and what stands elsewhere.

For those who hand it over when a person leaves; the people themselves see their tasks on their own page.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, bindparam, func, select, union_all

from pathways.models.catalogue import Pathway
from pathways.models.introduction import Appointment, Introduction
from pathways.models.measure import Indicator
from pathways.models.meeting import AgendaItem
from pathways.models.organisation import Absence, Body, Meeting, Person, Unit
from pathways.models.plan import Activity, ActivityState
from pathways.models.task import Task, TaskState
from pathways.queries.details import title_of
from pathways.queries.views import Title
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of
from states.snapshot import Standing

_introduction, _pathway, _task = table_of(Introduction), table_of(Pathway), table_of(Task)
_appointment, _activity, _indicator = table_of(Appointment), table_of(Activity), table_of(Indicator)
_item, _meeting, _body, _absence = table_of(AgendaItem), table_of(Meeting), table_of(Body), table_of(Absence)
_person, _unit = table_of(Person), table_of(Unit)
_CASE = (_introduction.c.id.label("introduction_id"), _introduction.c.slug, _pathway.c.name.label("pathway"))
_OPEN: tuple[ColumnElement[bool], ...] = (
    _introduction.c.region_id == bindparam("region"),
    _introduction.c.standing.in_((Standing.ACTIVE.value, Standing.PAUSED.value)),
)
_OPEN_TASK = (_task.c.state == TaskState.OPEN, _task.c.voided_by.is_(None))
_HELD_ROLE = (_appointment.c.until_on.is_(None), _appointment.c.voided_by.is_(None))
_UNDONE = (
    _activity.c.state.in_((ActivityState.PLANNED, ActivityState.UNDER_WAY)),
    _activity.c.voided_by.is_(None),
)
_TASKS: Select[tuple[object, ...]] = (
    select(*_CASE, *(_task.c[name] for name in ("ref", "item", "title_sv", "title_en", "own_title", "due_on")))
    .join_from(_task, _introduction, _introduction.c.id == _task.c.introduction_id)
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .where(*_OPEN, *_OPEN_TASK, _task.c.assignee_id == bindparam("person"))
    .order_by(_task.c.due_on, _introduction.c.slug, _task.c.ref)
)
_ROLES: Select[tuple[object, ...]] = (
    select(*_CASE, _appointment.c.role, _unit.c.slug.label("unit"), _unit.c.name.label("unit_name"))
    .join_from(_appointment, _introduction, _introduction.c.id == _appointment.c.introduction_id)
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .outerjoin(_unit, _unit.c.id == _appointment.c.unit_id)
    .where(*_OPEN, *_HELD_ROLE, _appointment.c.person_id == bindparam("person"))
    .order_by(_introduction.c.slug, _appointment.c.made_in)
)
_ACTIVITIES: Select[tuple[object, ...]] = (
    select(*_CASE, _activity.c.ref, _activity.c.title, _activity.c.due_on)
    .join_from(_activity, _introduction, _introduction.c.id == _activity.c.introduction_id)
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .where(*_OPEN, *_UNDONE, _activity.c.responsible_id == bindparam("person"))
    .order_by(_introduction.c.slug, _activity.c.made_in)
)
_INDICATORS: Select[tuple[object, ...]] = (
    select(*_CASE, _indicator.c.slug.label("indicator"), _indicator.c.name)
    .join_from(_indicator, _introduction, _introduction.c.id == _indicator.c.introduction_id)
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .where(
        *_OPEN,
        _indicator.c.owner_id == bindparam("person"),
        _indicator.c.retired_on.is_(None),
        _indicator.c.voided_by.is_(None),
    )
    .order_by(_introduction.c.slug, _indicator.c.made_in)
)
_ITEMS: Select[tuple[object, ...]] = (
    select(_item.c.title, _body.c.slug, _meeting.c.held_on)
    .join(_meeting, _meeting.c.id == _item.c.meeting_id)
    .join(_body, _body.c.id == _meeting.c.body_id)
    .where(
        _item.c.region_id == bindparam("region"),
        _item.c.presenter_id == bindparam("person"),
        _item.c.withdrawn_on.is_(None),
        _item.c.outcome.is_(None),
        _meeting.c.held_on >= bindparam("today"),
    )
    .order_by(_meeting.c.held_on, _item.c.position)
)
_STANDS_IN: Select[tuple[object, ...]] = (
    select(_person.c.name, _absence.c.until_on)
    .join(_absence, _absence.c.person_id == _person.c.id)
    .where(
        _person.c.region_id == bindparam("region"),
        _absence.c.substitute_id == bindparam("person"),
        _absence.c.until_on >= bindparam("today"),
    )
    .order_by(_absence.c.from_on, _absence.c.id)
)
_EACH = union_all(
    select(_task.c.assignee_id.label("person_id"))
    .join(_introduction, _introduction.c.id == _task.c.introduction_id)
    .where(*_OPEN, *_OPEN_TASK),
    select(_appointment.c.person_id)
    .join(_introduction, _introduction.c.id == _appointment.c.introduction_id)
    .where(*_OPEN, *_HELD_ROLE)
    .group_by(_appointment.c.person_id, _appointment.c.introduction_id, _appointment.c.role),
    select(_activity.c.responsible_id)
    .join(_introduction, _introduction.c.id == _activity.c.introduction_id)
    .where(*_OPEN, *_UNDONE),
).subquery("each")
_COUNTED = (
    select(_EACH.c.person_id, func.count().label("n")).where(_EACH.c.person_id.is_not(None)).group_by(_EACH.c.person_id)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The introduction that something held belongs to."""

    introduction_id: int
    slug: str
    pathway: str


@dataclass(frozen=True, slots=True)
class HeldTask:
    """An open task."""

    case: Case
    ref: str
    title: Title
    due_on: date


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role in an introduction, with the units that it is held for where it is held for units."""

    case: Case
    role: str
    units: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class HeldActivity:
    """An activity that is not done."""

    case: Case
    ref: str
    title: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class HeldElsewhere:
    """What is changed on a page of its own: an indicator, an item of a meeting to come, an absence stood in for."""

    kind: str
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Held:
    """All that somebody looks after."""

    tasks: tuple[HeldTask, ...]
    roles: tuple[HeldRole, ...]
    activities: tuple[HeldActivity, ...]
    elsewhere: tuple[HeldElsewhere, ...]

    @property
    def handed_over(self) -> int:
        """Return how many things can be handed over together."""
        return len(self.tasks) + len(self.roles) + len(self.activities)


def held_by(work: UnitOfWork, *, region_id: int, person_id: int, today: date) -> Held:
    """Return what a person of the region looks after, whether they work there still or have left."""
    keys = {"region": region_id, "person": person_id}
    return Held(
        tuple(HeldTask(_case(row), row["ref"], title_of(row), row["due_on"]) for row in work.rows(_TASKS, keys)),
        _roles(work.rows(_ROLES, keys)),
        tuple(
            HeldActivity(_case(row), row["ref"], row["title"], row["due_on"]) for row in work.rows(_ACTIVITIES, keys)
        ),
        (
            *(
                HeldElsewhere("indicator", row["name"], f"/forlopp/{row['slug']}/matning/{row['indicator']}")
                for row in work.rows(_INDICATORS, keys)
            ),
            *(
                HeldElsewhere("item", row["title"], f"/moten/{row['slug']}/{row['held_on'].isoformat()}")
                for row in work.rows(_ITEMS, {**keys, "today": today})
            ),
            *(
                HeldElsewhere("absence", row["name"], "/admin/franvaro")
                for row in work.rows(_STANDS_IN, {**keys, "today": today})
            ),
        ),
    )


def count_held(work: UnitOfWork, *, region_id: int) -> dict[int, int]:
    """Return how many things each person of the region looks after that can be handed over; nobody with none."""
    return {row["person_id"]: int(row["n"]) for row in work.rows(_COUNTED, {"region": region_id})}


def _case(row: Row) -> Case:
    return Case(introduction_id=row["introduction_id"], slug=row["slug"], pathway=row["pathway"])


def _roles(rows: list[Row]) -> tuple[HeldRole, ...]:
    found: dict[tuple[str, str], HeldRole] = {}
    for row in rows:
        key = (str(row["slug"]), str(row["role"]))
        before = found.get(key)
        units = (*(before.units if before else ()), *([(row["unit"], row["unit_name"])] if row["unit"] else ()))
        found[key] = HeldRole(_case(row), key[1], units)
    return tuple(found.values())
