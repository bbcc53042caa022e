"""Say what a unit thinks of the draft plan: view by view, of the whole, or that it has no views."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from pathways.models.plan import Activity
from pathways.models.plan_comment import CommentInvitation, CommentState, PlanComment
from pathways.models.task import TaskState
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import refs_of, rows_of, unit_of
from pathways.services.plan.comment_tasks import settle_comment_tasks
from pathways.services.plan.parts import Words
from pathways.services.plan.round import invitation_of, open_round_of
from pathways.storage.unit_of_work import Row

WHOLE = ""
"""In the place of an activity's ref: the view is of the plan as a whole."""


class View(BaseModel):
    """What a unit thinks of one activity."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    activity: str
    text: Words


class CommentPlan(Order):
    """A unit's views, all of them: a later answer takes the place of an earlier one. Nothing said means no views."""

    unit: str
    overall: Words | None = None
    views: Annotated[tuple[View, ...], Field(max_length=200)] = ()

    @model_validator(mode="after")
    def _each_once(self) -> "CommentPlan":
        named = [view.activity for view in self.views]
        if len(named) != len(set(named)):
            raise ValueError("an activity is named twice")
        return self


def comment_plan(case: Case, order: CommentPlan) -> None:
    """Write the views to the open round, and mark the unit as having answered.

    A view that is changed after it was handled waits to be handled anew; one that is left out is taken back.
    """
    opened, unit_id = open_round_of(case), unit_of(case, order.unit)
    invitation = invitation_of(case, opened, unit_id, unit=order.unit)
    refs_of(case, Activity, (view.activity for view in order.views))
    said = {view.activity: view.text for view in order.views}
    if order.overall:
        said[WHOLE] = order.overall
    asked = {"round_ref": opened["ref"], "unit_id": unit_id}
    known = {row["activity_ref"]: row for row in rows_of(case, PlanComment, **asked)}
    written = {"written_on": case.today, "written_by": case.actor_id}
    new = [{**asked, **written, "activity_ref": ref, "body": text} for ref, text in said.items() if ref not in known]
    case.insert_many(PlanComment, new)
    for ref, row in known.items():
        _write_again(case, row, said.get(ref))
    case.update(
        CommentInvitation,
        invitation["ref"],
        state=CommentState.ANSWERED,
        answered_on=case.today,
        answered_by=case.actor_id,
    )
    settle_comment_tasks(case, TaskState.DONE, unit_id=unit_id)


def answers_for_own_unit(case: Case, order: CommentPlan) -> bool:
    """Say whether the acting person answers for the unit."""
    assert case.actor_id is not None
    return unit_of(case, order.unit) in case.roster.units_of(case.actor_id)


def _write_again(case: Case, row: Row, text: str | None) -> None:
    if text is None:
        case.update(PlanComment, row["ref"], voided_by=case.seq)
    elif text != row["body"]:
        unhandled = {"handling": None, "answer": None, "answered_on": None, "answered_by": None}
        written = {"written_on": case.today, "written_by": case.actor_id}
        case.update(PlanComment, row["ref"], body=text, **written, **unhandled)


USE_CASE = UseCase("comment_plan", CommentPlan, comment_plan, owned=answers_for_own_unit)
