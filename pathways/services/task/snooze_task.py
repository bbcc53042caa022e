"""Ask for more time for a task, with a reason."""

from datetime import date, timedelta

from pathways.errors import Refused
from pathways.models.task import Task
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.reminders import first_rung
from pathways.services.task.own import is_own, open_task

LONGEST = timedelta(days=730)  # longer is a slip of the finger, or no task


class SnoozeTask(Order):
    """Which task, and the new last day."""

    task: str
    due_on: date


def snooze_task(case: Case, order: SnoozeTask) -> None:
    """Move the last day on; the reminders start anew from it. A day that is not later, or years away, is refused."""
    if not case.ask.reason:
        raise Refused("reason_missing")
    task = open_task(case, order.task)
    if order.due_on <= max(task["due_on"], case.today):
        raise Refused("error.snooze_not_later", day=order.due_on.isoformat(), due_on=task["due_on"].isoformat())
    if order.due_on > case.today + LONGEST:
        last = (case.today + LONGEST).isoformat()
        raise Refused("error.snooze_too_far", day=order.due_on.isoformat(), last=last)
    rung, remind_at = first_rung(case.profile, order.due_on, case.now)
    case.update(Task, order.task, due_on=order.due_on, snoozes=task["snoozes"] + 1, rung=rung, remind_at=remind_at)


USE_CASE = UseCase("snooze_task", SnoozeTask, snooze_task, owned=is_own)
