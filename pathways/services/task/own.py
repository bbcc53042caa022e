"""Whose a task is, and whether it is still open: what all task commands ask first."""

from typing import Protocol

from sqlalchemy import bindparam, select

from pathways.errors import Refused
from pathways.models.organisation import Person
from pathways.models.task import Task, TaskState
from pathways.services.case import Case
from pathways.services.lookup import row_of
from pathways.storage.unit_of_work import Row, table_of

_person = table_of(Person)
_NAME = select(_person.c.name).where(_person.c.id == bindparam("person"))


class NamesTask(Protocol):
    """An order about one task."""

    @property
    def task(self) -> str:
        """The task's ref."""
        ...


def is_own(case: Case, order: NamesTask) -> bool:
    """Say whether the acting person has been given the task, or stands in today for the one who has."""
    return holds(case, row_of(case, Task, order.task))


def holds(case: Case, task: Row) -> bool:
    """Say whether a task is the acting person's, or that of somebody whom they stand in for today."""
    assignee = task["assignee_id"]
    return assignee is not None and case.actor_id in {assignee, case.roster.stand_in(assignee)}


def open_task(case: Case, ref: str) -> Row:
    """Return an open task; one that was settled already is refused with its state.

    Whoever does it for somebody who is away does it on their behalf, and the log says so.
    """
    task = row_of(case, Task, ref)
    if task["state"] != TaskState.OPEN:
        raise Refused("error.task_settled", task=ref, state=str(task["state"]))
    act_for(case, task)
    return task


def act_for(case: Case, task: Row) -> None:
    """Note on whose behalf a substitute acts."""
    assignee = task["assignee_id"]
    if case.on_behalf_id is None and case.actor_id not in {None, assignee} and holds(case, task):
        case.on_behalf_id = assignee


def name_of_actor(case: Case) -> str | None:
    """Return the name of whoever acts, or None where the system does."""
    return str(case.work.value(_NAME, {"person": case.actor_id})) if case.actor_id is not None else None
