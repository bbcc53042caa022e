"""Close the comment round with what came in, or waive it with a reason."""

from typing import Literal

from pathways.errors import Refused
from pathways.models.plan import CommentRound, RoundState
from pathways.models.task import TaskState
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import rows_of
from pathways.services.plan.comment_tasks import settle_comment_tasks


class CloseCommentRound(Order):
    """Held, with a summary of the comments; or waived, with the command's reason."""

    outcome: Literal["held", "waived"]
    summary: str | None = None


def close_comment_round(case: Case, order: CloseCommentRound) -> None:
    """Settle the round that is open, and let go of the tasks of units that have not answered.

    A round that was never opened can only be waived.
    """
    if order.outcome == "waived" and not case.ask.reason:
        raise Refused("reason_missing")
    state = RoundState(order.outcome)
    summary = order.summary or case.ask.reason
    opened = rows_of(case, CommentRound, state=RoundState.OPEN)
    if opened:
        case.update(CommentRound, opened[-1]["ref"], state=state, summary=summary)
        settle_comment_tasks(case, TaskState.CANCELLED)
    elif state is RoundState.WAIVED:
        case.insert(CommentRound, state=state, opened_on=case.today, closes_on=case.today, summary=summary)
    else:
        raise Refused("error.comment_round_not_open")


USE_CASE = UseCase("close_comment_round", CloseCommentRound, close_comment_round)
