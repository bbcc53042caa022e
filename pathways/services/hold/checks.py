"""Finds an introduction's hold checks: which is open, what may be checked now, and whether one has been done."""

from datetime import date

from sqlalchemy import bindparam, select

from pathways.errors import Refused
from pathways.models.holding import HoldCheck, HoldInvitation
from pathways.models.loop import FollowUp, LearningLoop, LoopState
from pathways.models.task import Task, TaskState
from pathways.services.case import Case
from pathways.services.lookup import rows_of
from pathways.storage.unit_of_work import Row, constant, table_of
from states.snapshot import place_of

_task = table_of(Task)
_TASKS = select(_task.c.ref).where(
    _task.c.introduction_id == bindparam("case"),
    _task.c.assignee_id == bindparam("person"),
    _task.c.state != constant(TaskState.CANCELLED),
    _task.c.voided_by.is_(None),
)

BEFORE_CELEBRATION = 0
"""In the place of the months after celebration: the check that comes before it."""

WORKING = frozenset({"executing", "reviewing", "adjusting", "evaluating"})
FINISHED = "finished"


def open_check(case: Case) -> Row | None:
    """Return the check that is open, or None."""
    return next((row for row in rows_of(case, HoldCheck) if row["closed_on"] is None), None)


def require_open(case: Case) -> Row:
    """Return the check that is open; refuse where none is."""
    found = open_check(case)
    if found is None:
        raise Refused("error.hold_check_not_open")
    return found


def invitation_of(case: Case, check: Row, person_id: int | None) -> Row | None:
    """Return the invitation that a person answers: their own, or one handed to them; those unanswered come first."""
    invitations = rows_of(case, HoldInvitation, check_ref=check["ref"])
    held = {row["ref"] for row in case.work.rows(_TASKS, {"case": case.id, "person": person_id})}
    mine = [row for row in invitations if row["person_id"] == person_id or row["task_ref"] in held]
    return min(mine, key=lambda row: (row["answered_on"] is not None, row["person_id"] != person_id), default=None)


def refuse_out_of_time(case: Case, months: int) -> None:
    """Refuse a check where there is nothing to check: before the plan is carried out, or a follow-up not planned."""
    place = place_of(case.snapshot)
    if months == BEFORE_CELEBRATION:
        if place not in WORKING:
            raise Refused("error.hold_check_not_now")
        return
    planned = _follow_ups(case)
    if place != FINISHED or months not in {row["months"] for row in planned if row["recorded_on"] is None}:
        raise Refused("error.hold_check_no_follow_up", months=months)


def is_checked(case: Case, *, months: int = BEFORE_CELEBRATION) -> bool:
    """Say whether a check was done and closed in time: for this follow-up, or since the loop before the open one."""
    since = _since(case, months)
    first = max((int(row["round"]) for row in rows_of(case, FollowUp)), default=0)
    return any(
        row["results"] is not None and row["months"] == months and row["made_in"] > first and row["closed_on"] >= since
        for row in rows_of(case, HoldCheck)
    )


def _since(case: Case, months: int) -> date:
    held = [loop["held_on"] for loop in rows_of(case, LearningLoop, state=LoopState.HELD)]
    return max(held, default=date.min) if months == BEFORE_CELEBRATION else date.min


def _follow_ups(case: Case) -> list[Row]:
    rows = rows_of(case, FollowUp)
    newest = max((row["round"] for row in rows), default=None)
    return [row for row in rows if row["round"] == newest]
