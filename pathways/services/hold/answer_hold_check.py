"""Answer the ten questions of the hold check. The log keeps that somebody answered, never what."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlalchemy import delete

from pathways.errors import InvalidOrder, Problem, Refused
from pathways.models.holding import HoldAnswer, HoldInvitation
from pathways.models.task import Task, TaskState
from pathways.services import tasks
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.hold.checks import invitation_of, open_check, require_open
from pathways.services.hold.lines import LINES, TOP
from pathways.services.lookup import row_of
from pathways.services.task.own import act_for
from pathways.storage.unit_of_work import table_of

HoldLine = Literal[
    "visible_gain",
    "told_effect",
    "without_project",
    "measured",
    "new_staff",
    "better_than_before",
    "line_manager",
    "medical_lead",
    "goals_and_budget",
    "routine_and_it",
]
_answer = table_of(HoldAnswer)


class HoldLevel(BaseModel):
    """The answer to one line: 0 (not at all) to 3 (wholly), or "dont_know"."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    line: HoldLine
    level: Annotated[int, Field(ge=0, le=TOP, strict=True)] | Literal["dont_know"]


class AnswerHoldCheck(Order):
    """One person's answer to every line; while the check is open it may be given anew."""

    answers: Annotated[list[HoldLevel], Field(min_length=1, max_length=len(LINES))]

    @model_validator(mode="after")
    def _each_line_once(self) -> "AnswerHoldCheck":
        lines = [one.line for one in self.answers]
        if len(lines) != len(set(lines)):
            raise ValueError("a line is answered twice")
        return self


def answer_hold_check(case: Case, order: AnswerHoldCheck) -> None:
    """Keep the answers beside the log, and end the person's task; every line must be answered."""
    check = require_open(case)
    invitation = invitation_of(case, check, case.actor_id)
    if invitation is None:
        raise Refused("error.hold_check_not_invited")
    levels = {str(one.line): one.level if isinstance(one.level, int) else None for one in order.answers}
    if missing := [line for line in LINES if line not in levels]:
        raise InvalidOrder("answer_hold_check", [Problem(line, "order.hold_line_missing", {}) for line in missing])
    key = {"introduction_id": case.id, "invitation_ref": invitation["ref"]}
    case.work.connection.execute(delete(_answer).where(*(_answer.c[name] == value for name, value in key.items())))
    case.work.insert(HoldAnswer, [{**key, "check_ref": check["ref"], "levels": levels}])
    case.update(HoldInvitation, invitation["ref"], answered_on=case.today)
    task = row_of(case, Task, invitation["task_ref"])
    if task["state"] == TaskState.OPEN:
        act_for(case, task)
        tasks.settle(case, task["ref"], TaskState.DONE)


def is_invited(case: Case, _order: AnswerHoldCheck) -> bool:
    """Say whether the acting person has been asked in the check that is open."""
    check = open_check(case)
    return check is not None and invitation_of(case, check, case.actor_id) is not None


USE_CASE = UseCase("answer_hold_check", AnswerHoldCheck, answer_hold_check, owned=is_invited)
