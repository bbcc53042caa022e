"""Write a comment on a task; whoever has the task, or else the coordinator, hears of it in the weekly digest."""

from typing import Annotated

from pydantic import Field

from pathways.models.comment import TaskComment
from pathways.models.task import Task
from pathways.profiles.vocabulary import Role
from pathways.services import announce
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import row_of
from pathways.services.task.own import act_for, holds, is_own, name_of_actor


class CommentTask(Order):
    """Which task, and the words."""

    task: str
    text: Annotated[str, Field(min_length=1, max_length=4000)]


def comment_task(case: Case, order: CommentTask) -> None:
    """Keep the comment, also on a task that is done."""
    task = row_of(case, Task, order.task)
    act_for(case, task)
    case.insert(TaskComment, task_ref=order.task, body=order.text, written_by=case.actor_id, written_at=case.now)
    reader = case.roster.holder(Role.COORDINATOR) if holds(case, task) else task["assignee_id"]
    if reader is not None:
        told = {**task, "assignee_id": reader}
        announce.task_commented(case, case.roster, told, by=name_of_actor(case), text=order.text)


USE_CASE = UseCase("comment_task", CommentTask, comment_task, owned=is_own)
