"""Hand a task on to somebody else."""

from sqlalchemy import select

from pathways.errors import Refused
from pathways.models.organisation import Person
from pathways.models.task import Task
from pathways.profiles.vocabulary import Role
from pathways.services import announce
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import person_of
from pathways.services.task.own import is_own, open_task
from pathways.storage.unit_of_work import table_of

_person = table_of(Person)


class DelegateTask(Order):
    """Which task, and to whom."""

    task: str
    to: str


def delegate_task(case: Case, order: DelegateTask) -> None:
    """Give the task to the person, or to their substitute while they are away, and tell them."""
    task = open_task(case, order.task)
    roster = case.roster
    assignee = roster.stand_in(person_of(case, order.to, instead=[Role(task["role"])]))
    if assignee == task["assignee_id"]:
        raise Refused("error.task_theirs_already", task=order.task, person=order.to)
    case.update(Task, order.task, assignee_id=assignee)
    before = case.work.value(select(_person.c.name).where(_person.c.id == task["assignee_id"]))
    announce.task_handed(case, roster, {**task, "assignee_id": assignee}, on_behalf_of=before)


USE_CASE = UseCase("delegate_task", DelegateTask, delegate_task, owned=is_own)
