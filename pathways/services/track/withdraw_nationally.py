"""Record that the national text was withdrawn."""

from pathways.services.ask import Nothing
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.move import move
from states.commands import Command


def withdraw_nationally(case: Case, _order: Nothing) -> None:
    """Move on; a reason is required, and the track goes on until somebody pauses or stops it."""
    move(case, Command.WITHDRAW_NATIONALLY)


USE_CASE = UseCase("withdraw_nationally", Nothing, withdraw_nationally)
