"""Say that a task is not one's own: it goes back to the coordinator, who is told why."""

from pathways.errors import Refused
from pathways.models.task import Task
from pathways.profiles.vocabulary import Role
from pathways.services import announce
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.task.own import is_own, name_of_actor, open_task


class DeclineTask(Order):
    """Which task; the reason comes with the command."""

    task: str


def decline_task(case: Case, order: DeclineTask) -> None:
    """Give the task to the coordinator; where there is none it waits for somebody. The coordinator's own is refused."""
    if not case.ask.reason:
        raise Refused("reason_missing")
    task = open_task(case, order.task)
    coordinator = case.roster.holder(Role.COORDINATOR)
    if coordinator is not None and coordinator in {task["assignee_id"], case.actor_id}:
        raise Refused("error.task_with_the_coordinator", task=order.task)
    case.update(Task, order.task, assignee_id=coordinator)
    if coordinator is not None:
        handed = {**task, "assignee_id": coordinator}
        announce.task_declined(case, case.roster, handed, by=name_of_actor(case))


USE_CASE = UseCase("decline_task", DeclineTask, decline_task, owned=is_own)
