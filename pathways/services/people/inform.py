"""Record that the management group has been informed of the new pathway."""

from datetime import date

from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import body_of, not_in_the_future


class Inform(Order):
    """Which group was informed, and when."""

    body: str
    held_on: date


def inform(case: Case, order: Inform) -> None:
    """Record the day, which must not lie ahead."""
    body_of(case, order.body)
    case.set(informed_on=not_in_the_future(case, "held_on", order.held_on))


USE_CASE = UseCase("inform", Inform, inform)
