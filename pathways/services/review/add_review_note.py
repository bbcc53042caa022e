"""Add something to a review after it was signed: a note, or what the management group said to its question."""

from typing import Annotated

from pydantic import Field

from pathways.errors import Refused
from pathways.models.review import AskedFor, NoteKind, Review, ReviewNote
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import rows_of
from pathways.services.plan.parts import Motive


class AddReviewNote(Order):
    """To which loop's review, and the words. `kind` "answer" closes the question to the management group."""

    number: Annotated[int, Field(ge=1, le=400)]
    body: Motive
    kind: NoteKind = NoteKind.NOTE


def add_review_note(case: Case, order: AddReviewNote) -> None:
    """Write it beside the review, which stays as it was signed; without a question there is nothing to answer."""
    signed = rows_of(case, Review, loop=order.number)
    if not signed:
        raise Refused("error.review_not_signed", number=order.number)
    if order.kind is NoteKind.ANSWER and signed[0]["asked_for"] == AskedFor.NOTHING:
        raise Refused("error.review_asked_nothing", number=order.number)
    case.insert(
        ReviewNote,
        loop=order.number,
        kind=order.kind,
        body=order.body,
        written_on=case.today,
        written_by=case.actor_id,
    )


USE_CASE = UseCase("add_review_note", AddReviewNote, add_review_note)
