"""Retire an indicator: it is measured no more. Its values, lines and history stay to be read."""

from pathways.errors import Refused
from pathways.models.measure import Availability, Indicator
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.measure import measurable
from pathways.services.measure.parts import open_indicator


class RetireIndicator(Order):
    """The indicator that is not measured any more; the command's reason says why."""

    indicator: str


def retire_indicator(case: Case, order: RetireIndicator) -> None:
    """Write that it is retired from today; a reason is required, and a task to make it measurable is ended."""
    if not case.ask.reason:
        raise Refused("reason_missing")
    row = open_indicator(case, order.indicator)
    measurable.follow(
        case,
        row["availability"],
        Availability.AVAILABLE,
        name=row["name"],
        owner_id=row["owner_id"],
        task=row["task"],
    )
    case.update(Indicator, row["ref"], retired_on=case.today, retired_because=case.ask.reason)


USE_CASE = UseCase("retire_indicator", RetireIndicator, retire_indicator)
