"""Climbs the reminder ladder: tells the assignee, then coordinator, then head, each rung once.

The rung is claimed by a conditional update in the transaction that puts the message, so that two sweeps at once
remind once. Reminding is clockwork and leaves no event; the message itself is the record.
"""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial

from sqlalchemy import select

from notifications.message import JsonValue, Message, MessageKind, Urgency
from notifications.outbox import put
from pathways.models.catalogue import Pathway
from pathways.models.introduction import Introduction
from pathways.models.organisation import Person, Region
from pathways.models.task import Task, TaskState
from pathways.planning.instants import local_date
from pathways.profiles.schema import Profile, Rung
from pathways.profiles.vocabulary import Role
from pathways.services.announce import leave_at, link_to, task_title
from pathways.services.clockwork.running import Running
from pathways.services.reminders import rung_at
from pathways.services.roster import Roster, roster_of
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

_task, _introduction, _pathway = table_of(Task), table_of(Introduction), table_of(Pathway)
_region, _person = table_of(Region), table_of(Person)
HIGHER = {"coordinator": Role.COORDINATOR, "head": Role.HEAD}

_DUE = (
    select(
        *_task.c,
        _introduction.c.slug,
        _introduction.c.region_id,
        _pathway.c.name.label("pathway"),
        _region.c.code,
        _person.c.name.label("assignee"),
    )
    .join(_introduction, _introduction.c.id == _task.c.introduction_id)
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .join(_region, _region.c.id == _introduction.c.region_id)
    .outerjoin(_person, _person.c.id == _task.c.assignee_id)
    .where(_task.c.state == TaskState.OPEN, _task.c.remind_at.is_not(None), _introduction.c.standing == "active")
)


def remind_due(app: Running, *, now: datetime, batch: int = 200) -> int:
    """Send the reminders that are due and return how many; after an outage only the highest rung passed is told."""
    told = 0
    fallen = _DUE.where(_task.c.remind_at <= now, _region.c.code.in_(app.profiles)).order_by(_task.c.remind_at)
    while True:
        with app.database.read(now) as work:
            due = work.rows(fallen.limit(batch))
        if not due:
            return told
        told += app.retry(partial(_climb_all, app, due))


def _climb_all(app: Running, due: list[Row], work: UnitOfWork) -> int:
    return sum(_climb(work, app.profiles[task["code"]], task) for task in due)


def _climb(work: UnitOfWork, profile: Profile, task: Row) -> int:
    """Move one task past the rungs that have fallen and tell of the last of them; 0 where somebody else was first."""
    reached = task["rung"]
    while (following := rung_at(profile, task["due_on"], reached + 1)) is not None and following <= work.now:
        reached += 1
    key = {
        "introduction_id": task["introduction_id"],
        "ref": task["ref"],
        "state": TaskState.OPEN,
        **{name: task[name] for name in ("rung", "due_on", "remind_at", "assignee_id") if task[name] is not None},
    }
    if work.update(Task, key, {"rung": reached + 1, "remind_at": following}) == 0:
        return 0
    today = local_date(work.now, profile.region.zone)
    roster = roster_of(work, introduction_id=task["introduction_id"], region_id=task["region_id"], today=today)
    messages = _messages(profile, roster, task, profile.ladder[reached], now=work.now, today=today)
    return put(work.connection, messages, now=work.now)


def _messages(profile: Profile, roster: Roster, task: Row, rung: Rung, *, now: datetime, today: date) -> list[Message]:
    days = profile.workdays.count(task["due_on"], today)
    common: dict[str, JsonValue] = {
        "pathway": task["pathway"],
        "link": link_to(task["slug"], "uppgift", task["ref"]),
        "opens": {"introduction": task["introduction_id"], "task": task["ref"]},
        "task": task_title(task),
        "due_on": task["due_on"].isoformat(),
        "days": abs(days),
    }
    if rung.to == "assignee":
        people = [roster.stand_in(task["assignee_id"])] if task["assignee_id"] else []
        kind, role = MessageKind.TASK_REMINDER, str(task["role"])
        values = {**common, "rung": _moment(days), "severity": 1 if days <= 0 else 2}
    else:
        people = roster.holders(HIGHER[rung.to])
        kind, role = MessageKind.ESCALATION, str(HIGHER[rung.to])
        values = {**common, "assignee": task["assignee"], "severity": 3}
    return [_message(profile, kind, person, task, rung, values, role=role, now=now) for person in people]


def _moment(days: int) -> str:
    if days < 0:
        return "before"
    return "due" if days == 0 else "overdue"


def _message(
    profile: Profile,
    kind: MessageKind,
    person_id: int,
    task: Row,
    rung: Rung,
    values: Mapping[str, JsonValue],
    *,
    role: str,
    now: datetime,
) -> Message:
    urgency = Urgency(rung.urgency)
    parts = (kind.value, task["introduction_id"], task["ref"], task["due_on"].isoformat(), rung.workdays, person_id)
    return Message(
        kind=kind,
        recipient=str(person_id),
        region=profile.region.code,
        dedup_key=":".join(str(part) for part in parts),
        values={**values, "why": f"why.{role}"},
        urgency=urgency,
        not_before=leave_at(profile, now) if urgency is Urgency.AT_ONCE else None,
    )
