"""Stop an introduction for good, with a reason; the region may start anew later."""

from pathways.services import announce
from pathways.services.ask import Nothing
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.hold.close_hold_check import give_up_with_the_introduction
from pathways.services.move import move
from states.commands import Command


def stop(case: Case, _order: Nothing) -> None:
    """Move to the end and tell the team; open tasks are withdrawn."""
    give_up_with_the_introduction(case)
    move(case, Command.STOP)
    announce.stopped(case, case.roster, reason=case.ask.reason)


USE_CASE = UseCase("stop", Nothing, stop)
