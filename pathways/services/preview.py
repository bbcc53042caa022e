"""What a command would do, found out by doing it in a transaction that is then left without commit.

So what a person is shown before pressing the button can never differ from what the button does.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Executable, bindparam, select

from notifications.tables import outbox_message
from pathways.models.introduction import Event, Timer, TimerState
from pathways.models.organisation import Person
from pathways.models.task import Task, TaskState
from pathways.services.ask import Receipt
from pathways.storage.fold import changes_of
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

Title = str | dict[str, str]

_event, _task, _timer, _person = (table_of(row) for row in (Event, Task, Timer, Person))
_EVENT = select(_event).where(_event.c.introduction_id == bindparam("case"), _event.c.seq == bindparam("seq"))
_TASKS = (
    select(_task, _person.c.name.label("assignee"))
    .outerjoin(_person, _person.c.id == _task.c.assignee_id)
    .where(_task.c.introduction_id == bindparam("case"), _task.c.ref.in_(bindparam("refs", expanding=True)))
    .order_by(_task.c.due_on)
)
_TIMERS = (
    select(_timer)
    .where(_timer.c.introduction_id == bindparam("case"), _timer.c.ref.in_(bindparam("refs", expanding=True)))
    .order_by(_timer.c.due_at)
)
_NEWEST_MESSAGE = select(outbox_message.c.id).order_by(outbox_message.c.id.desc()).limit(1)
_MESSAGES = select(outbox_message).where(outbox_message.c.id > bindparam("after")).order_by(outbox_message.c.id)
_PEOPLE = select(_person.c.id, _person.c.name).where(_person.c.id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True, slots=True)
class TaskAhead:
    """A task that would be handed out or withdrawn."""

    item: str
    title: Title
    role: str
    assignee: str | None
    due_on: date


@dataclass(frozen=True, slots=True)
class TimerAhead:
    """A timer that would be set or cancelled."""

    kind: str
    occurrence: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class MessageAhead:
    """One kind of message, and the people who would get it."""

    kind: str
    urgency: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would come of a command: where the introduction would stand, and what would be set going."""

    phase: str
    place: str
    standing: str
    moves: bool
    tasks: tuple[TaskAhead, ...]
    withdrawn: tuple[TaskAhead, ...]
    timers: tuple[TimerAhead, ...]
    cancelled: tuple[TimerAhead, ...]
    messages: tuple[MessageAhead, ...]


def preview(work: UnitOfWork, act: Callable[[UnitOfWork], Receipt], *, place: str) -> Preview:
    """Carry out `act` in `work`, which the caller must not commit, and return what came of it.

    `place` is where the introduction stands now. Raises whatever `act` refuses with.
    """
    newest = work.value(_NEWEST_MESSAGE) or 0
    receipt = act(work)
    event = work.find(_EVENT, {"case": receipt.introduction_id, "seq": receipt.seq})
    assert event is not None
    tasks, timers = _touched(work, event, "task", _TASKS), _touched(work, event, "timer", _TIMERS)
    return Preview(
        phase=event["phase"],
        place=event["place"],
        standing=event["standing"],
        moves=event["place"] != place,
        tasks=tuple(_task_ahead(row) for row in tasks if row["state"] == TaskState.OPEN),
        withdrawn=tuple(_task_ahead(row) for row in tasks if row["state"] == TaskState.CANCELLED),
        timers=tuple(_timer_ahead(row) for row in timers if row["state"] == TimerState.LIVE),
        cancelled=tuple(_timer_ahead(row) for row in timers if row["state"] == TimerState.CANCELLED),
        messages=_messages(work, after=newest),
    )


def _touched(work: UnitOfWork, event: Row, table: str, query: Executable) -> list[Row]:
    refs = tuple({change.ref for change in changes_of(event) if change.table == table})
    return work.rows(query, {"case": event["introduction_id"], "refs": refs}) if refs else []


def _task_ahead(row: Row) -> TaskAhead:
    title: Title = row["own_title"] or {"sv": row["title_sv"], "en": row["title_en"]}
    return TaskAhead(row["item"], title, str(row["role"]), row["assignee"], row["due_on"])


def _timer_ahead(row: Row) -> TimerAhead:
    return TimerAhead(str(row["kind"]), row["occurrence"], row["due_at"])


def _messages(work: UnitOfWork, *, after: int) -> tuple[MessageAhead, ...]:
    """Return the messages by kind; whom each reaches is told by name, in the order they were put."""
    rows = work.rows(_MESSAGES, {"after": after})
    ids = {int(row["recipient"]) for row in rows if str(row["recipient"]).isdecimal()}
    names = {row["id"]: row["name"] for row in work.rows(_PEOPLE, {"ids": tuple(ids)})} if ids else {}
    found: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        name = names.get(int(row["recipient"]))
        people = found.setdefault((str(row["kind"]), str(row["urgency"])), [])
        if name and name not in people:
            people.append(name)
    return tuple(MessageAhead(kind, urgency, tuple(people)) for (kind, urgency), people in found.items())
