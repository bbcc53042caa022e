"""Mails a task's link anew to the one it was made for, when the old one has been used or is too old.

Nobody else can ask for it: whoever does holds the old link, and the new one goes to the person's own address.
"""

from datetime import date

from sqlalchemy import Select, bindparam, select

from notifications.message import Message, MessageKind, Urgency
from notifications.outbox import put
from pathways.errors import Refused
from pathways.models.catalogue import Pathway
from pathways.models.introduction import Introduction
from pathways.models.task import Task, TaskState
from pathways.profiles.schema import Profile
from pathways.services.access.outward import OPENS
from pathways.services.access.task_link import TaskLink
from pathways.services.announce import link_to, task_title
from pathways.storage.unit_of_work import UnitOfWork, table_of

_task, _introduction, _pathway = table_of(Task), table_of(Introduction), table_of(Pathway)
_TASK: Select[tuple[object, ...]] = (
    select(_task, _pathway.c.name.label("pathway"))
    .join(_introduction, _introduction.c.id == _task.c.introduction_id)
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .where(_task.c.introduction_id == bindparam("case"), _task.c.ref == bindparam("ref"), _task.c.voided_by.is_(None))
)


def mail_task_link(work: UnitOfWork, link: TaskLink, *, profile: Profile, today: date) -> None:
    """Put a reminder of the task in the outbox, whose mail has a new link; once a day for each old link.

    A task that has been settled is refused with its state.
    """
    task = work.find(_TASK, {"case": link.introduction_id, "ref": link.ref})
    if task is None or task["state"] != TaskState.OPEN:
        raise Refused("error.task_settled", task=link.ref, state=str(task["state"]) if task else TaskState.CANCELLED)
    days = profile.workdays.count(task["due_on"], today)
    message = Message(
        kind=MessageKind.TASK_REMINDER,
        recipient=str(link.person_id),
        region=link.region_code,
        dedup_key=f"{link.command_id[:40]}:{today.isoformat()}",
        values={
            "pathway": task["pathway"],
            "link": link_to(link.slug, "uppgift", link.ref),
            OPENS: {"introduction": link.introduction_id, "task": link.ref},
            "task": task_title(task),
            "due_on": task["due_on"].isoformat(),
            "days": abs(days),
            "rung": "before" if days < 0 else "due" if days == 0 else "overdue",
            "severity": 1,
            "why": f"why.{task['role']}",
        },
        urgency=Urgency.AT_ONCE,
    )
    put(work.connection, [message], now=work.now)
