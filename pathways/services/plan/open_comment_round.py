"""Send the draft plan round to the units for comments."""

from datetime import date

from pathways.errors import Refused
from pathways.models.plan import CommentRound, RoundState
from pathways.models.plan_comment import CommentInvitation
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import not_in_the_past, rows_of, unit_of
from pathways.services.plan.comment_tasks import make_comment_tasks


class OpenCommentRound(Order):
    """Until when the units may comment, and which are asked; with none named, they are asked outside the product."""

    closes_on: date
    units: tuple[str, ...] = ()


def open_comment_round(case: Case, order: OpenCommentRound) -> None:
    """Open the round, one at a time, and hand each unit its task."""
    if rows_of(case, CommentRound, state=RoundState.OPEN):
        raise Refused("error.comment_round_open")
    closes_on = not_in_the_past(case, "closes_on", order.closes_on)
    units = [unit_of(case, slug) for slug in dict.fromkeys(order.units)]
    opened = case.insert(CommentRound, state=RoundState.OPEN, opened_on=case.today, closes_on=closes_on)
    case.insert_many(CommentInvitation, [{"round_ref": opened, "unit_id": unit_id} for unit_id in units])
    make_comment_tasks(case, units, due_on=closes_on)


USE_CASE = UseCase("open_comment_round", OpenCommentRound, open_comment_round)
