"""Complete a task and say what came of it."""

from typing import Annotated, ClassVar

from pydantic import Field

from pathways.models.task import TaskState
from pathways.services import tasks
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.task.own import is_own, open_task


class CompleteTask(Order):
    """Which task, and its outcome in a few words."""

    TEXTS: ClassVar[frozenset[str]] = frozenset({"outcome"})

    task: str
    outcome: Annotated[str, Field(min_length=1, max_length=2000)]


def complete_task(case: Case, order: CompleteTask) -> None:
    """End the task as done."""
    open_task(case, order.task)
    tasks.settle(case, order.task, TaskState.DONE, outcome=order.outcome)


USE_CASE = UseCase("complete_task", CompleteTask, complete_task, owned=is_own)
