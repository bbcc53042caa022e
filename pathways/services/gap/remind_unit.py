"""Remind a unit of the gap analysis now, besides the ladder that reminds by itself."""

from collections.abc import Mapping
from datetime import date

from notifications.message import JsonValue, Message, MessageKind, Urgency
from pathways.errors import Refused
from pathways.locale import LANGUAGES, texts
from pathways.models.gap import GapInvitation, InvitationState
from pathways.models.task import Task, TaskState
from pathways.profiles.schema import Profile
from pathways.profiles.vocabulary import Role
from pathways.services.announce import leave_at, link_to, task_title
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.gap.asking import version_id_of
from pathways.services.gap.unit_tasks import answer_items
from pathways.services.lookup import rows_of, unit_of
from pathways.storage.unit_of_work import Row

REST_WORKDAYS = 3


class RemindUnit(Order):
    """Which unit, and about which version (its label) where it is not the one being analysed."""

    unit: str
    version: str | None = None


def remind_unit(case: Case, order: RemindUnit) -> None:
    """Send a reminder to whoever answers for the unit, and remember the day.

    Refused where the unit is not waited for, where it was reminded within three working days, and where nobody
    answers for it.
    """
    unit_id = unit_of(case, order.unit)
    asked = {"unit_id": unit_id, "version_id": version_id_of(case, order.version)}
    waiting = rows_of(case, GapInvitation, **asked, state=InvitationState.WAITING)
    if not waiting:
        raise Refused("error.nothing_to_remind", unit=order.unit)
    invitation = waiting[0]
    _refuse_too_soon(case, order.unit, invitation["reminded_on"])
    task = _task_of(case, unit_id)
    person_id = (task and task["assignee_id"]) or case.roster.holder(Role.UNIT_REPRESENTATIVE, unit_id=unit_id)
    if person_id is None:
        raise Refused("error.nobody_to_remind", unit=order.unit)
    reminders = int(invitation["reminders"]) + 1
    case.update(GapInvitation, invitation["ref"], reminded_on=case.today, reminders=reminders)
    case.tell(_message(case, order.unit, invitation, task, case.roster.stand_in(person_id)))


def next_reminder_on(profile: Profile, reminded_on: date | None) -> date | None:
    """Return the first day on which a unit may be reminded again, or None where any day will do."""
    return profile.workdays.add(reminded_on, REST_WORKDAYS) if reminded_on else None


def _refuse_too_soon(case: Case, unit: str, reminded_on: date | None) -> None:
    next_on = next_reminder_on(case.profile, reminded_on)
    if reminded_on is not None and next_on is not None and case.today < next_on:
        raise Refused("error.reminded_recently", unit=unit, day=reminded_on.isoformat(), next_on=next_on.isoformat())


def _task_of(case: Case, unit_id: int) -> Row | None:
    items = answer_items(case.profile)
    tasks = [task for task in rows_of(case, Task, unit_id=unit_id, state=TaskState.OPEN) if task["item"] in items]
    return tasks[-1] if tasks else None


def _message(case: Case, unit: str, invitation: Row, task: Row | None, person_id: int) -> Message:
    days = case.profile.workdays.count(invitation["due_on"], case.today)
    path = ("uppgift", task["ref"]) if task else ("gapanalys", unit)
    values: Mapping[str, JsonValue] = {
        "pathway": case.pathway,
        "link": link_to(case.slug, *path),
        "why": f"why.{Role.UNIT_REPRESENTATIVE}",
        "task": task_title(task) if task else {code: texts(code).word("command", "answer_gap") for code in LANGUAGES},
        "due_on": invitation["due_on"].isoformat(),
        "days": abs(days),
        "rung": "before" if days < 0 else "due" if days == 0 else "overdue",
        "severity": 1 if days <= 0 else 2,
    }
    return Message(
        kind=MessageKind.TASK_REMINDER,
        recipient=str(person_id),
        region=case.profile.region.code,
        dedup_key=case.message_key(MessageKind.TASK_REMINDER.value, unit, person_id),
        values=values,
        urgency=Urgency.AT_ONCE,
        not_before=leave_at(case.profile, case.now),
    )


USE_CASE = UseCase("remind_unit", RemindUnit, remind_unit)
