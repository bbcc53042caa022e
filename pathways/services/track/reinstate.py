"""Record that a withdrawn national text is in force again."""

from pathways.services.ask import Nothing
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.move import move
from states.commands import Command


def reinstate(case: Case, _order: Nothing) -> None:
    """Move back to a text in force."""
    move(case, Command.REINSTATE)


USE_CASE = UseCase("reinstate", Nothing, reinstate)
