"""Answer the gap analysis for one unit: one or more steps at a time."""

from typing import Annotated

from pydantic import Field, model_validator

from pathways.errors import InvalidOrder, Refused, Unknown
from pathways.models.gap import GapAnswer, GapInvitation, InvitationState
from pathways.models.task import TaskState
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.gap.answers import Short, StepAnswer, Words, columns_of, missing_in, refuse_overwriting
from pathways.services.gap.asking import refuse_when_closed, version_id_of
from pathways.services.gap.unit_tasks import settle_unit_tasks
from pathways.services.lookup import rows_of, steps_of, unit_of
from pathways.storage.unit_of_work import Row

HEADER = ("respondent_role", "participants", "sources")


class AnswerGap(Order):
    """A unit's answers; an answered step may be answered again, and the log keeps both.

    `version` names the version that is answered where the unit is asked about several. `complete` says that this is
    the unit's whole answer: then no step may be left out, and every large gap comes with a measure.
    """

    unit: str
    answers: Annotated[list[StepAnswer], Field(min_length=1)]
    version: str | None = None
    complete: bool = False
    respondent_role: Short | None = None
    participants: Words | None = None
    sources: Words | None = None

    @model_validator(mode="after")
    def _each_step_once(self) -> "AnswerGap":
        steps = [answer.step for answer in self.answers]
        if len(steps) != len(set(steps)):
            raise ValueError("a step is answered twice")
        return self


def answer_gap(case: Case, order: AnswerGap) -> None:
    """Write the answers to the invitation that has waited longest, or anew to the newest one.

    When every step has an answer, the unit has answered and its tasks are done.

    A unit that was not invited, a gap analysis that takes no answers now, and a step that the version does not
    have, are refused; so is an answer that somebody else has changed meanwhile (`AnswerChanged`).
    """
    unit_id = unit_of(case, order.unit)
    invitation = _invitation(case, order, unit_id)
    version_id = int(invitation["version_id"])
    refuse_when_closed(case, version_id)
    steps = steps_of(case, version_id)
    if strange := next((answer.step for answer in order.answers if answer.step not in steps), None):
        raise Unknown("step", strange, steps)
    known = {row["step"]: row for row in rows_of(case, GapAnswer, unit_id=unit_id, version_id=version_id)}
    refuse_overwriting(order.unit, order.answers, known)
    given = {answer.step: answer for answer in order.answers}
    if order.complete and (problems := list(missing_in(steps, given, known))):
        raise InvalidOrder("answer_gap", problems)
    key = {"version_id": version_id, "unit_id": unit_id}
    case.insert_many(
        GapAnswer,
        [{**key, "step": step, **columns_of(case, answer)} for step, answer in given.items() if step not in known],
    )
    for step, answer in given.items():
        if step in known:
            case.update(GapAnswer, known[step]["ref"], **columns_of(case, answer))
    _close(case, order, invitation, whole=set(steps) <= known.keys() | given.keys())


def answers_for_own_unit(case: Case, order: AnswerGap) -> bool:
    """Say whether the acting person answers for the unit."""
    assert case.actor_id is not None
    return unit_of(case, order.unit) in case.roster.units_of(case.actor_id)


def _invitation(case: Case, order: AnswerGap, unit_id: int) -> Row:
    named = {} if order.version is None else {"version_id": version_id_of(case, order.version)}
    invitations = rows_of(case, GapInvitation, unit_id=unit_id, **named)
    if not invitations:
        raise Refused("error.not_invited", unit=order.unit)
    waiting = [one for one in invitations if one["state"] == InvitationState.WAITING]
    return waiting[0] if waiting else invitations[-1]


def _close(case: Case, order: AnswerGap, invitation: Row, *, whole: bool) -> None:
    """Keep who answered, and mark the invitation as answered where nothing is left to answer."""
    told = {name: value or None for name in HEADER if (value := getattr(order, name)) is not None}
    if whole:
        told["state"] = InvitationState.ANSWERED
    if told:
        case.update(GapInvitation, invitation["ref"], **told)
    if whole and not rows_of(case, GapInvitation, unit_id=invitation["unit_id"], state=InvitationState.WAITING):
        settle_unit_tasks(case, invitation["unit_id"], TaskState.DONE)


USE_CASE = UseCase("answer_gap", AnswerGap, answer_gap, owned=answers_for_own_unit)
