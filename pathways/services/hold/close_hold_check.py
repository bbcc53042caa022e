"""Close the hold check: count the answers, forget who gave which, and make tasks of the two lowest lines."""

from dataclasses import asdict
from datetime import date

from sqlalchemy import bindparam, delete, select

from pathways.errors import Refused
from pathways.locale import LANGUAGES, texts
from pathways.models.holding import HoldAnswer, HoldCheck, HoldInvitation
from pathways.models.task import Task, TaskState
from pathways.profiles.vocabulary import Role
from pathways.services import tasks
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.hold.checks import open_check, require_open
from pathways.services.hold.lines import FEWEST, count_answers, lowest_lines
from pathways.services.hold.open_hold_check import WHOLE_TRACK
from pathways.services.lookup import not_in_the_past, person_of, rows_of
from pathways.storage.unit_of_work import table_of

ACTION = "hall-i-atgard"
"""The slug of the tasks that the lowest lines become; no profile has it."""

LEAD_WORKDAYS = 30

_answer = table_of(HoldAnswer)
_OF_CHECK = (_answer.c.introduction_id == bindparam("case"), _answer.c.check_ref == bindparam("check"))
_LEVELS = select(_answer.c.levels).where(*_OF_CHECK)
_GONE = delete(_answer).where(*_OF_CHECK)


class CloseHoldCheck(Order):
    """Who sees to the two lowest lines and by when; nobody named, the development resource does within 30 working days.

    `give_up` closes a check that too few have answered; it then does not count as done.
    """

    owner: str | None = None
    due_on: date | None = None
    give_up: bool = False


def close_hold_check(case: Case, order: CloseHoldCheck) -> None:
    """Write median and spread by line and end what is left to answer; three answers at least, or it is given up.

    A check is given up with a reason.
    """
    check = require_open(case)
    keys = {"case": case.id, "check": check["ref"]}
    given = case.work.values(_LEVELS, keys)
    closed: dict[str, object] = {"closed_on": case.today, "answers": len(given)}
    if order.give_up:
        if not case.ask.reason:
            raise Refused("reason_missing")
    elif len(given) < FEWEST:
        raise Refused("error.hold_check_few_answers", n=FEWEST, answered=len(given))
    else:
        results = count_answers(given)
        lowest = lowest_lines(results)
        made = zip(lowest, _make_tasks(case, order, lowest), strict=True)
        closed |= {
            "results": [asdict(one) for one in results],
            "lowest": [{"line": line, "task": task} for line, task in made],
        }
    case.update(HoldCheck, check["ref"], **closed)
    case.work.connection.execute(_GONE, keys)
    _end_tasks(case, check["ref"])


def give_up_with_the_introduction(case: Case) -> None:
    """Close a check that is open when the introduction ends, and forget its answers; without one nothing is done."""
    check = open_check(case)
    if check is None:
        return
    keys = {"case": case.id, "check": check["ref"]}
    answers = len(case.work.values(_LEVELS, keys))
    case.update(HoldCheck, check["ref"], closed_on=case.today, answers=answers)
    case.work.connection.execute(_GONE, keys)


def _make_tasks(case: Case, order: CloseHoldCheck, lowest: list[str]) -> list[str]:
    due_on = not_in_the_past(case, "due_on", order.due_on or case.profile.workdays.add(case.today, LEAD_WORKDAYS))
    owner = person_of(case, order.owner) if order.owner else None
    role = Role.DEVELOPMENT_RESOURCE if owner is None else Role(case.roster.role_towards(owner, Role.LAG_MEMBER))
    new = [
        tasks.NewTask(
            role=role, due_on=due_on, belongs_to=WHOLE_TRACK, item=ACTION, titles=_titles(line), assignee_id=owner
        )
        for line in lowest
    ]
    return tasks.make(case, case.roster, new)


def _titles(line: str) -> dict[str, str]:
    return {one: texts(one).say("due.hall-i-atgard", line=texts(one).word("hold_line", line)) for one in LANGUAGES}


def _end_tasks(case: Case, check: str) -> None:
    asked = {row["task_ref"] for row in rows_of(case, HoldInvitation, check_ref=check)}
    for task in rows_of(case, Task, state=TaskState.OPEN):
        if task["ref"] in asked:
            tasks.settle(case, task["ref"], TaskState.CANCELLED)


USE_CASE = UseCase("close_hold_check", CloseHoldCheck, close_hold_check)
