"""Tell a unit what became of its view: "hur vi hanterade synpunkten"."""

from pathways.models.plan_comment import Handling, PlanComment
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import row_of
from pathways.services.plan.parts import Motive


class AnswerPlanComment(Order):
    """Which view, what became of it, and the answer in words."""

    comment: str
    handling: Handling
    answer: Motive


def answer_plan_comment(case: Case, order: AnswerPlanComment) -> None:
    """Write the answer beside the view; it may be written anew, also when the round is over."""
    row_of(case, PlanComment, order.comment)
    answered = {"answered_on": case.today, "answered_by": case.actor_id}
    case.update(PlanComment, order.comment, handling=order.handling, answer=order.answer, **answered)


USE_CASE = UseCase("answer_plan_comment", AnswerPlanComment, answer_plan_comment)
