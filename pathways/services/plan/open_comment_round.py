"""Send the draft plan round to the units for comments."""

from datetime import date

from pathways.errors import Refused
from pathways.models.plan import CommentRound, RoundState
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import not_in_the_past, rows_of


class OpenCommentRound(Order):
    """Until when the units may comment."""

    closes_on: date


def open_comment_round(case: Case, order: OpenCommentRound) -> None:
    """Open the round; one at a time."""
    if rows_of(case, CommentRound, state=RoundState.OPEN):
        raise Refused("error.comment_round_open")
    closes_on = not_in_the_past(case, "closes_on", order.closes_on)
    case.insert(CommentRound, state=RoundState.OPEN, opened_on=case.today, closes_on=closes_on)


USE_CASE = UseCase("open_comment_round", OpenCommentRound, open_comment_round)
