"""Let an introduction rest, with a reason and the earliest date to come back."""

from datetime import date

from pathways.errors import Refused
from pathways.services import announce
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.move import move
from states.commands import Command


class Pause(Order):
    """The earliest date for the return."""

    until_on: date


def pause(case: Case, order: Pause) -> None:
    """Rest until somebody resumes; position, tasks and plan stay as they are, timers are set anew on return."""
    rest(case, order.until_on, reason=case.ask.reason)


def rest(case: Case, until_on: date, *, reason: str | None) -> None:
    """Move to rest and tell the team; a date that is not ahead is refused."""
    if until_on <= case.today:
        raise Refused(
            "error.not_in_the_future", field="until_on", day=until_on.isoformat(), today=case.today.isoformat()
        )
    move(case, Command.PAUSE, reason=reason)
    case.set(return_on=until_on)
    announce.paused(case, case.roster, until_on=until_on, reason=reason)


USE_CASE = UseCase("pause", Pause, pause)
