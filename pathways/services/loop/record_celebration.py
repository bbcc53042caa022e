"""Record that the change was evaluated, celebrated and received by the line."""

from datetime import date
from typing import Annotated

from pydantic import Field

from pathways.models.loop import Celebration
from pathways.services import announce
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import not_in_the_future, person_of
from pathways.services.move import move
from states.commands import Command


class RecordCelebration(Order):
    """The evaluation in words, the day of the celebration, and who in the line receives the new way of working."""

    evaluation: Annotated[str, Field(min_length=3)]
    held_on: date
    receiver: str


def record_celebration(case: Case, order: RecordCelebration) -> None:
    """Write it, move on, and thank everybody who took part."""
    not_in_the_future(case, "held_on", order.held_on)
    receiver_id = person_of(case, order.receiver)
    case.insert(Celebration, evaluation=order.evaluation, held_on=order.held_on, receiver_id=receiver_id)
    move(case, Command.RECORD_CELEBRATION)
    announce.celebrated(case, case.roster, held_on=order.held_on)


USE_CASE = UseCase("record_celebration", RecordCelebration, record_celebration)
