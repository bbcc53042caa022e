"""Remind a unit that its views on the plan are waited for, besides the ladder that reminds by itself."""

from collections.abc import Mapping
from datetime import date

from notifications.message import JsonValue, Message, MessageKind, Urgency
from pathways.errors import Refused
from pathways.models.plan_comment import CommentInvitation, CommentState
from pathways.models.task import Task, TaskState
from pathways.profiles.schema import Profile
from pathways.profiles.vocabulary import Role
from pathways.services.announce import leave_at, link_to, task_title
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import rows_of, unit_of
from pathways.services.plan.comment_tasks import ITEM
from pathways.services.plan.round import invitation_of, open_round_of
from pathways.storage.unit_of_work import Row

REST_WORKDAYS = 3


class RemindPlanComment(Order):
    """Which unit."""

    unit: str


def remind_plan_comment(case: Case, order: RemindPlanComment) -> None:
    """Send a reminder to whoever has the unit's task, and remember the day.

    Refused where the unit is not waited for, where it was reminded within three working days, and where nobody has
    its task.
    """
    opened, unit_id = open_round_of(case), unit_of(case, order.unit)
    invitation = invitation_of(case, opened, unit_id, unit=order.unit)
    waiting = [task for task in rows_of(case, Task, item=ITEM, state=TaskState.OPEN) if task["unit_id"] == unit_id]
    if invitation["state"] != CommentState.WAITING or not waiting:
        raise Refused("error.nothing_to_remind", unit=order.unit)
    next_on = next_reminder_on(case.profile, invitation["reminded_on"])
    if next_on is not None and case.today < next_on:
        day = invitation["reminded_on"].isoformat()
        raise Refused("error.reminded_recently", unit=order.unit, day=day, next_on=next_on.isoformat())
    if waiting[-1]["assignee_id"] is None:
        raise Refused("error.nobody_to_remind", unit=order.unit)
    reminders = int(invitation["reminders"]) + 1
    case.update(CommentInvitation, invitation["ref"], reminded_on=case.today, reminders=reminders)
    case.tell(_message(case, waiting[-1]))


def next_reminder_on(profile: Profile, reminded_on: date | None) -> date | None:
    """Return the first day on which a unit may be reminded again, or None where any day will do."""
    return profile.workdays.add(reminded_on, REST_WORKDAYS) if reminded_on else None


def _message(case: Case, task: Row) -> Message:
    person_id = case.roster.stand_in(task["assignee_id"])
    days = case.profile.workdays.count(task["due_on"], case.today)
    values: Mapping[str, JsonValue] = {
        "pathway": case.pathway,
        "link": link_to(case.slug, "uppgift", task["ref"]),
        "why": f"why.{Role.UNIT_REPRESENTATIVE}",
        "task": task_title(task),
        "due_on": task["due_on"].isoformat(),
        "days": abs(days),
        "rung": "before" if days < 0 else "due" if days == 0 else "overdue",
        "severity": 1 if days <= 0 else 2,
    }
    return Message(
        kind=MessageKind.TASK_REMINDER,
        recipient=str(person_id),
        region=case.profile.region.code,
        dedup_key=case.message_key(MessageKind.TASK_REMINDER.value, task["ref"], person_id),
        values=values,
        urgency=Urgency.AT_ONCE,
        not_before=leave_at(case.profile, case.now),
    )


USE_CASE = UseCase("remind_plan_comment", RemindPlanComment, remind_plan_comment)
