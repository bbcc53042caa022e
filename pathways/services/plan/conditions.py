"""The conditions of a decision as tasks: each is somebody's to see to, by a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pathways.models.task import TaskState
from pathways.profiles.vocabulary import Role
from pathways.services import tasks
from pathways.services.case import Case
from pathways.services.lookup import not_in_the_past
from states.snapshot import place_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What a decision asks for: the words, by when, and whose it is to see to."""

    text: str
    due_on: date
    role: Role = Role.COORDINATOR


def make_conditions(case: Case, conditions: Iterable[Condition]) -> None:
    """Write a task for each condition and hand it over; a day gone by is refused."""
    new = [
        tasks.NewTask(
            role=one.role,
            due_on=not_in_the_past(case, "due_on", one.due_on),
            belongs_to=place_of(case.snapshot),
            own_title=one.text,
        )
        for one in conditions
    ]
    if new:
        tasks.make(case, case.roster, new)


def withdraw_conditions(case: Case, events: Iterable[int]) -> None:
    """Cancel the open tasks that conditions brought in these events of the log; what was done stays done."""
    numbers = frozenset(events)
    for task in list(case.open_tasks):
        if task["item"] == "" and int(task["made_in"]) in numbers:
            tasks.settle(case, task["ref"], TaskState.CANCELLED)
