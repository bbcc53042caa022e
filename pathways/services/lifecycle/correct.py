"""Correct: put an introduction back to where it stood after an earlier event, and say what that undoes.

Nothing is deleted. The rows that the undone moves wrote are made void by this event, the rows they changed get their
earlier values back, and both truths can be read: as of before the correction, and as of after it.
"""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import pairwise
from typing import Annotated

from pydantic import Field
from sqlalchemy import Date, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from notifications.outbox import withdraw
from notifications.utc import UtcDateTime
from pathways.errors import Refused
from pathways.models.base import CaseRow
from pathways.models.case_rows import CASE_TABLES
from pathways.models.decision import Decision
from pathways.models.introduction import Event, Introduction, LogText, Timer
from pathways.models.task import Task, TaskState
from pathways.services import tasks
from pathways.services.agenda.put_on_agenda import take_off_agenda
from pathways.services.agenda.reopen import reopen_items
from pathways.services.ask import Order
from pathways.services.case import Case, snapshot_of
from pathways.services.frame import UseCase
from pathways.services.plan.conditions import withdraw_conditions
from pathways.storage.fold import OWN, Folded, changes_of, fold
from pathways.storage.unit_of_work import Row, defaults_of, table_of

DECIDE = "decide"
DERIVED = frozenset({str(Task.__tablename__), str(Timer.__tablename__)})
_event, _text = table_of(Event), table_of(LogText)


class Correct(Order):
    """The number of the last event that still holds; the moves after it are undone."""

    undo_to: Annotated[int, Field(ge=1)]


def correct(case: Case, order: Correct) -> None:
    """Put the position back to where it was after event `undo_to`; a reason is required.

    Only what the undone moves themselves wrote is undone: answers, tasks and appointments made meanwhile
    stay. Tasks and timers then follow from the position as always; the conditions of a decision go with it, and the
    item of a meeting at which it was taken stands open again; a plan that is not handed in after all leaves its agenda.
    What the undone moves would have told people and nobody has heard yet is not sent.
    """
    if not case.ask.reason:
        raise Refused("reason_missing")
    if order.undo_to >= case.seq - 1:
        raise Refused("error.nothing_to_undo", newest=case.seq - 1)
    events = case.work.rows(select(_event).where(_event.c.introduction_id == case.id).order_by(_event.c.seq))
    undone = [event for before, event in pairwise(events) if event["seq"] > order.undo_to and _moved(before, event)]
    if not undone:
        raise Refused("error.nothing_to_undo", newest=case.seq - 1)
    numbers = {event["seq"] for event in undone}
    try:
        _undo(case, fold(event for event in events if event["seq"] not in numbers), undone)
    except IntegrityError as error:  # a row that would stand again has been made anew meanwhile
        raise Refused("error.undo_collides", undo_to=order.undo_to) from error
    case.put_back(snapshot_of(events[order.undo_to - 1]), undone=frozenset(numbers))
    tasks.take_up(case, _withdrawn(undone))
    withdraw_conditions(case, (event["seq"] for event in undone if event["command"] == DECIDE))
    reopen_items(case, _made(undone, Decision))
    take_off_agenda(case, numbers)
    withdraw(case.work.connection, (f"{case.id}:{number}:" for number in numbers), now=case.now)


def _moved(before: Row, event: Row) -> bool:
    return (before["configuration"], before["history"]) != (event["configuration"], event["history"])


def _made(undone: list[Row], kind: type[CaseRow]) -> set[str]:
    """Return the refs of the rows of a kind that the undone moves made."""
    changes = [change for event in undone for change in changes_of(event)]
    return {change.ref for change in changes if change.made and change.table == kind.__tablename__}


def _withdrawn(undone: list[Row]) -> set[str]:
    """Return the refs of the tasks that the undone moves withdrew."""
    changes = [change for event in undone for change in changes_of(event) if change.table == Task.__tablename__]
    return {change.ref for change in changes if change.values.get("state") == TaskState.CANCELLED}


def _undo(case: Case, without: Folded, undone: list[Row]) -> None:
    """Void the rows that the undone moves made; give the rows they changed the values they would have without them."""
    changes = [change for event in undone for change in changes_of(event) if change.table not in DERIVED]
    made = {(change.table, change.ref) for change in changes if change.made}
    for table, ref in sorted(made):
        case.update(CASE_TABLES[table], ref, voided_by=case.seq)
    touched: dict[tuple[str, str], set[str]] = {}
    for change in changes:
        if (change.table, change.ref) not in made:
            touched.setdefault((change.table, change.ref), set()).update(change.values)
    for (table, ref), names in touched.items():
        _give_back(case, without, table=table, ref=ref, names=names)


def _give_back(case: Case, without: Folded, *, table: str, ref: str, names: set[str]) -> None:
    if table == OWN:
        case.set(**{name: _value(case, Introduction, name, without.own.get(name)) for name in names})
    else:
        row, earlier = CASE_TABLES[table], without.rows[table, ref]
        case.update(row, ref, **{name: _value(case, row, name, earlier.get(name)) for name in names})


def _value(case: Case, row: type[SQLModel], name: str, logged: object) -> object:
    """Return a column's value from its form in the log; a column the log never spoke of has its default."""
    if isinstance(logged, Mapping) and "text" in logged:
        query = select(_text.c.body).where(_text.c.introduction_id == case.id, _text.c.digest == logged["text"])
        return case.work.value(query)
    if logged is None:
        return defaults_of(row).get(name)
    kind = table_of(row).c[name].type
    if isinstance(logged, str) and isinstance(kind, Date):
        return date.fromisoformat(logged)
    if isinstance(logged, str) and isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(logged)
    return logged


USE_CASE = UseCase("correct", Correct, correct)
