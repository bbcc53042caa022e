"""Whose a task is, and whether it is still open: what all task commands ask first."""

from typing import Protocol

from pathways.errors import Refused
from pathways.models.task import Task, TaskState
from pathways.services.case import Case
from pathways.services.lookup import row_of
from pathways.storage.unit_of_work import Row


class NamesTask(Protocol):
    """An order about one task."""

    @property
    def task(self) -> str:
        """The task's ref."""
        ...


def is_own(case: Case, order: NamesTask) -> bool:
    """Say whether the acting person has been given the task."""
    return bool(row_of(case, Task, order.task)["assignee_id"] == case.actor_id)


def open_task(case: Case, ref: str) -> Row:
    """Return an open task; one that was settled already is refused with its state."""
    task = row_of(case, Task, ref)
    if task["state"] != TaskState.OPEN:
        raise Refused("error.task_settled", task=ref, state=str(task["state"]))
    return task
