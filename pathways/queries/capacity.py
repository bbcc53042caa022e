"""What development resources carry, for those who steer: how many introductions and open tasks, in order of the names.

Nobody is held against anybody else: each stands beside the figure that the region reckons with.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select

from pathways.models.catalogue import Pathway
from pathways.models.introduction import Appointment, Introduction
from pathways.models.organisation import Person
from pathways.models.task import Task, TaskState
from pathways.profiles.schema import Profile
from pathways.profiles.vocabulary import Role
from pathways.storage.collation import swedish_key
from pathways.storage.unit_of_work import UnitOfWork, table_of
from states.snapshot import Standing

_introduction, _pathway, _person = table_of(Introduction), table_of(Pathway), table_of(Person)
_appointment, _task = table_of(Appointment), table_of(Task)
_OPEN = (
    select(_introduction.c.id, _introduction.c.slug, _pathway.c.name)
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .where(_introduction.c.region_id == bindparam("region"), _introduction.c.standing == Standing.ACTIVE.value)
)
_APPOINTED = (
    select(_appointment.c.introduction_id, _appointment.c.person_id, _person.c.name)
    .join(_introduction, _introduction.c.id == _appointment.c.introduction_id)
    .outerjoin(_person, _person.c.id == _appointment.c.person_id)
    .where(
        _introduction.c.region_id == bindparam("region"),
        _introduction.c.standing == Standing.ACTIVE.value,
        _appointment.c.role == Role.DEVELOPMENT_RESOURCE,
        _appointment.c.until_on.is_(None),
        _appointment.c.voided_by.is_(None),
    )
)
_TASKS = (
    select(_task.c.assignee_id, func.count().label("tasks"))
    .join(_introduction, _introduction.c.id == _task.c.introduction_id)
    .where(
        _task.c.region_id == bindparam("region"),
        _introduction.c.standing == Standing.ACTIVE.value,
        _task.c.state == TaskState.OPEN,
        _task.c.voided_by.is_(None),
        _task.c.assignee_id.is_not(None),
    )
    .group_by(_task.c.assignee_id)
)


@dataclass(frozen=True, slots=True)
class Led:
    """An introduction by its names."""

    slug: str
    pathway: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What one development resource carries."""

    name: str
    introductions: tuple[Led, ...]
    tasks: int
    is_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """The development resources in Swedish order, the figures of the profile, and what nobody leads."""

    resources: tuple[Carried, ...]
    unstaffed: tuple[Led, ...]
    most_introductions: int
    most_tasks: int


def capacity(work: UnitOfWork, *, region_id: int, profile: Profile) -> Capacity:
    """Return what the region's development resources carry, and the introductions under way that have none."""
    keys, figures = {"region": region_id}, profile.workload
    led = {row["id"]: Led(row["slug"], row["name"]) for row in work.rows(_OPEN, keys)}
    tasks = {row["assignee_id"]: int(row["tasks"]) for row in work.rows(_TASKS, keys)}
    names: dict[int, str] = {}
    cases: dict[int, set[int]] = {}
    staffed: set[int] = set()
    for row in work.rows(_APPOINTED, keys):
        staffed.add(row["introduction_id"])
        if row["person_id"] is not None:
            names[row["person_id"]] = row["name"]
            cases.setdefault(row["person_id"], set()).add(row["introduction_id"])
    resources = [
        Carried(
            name=name,
            introductions=_by_name(led[case] for case in cases[person_id]),
            tasks=tasks.get(person_id, 0),
            is_over=len(cases[person_id]) > figures.introductions_per_resource
            or tasks.get(person_id, 0) > figures.tasks_per_resource,
        )
        for person_id, name in names.items()
    ]
    return Capacity(
        resources=tuple(sorted(resources, key=lambda one: swedish_key(one.name))),
        unstaffed=_by_name(one for case, one in led.items() if case not in staffed),
        most_introductions=figures.introductions_per_resource,
        most_tasks=figures.tasks_per_resource,
    )


def _by_name(found: Iterable[Led]) -> tuple[Led, ...]:
    return tuple(sorted(found, key=lambda one: swedish_key(one.pathway)))
