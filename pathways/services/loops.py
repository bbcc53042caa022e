"""The learning loops of one introduction: which is next, which have passed unheld, and the writing of a new one."""

from datetime import date

from pathways.models.loop import LearningLoop, LoopState
from pathways.services.case import Case
from pathways.services.timers import loop_due_on


def last_number(case: Case) -> int:
    """Return the number of the newest loop, held, open or skipped; 0 before the first."""
    return max((int(loop["number"]) for loop in case.loops), default=0)


def open_loop(case: Case) -> tuple[str, int] | None:
    """Return ref and number of the loop that is open, or None."""
    waiting = (loop for loop in case.loops if loop["state"] == LoopState.OPEN)
    return next(((loop["ref"], loop["number"]) for loop in waiting), None)


def skip_passed(case: Case) -> None:
    """Write as skipped the loops whose day passed while the introduction rested or adjusted its plan.

    A loop is only due while the plan is being carried out; the next one is the first whose day lies ahead.
    """
    anchor = case.own["anchor_on"]
    if not isinstance(anchor, date) or anchor >= case.today:
        return
    number = last_number(case) + 1
    skipped = []
    while (due := loop_due_on(case.profile, anchor, number)) <= case.today:
        skipped.append({"number": number, "due_on": due, "opened_on": case.today, "state": LoopState.SKIPPED})
        number += 1
    case.insert_many(LearningLoop, skipped)
