"""Reopen a task that was done or declared not applicable by mistake."""

from pathways.errors import Refused
from pathways.models.task import Task, TaskState
from pathways.services import tasks
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import row_of
from pathways.services.task.own import is_own
from pathways.storage.unit_of_work import Row


class ReopenTask(Order):
    """Which task."""

    task: str


def reopen_task(case: Case, order: ReopenTask) -> None:
    """Open the task again with its last day as it was.

    One that the introduction has left behind, or that another has come in the place of, is refused.
    """
    task = row_of(case, Task, order.task)
    if task["state"] == TaskState.OPEN:
        raise Refused("error.task_open", task=order.task)
    held = tasks.places_held(case.snapshot)
    if not tasks.makes_sense(task["item"], task["belongs_to"], held) or _made_anew(case, task):
        raise Refused("error.task_left_behind", task=order.task)
    tasks.open_again(case, task)


def _made_anew(case: Case, task: Row) -> bool:
    mine = (task["item"], task["unit_id"])
    return bool(task["item"]) and mine in {(other["item"], other["unit_id"]) for other in case.open_tasks}


USE_CASE = UseCase("reopen_task", ReopenTask, reopen_task, owned=is_own)
