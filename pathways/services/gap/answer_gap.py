"""Answer the gap analysis for one unit: one or more steps at a time."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from pathways.errors import Refused, Unknown
from pathways.models.gap import GapAnswer, GapInvitation, InvitationState, Verdict
from pathways.models.task import TaskState
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.gap.unit_tasks import settle_unit_tasks
from pathways.services.lookup import rows_of, steps_of, unit_of

Cause = Literal[
    "competence", "staffing", "routine", "it", "equipment", "agreement", "municipality", "capacity", "other"
]


class StepAnswer(BaseModel):
    """The answer for one step: a level 0 (no gap) to 3 (large), "not_applicable" or "dont_know"."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    step: str
    level: Annotated[int, Field(ge=0, le=3, strict=True)] | Literal["not_applicable", "dont_know"]
    cause: Cause | None = None
    current_state: str | None = None
    patient_perspective: str | None = None
    evidence: str | None = None
    measure: str | None = None
    stop_doing: str | None = None


class AnswerGap(Order):
    """A unit's answers; an answered step may be answered again, and the log keeps both."""

    unit: str
    answers: Annotated[list[StepAnswer], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_step_once(self) -> "AnswerGap":
        steps = [answer.step for answer in self.answers]
        if len(steps) != len(set(steps)):
            raise ValueError("a step is answered twice")
        return self


def answer_gap(case: Case, order: AnswerGap) -> None:
    """Write the answers to the invitation that has waited longest, or anew to the newest one.

    When every step has an answer, the unit has answered and its tasks are done.

    A unit that was not invited, and a step that the version does not have, are refused.
    """
    unit_id = unit_of(case, order.unit)
    invitations = rows_of(case, GapInvitation, unit_id=unit_id)
    if not invitations:
        raise Refused("error.not_invited", unit=order.unit)
    waiting = [one for one in invitations if one["state"] == InvitationState.WAITING]
    invitation = waiting[0] if waiting else invitations[-1]
    version_id = int(invitation["version_id"])
    steps = steps_of(case, version_id)
    if strange := next((answer.step for answer in order.answers if answer.step not in steps), None):
        raise Unknown("step", strange, steps)
    known = {row["step"]: row["ref"] for row in rows_of(case, GapAnswer, unit_id=unit_id, version_id=version_id)}
    key = {"version_id": version_id, "unit_id": unit_id}
    new = [
        {**key, "step": answer.step, **_columns(case, answer)} for answer in order.answers if answer.step not in known
    ]
    case.insert_many(GapAnswer, new)
    for answer in order.answers:
        if answer.step in known:
            case.update(GapAnswer, known[answer.step], **_columns(case, answer))
    if set(steps) <= set(known) | {answer.step for answer in order.answers}:
        case.update(GapInvitation, invitation["ref"], state=InvitationState.ANSWERED)
        settle_unit_tasks(case, unit_id, TaskState.DONE)


def answers_for_own_unit(case: Case, order: AnswerGap) -> bool:
    """Say whether the acting person answers for the unit."""
    assert case.actor_id is not None
    return unit_of(case, order.unit) in case.roster.units_of(case.actor_id)


def _columns(case: Case, answer: StepAnswer) -> dict[str, object]:
    level = answer.level if isinstance(answer.level, int) else None
    texts = answer.model_dump(
        include={"cause", "current_state", "patient_perspective", "evidence", "measure", "stop_doing"}
    )
    return {
        **texts,
        "verdict": Verdict.LEVEL if level is not None else Verdict(str(answer.level)),
        "level": level,
        "answered_on": case.today,
        "answered_by": case.actor_id,
    }


USE_CASE = UseCase("answer_gap", AnswerGap, answer_gap, owned=answers_for_own_unit)
