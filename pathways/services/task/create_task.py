"""Ask somebody to do something that no checklist has."""

from datetime import date
from typing import Annotated

from pydantic import Field

from pathways.profiles.vocabulary import Role
from pathways.services import tasks
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import not_in_the_past, person_of
from states.snapshot import place_of


class CreateTask(Order):
    """What is to be done, by when, and by whom: a person, or whoever holds the role."""

    title: Annotated[str, Field(min_length=3, max_length=300)]
    due_on: date
    role: Role = Role.DEVELOPMENT_RESOURCE
    person: str | None = None


def create_task(case: Case, order: CreateTask) -> None:
    """Make the task and hand it over."""
    not_in_the_past(case, "due_on", order.due_on)
    new = tasks.NewTask(
        role=order.role,
        due_on=order.due_on,
        belongs_to=place_of(case.snapshot),
        own_title=order.title,
        assignee_id=person_of(case, order.person, instead=[order.role]) if order.person else None,
    )
    tasks.make(case, case.roster, [new])


USE_CASE = UseCase("create_task", CreateTask, create_task)
