"""Dates that belong to introductions: tasks, planned and open learning loops, follow-ups."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select

from pathways.models.introduction import Introduction, Timer, TimerKind, TimerState
from pathways.models.loop import FollowUp, LearningLoop, LoopState
from pathways.models.task import Task, TaskState
from pathways.planning.instants import local_date
from pathways.profiles.schema import Profile
from pathways.services.calendar.dates import (
    LOOP_MINUTES,
    follow_up_uid,
    loop_uid,
    suggested_meeting,
    task_uid,
)
from pathways.services.calendar.entry import EntryKind, Wanted
from pathways.storage.gathering import Gathering
from pathways.storage.unit_of_work import Row, UnitOfWork, constant, table_of
from states.snapshot import Standing

_introduction, _task, _timer = table_of(Introduction), table_of(Task), table_of(Timer)
_loop, _follow_up = table_of(LearningLoop), table_of(FollowUp)
_CHANGED = (
    _introduction.c.region_id == bindparam("region", type_=_introduction.c.region_id.type),
    _introduction.c.last_event_at >= bindparam("since", type_=_introduction.c.last_event_at.type),
)
_GOING = (*_CHANGED, _introduction.c.standing == constant(Standing.ACTIVE))
_DATES = Gathering(
    tasks=select(_task.c.introduction_id, _task.c.ref, _task.c.assignee_id, _task.c.due_on)
    .join(_introduction, _introduction.c.id == _task.c.introduction_id)
    .where(*_GOING, _task.c.state == constant(TaskState.OPEN), _task.c.assignee_id.is_not(None)),
    timers=select(_timer.c.introduction_id, _timer.c.occurrence, _timer.c.due_at)
    .join(_introduction, _introduction.c.id == _timer.c.introduction_id)
    .where(*_GOING, _timer.c.state == constant(TimerState.LIVE), _timer.c.kind == constant(TimerKind.LEARNING_LOOP)),
    loops=select(_loop.c.introduction_id, _loop.c.number, _loop.c.opened_on, _loop.c.state)
    .join(_introduction, _introduction.c.id == _loop.c.introduction_id)
    .where(*_CHANGED, _loop.c.voided_by.is_(None), _loop.c.state != constant(LoopState.SKIPPED)),
    follow_ups=select(_follow_up.c.introduction_id, _follow_up.c.ref, _follow_up.c.months, _follow_up.c.round)
    .add_columns(_follow_up.c.due_on, _follow_up.c.recorded_on)
    .join(_introduction, _introduction.c.id == _follow_up.c.introduction_id)
    .where(*_CHANGED, _follow_up.c.voided_by.is_(None)),
    going=select(_introduction.c.id).where(*_GOING),
)


@dataclass(frozen=True, slots=True)
class CaseDates:
    """The dates that should stand, and the names of those that are over and stay as they were."""

    wanted: tuple[Wanted, ...]
    over: frozenset[str]


def case_dates(work: UnitOfWork, *, region_id: int, since: object, profile: Profile) -> CaseDates:
    """Return the dates of the introductions that have changed since an instant."""
    found = _DATES.read(work, {"region": region_id, "since": since})
    code, going = profile.region.code, {row["id"] for row in found["going"]}
    wanted = [
        *_tasks(found["tasks"], code),
        *_planned(found["timers"], profile),
        *(_open(row, profile) for row in found["loops"] if _is_open(row, going)),
        *_follow_ups(found["follow_ups"], going, code),
    ]
    held = {
        loop_uid(row["introduction_id"], row["number"], code)
        for row in found["loops"]
        if row["state"] == LoopState.HELD
    }
    recorded = {
        follow_up_uid(row["introduction_id"], row["ref"], code)
        for row in found["follow_ups"]
        if row["recorded_on"] is not None
    }
    return CaseDates(tuple(wanted), frozenset(held | recorded))


def _tasks(rows: Sequence[Row], code: str) -> Iterator[Wanted]:
    for row in rows:
        case_id, ref = row["introduction_id"], row["ref"]
        yield Wanted(
            uid=task_uid(case_id, ref, code),
            kind=EntryKind.TASK,
            on=row["due_on"],
            person_id=row["assignee_id"],
            introduction_id=case_id,
            values={"ref": ref},
        )


def _planned(rows: Sequence[Row], profile: Profile) -> Iterator[Wanted]:
    for row in rows:
        case_id, number = row["introduction_id"], row["occurrence"]
        yield Wanted(
            uid=loop_uid(case_id, number, profile.region.code),
            kind=EntryKind.LOOP_PLANNED,
            on=local_date(row["due_at"], profile.region.zone),
            starts_at=row["due_at"],
            minutes=LOOP_MINUTES,
            introduction_id=case_id,
            values={"number": number},
        )


def _is_open(row: Row, going: set[int]) -> bool:
    return row["state"] == LoopState.OPEN and row["introduction_id"] in going


def _open(row: Row, profile: Profile) -> Wanted:
    on, starts_at = suggested_meeting(profile, row["opened_on"])
    return Wanted(
        uid=loop_uid(row["introduction_id"], row["number"], profile.region.code),
        kind=EntryKind.LOOP_OPEN,
        on=on,
        starts_at=starts_at,
        minutes=LOOP_MINUTES,
        introduction_id=row["introduction_id"],
        values={"number": row["number"]},
    )


def _follow_ups(rows: Sequence[Row], going: set[int], code: str) -> Iterator[Wanted]:
    """Yield the follow-ups to come; of one that slipped and was reopened only those of the newest finish."""
    newest: dict[int, int] = {}
    for row in rows:
        case_id = row["introduction_id"]
        newest[case_id] = max(newest.get(case_id, 0), row["round"])
    for row in rows:
        case_id = row["introduction_id"]
        if case_id in going and row["recorded_on"] is None and row["round"] == newest[case_id]:
            yield Wanted(
                uid=follow_up_uid(case_id, row["ref"], code),
                kind=EntryKind.FOLLOW_UP,
                on=row["due_on"],
                introduction_id=case_id,
                values={"months": row["months"]},
            )
