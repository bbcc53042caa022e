"""Take a resting introduction up again, exactly where it was."""

from pathways.services import announce
from pathways.services.ask import Nothing
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.move import move
from states.commands import Command


def resume(case: Case, _order: Nothing) -> None:
    """Move back by deep history and tell the team."""
    move(case, Command.RESUME)
    case.set(return_on=None)
    announce.resumed(case, case.roster)


USE_CASE = UseCase("resume", Nothing, resume)
