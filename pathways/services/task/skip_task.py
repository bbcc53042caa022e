"""Declare a task not applicable here, with a reason."""

from pathways.errors import Refused
from pathways.models.task import TaskState
from pathways.services import tasks
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.task.own import is_own, open_task


class SkipTask(Order):
    """Which task; the reason comes with the command."""

    task: str


def skip_task(case: Case, order: SkipTask) -> None:
    """End the task as not applicable; a gate that required it counts it as settled."""
    if not case.ask.reason:
        raise Refused("reason_missing")
    open_task(case, order.task)
    tasks.settle(case, order.task, TaskState.NOT_APPLICABLE, reason=case.ask.reason)


USE_CASE = UseCase("skip_task", SkipTask, skip_task, owned=is_own)
