"""Who is away and who takes over meanwhile. Nothing moves when somebody leaves: open tasks are shown to the substitute
as long as the absence lasts, and new ones go to the substitute at once.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import BindParameter, Select, bindparam, delete, func, select

from pathways.errors import Refused, Unknown
from pathways.models.introduction import Introduction
from pathways.models.organisation import Absence, Person
from pathways.models.task import Task, TaskState
from pathways.services.roster import person_id_of
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of
from states.snapshot import Standing

LONGEST = timedelta(days=366)
_absence, _person, _task, _introduction = (table_of(row) for row in (Absence, Person, Task, Introduction))
_PERSON: BindParameter[int] = bindparam("person")
_TODAY: BindParameter[date] = bindparam("today")
_substitute = _person.alias("substitute")
_AHEAD: Select[tuple[object, ...]] = (
    select(_absence.c.id, _absence.c.from_on, _absence.c.until_on, _substitute.c.name.label("substitute"))
    .outerjoin(_substitute, _substitute.c.id == _absence.c.substitute_id)
    .where(_absence.c.person_id == _PERSON, _absence.c.until_on >= _TODAY)
    .order_by(_absence.c.from_on, _absence.c.id)
)
_CLASHES = select(_absence.c.from_on, _absence.c.until_on).where(
    _absence.c.person_id == _PERSON, _absence.c.from_on <= bindparam("until"), _absence.c.until_on >= bindparam("start")
)
_OPEN_TASKS = (
    select(func.count())
    .select_from(_task)
    .join(_introduction, _introduction.c.id == _task.c.introduction_id)
    .where(
        _task.c.assignee_id == _PERSON,
        _task.c.state == TaskState.OPEN,
        _task.c.voided_by.is_(None),
        _introduction.c.standing == Standing.ACTIVE,
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAbsence:
    """From which day until which, both included, and by its short name who takes over: nobody need."""

    from_on: date
    until_on: date
    substitute: str | None = None


@dataclass(frozen=True, slots=True)
class AbsenceAhead:
    """An absence that goes on or is still to come."""

    absence_id: int
    from_on: date
    until_on: date
    substitute: str | None


def record_absence(work: UnitOfWork, *, region_id: int, person_id: int, new: NewAbsence, today: date) -> int:
    """Write an absence and return its id.

    Refused are days in the wrong order, in the past or more than a year long, a second absence on the same days, and
    oneself as substitute. A substitute that the region does not have is `Unknown`.
    """
    if new.until_on < new.from_on:
        raise Refused("error.absence_backwards", until_on=new.until_on.isoformat(), from_on=new.from_on.isoformat())
    if new.until_on < today:
        raise Refused("error.absence_over", until_on=new.until_on.isoformat())
    if new.until_on - new.from_on > LONGEST:
        raise Refused("error.absence_too_long", n=LONGEST.days)
    clash = work.find(_CLASHES, {"person": person_id, "start": new.from_on, "until": new.until_on})
    if clash is not None:
        raise Refused(
            "error.absence_clashes", from_on=clash["from_on"].isoformat(), until_on=clash["until_on"].isoformat()
        )
    substitute_id = person_id_of(work, region_id, new.substitute) if new.substitute else None
    if substitute_id == person_id:
        raise Refused("error.absence_own_substitute")
    days = {"from_on": new.from_on, "until_on": new.until_on}
    return work.insert_one(Absence, {"person_id": person_id, "substitute_id": substitute_id, **days})


def end_absence(work: UnitOfWork, *, person_id: int, absence_id: int, today: date) -> None:
    """Let an absence end: one that has begun ended yesterday, one that is still to come never was.

    One that is not this person's, or is over, is `Unknown`.
    """
    row = next((row for row in _ahead(work, person_id, today) if row["id"] == absence_id), None)
    if row is None:
        raise Unknown("absence", str(absence_id), ())
    if row["from_on"] < today:
        work.update(Absence, {"id": absence_id}, {"until_on": today - timedelta(days=1)})
    else:
        work.connection.execute(delete(_absence).where(_absence.c.id == absence_id))


def list_absences(work: UnitOfWork, *, person_id: int, today: date) -> list[AbsenceAhead]:
    """Return a person's absences that go on or are still to come, the next one first."""
    rows = _ahead(work, person_id, today)
    return [AbsenceAhead(row["id"], row["from_on"], row["until_on"], row["substitute"]) for row in rows]


def count_open_tasks(work: UnitOfWork, *, person_id: int) -> int:
    """Return how many open tasks a person has, which a substitute would see."""
    return int(work.value(_OPEN_TASKS, {"person": person_id}))


def _ahead(work: UnitOfWork, person_id: int, today: date) -> list[Row]:
    return work.rows(_AHEAD, {"person": person_id, "today": today})
