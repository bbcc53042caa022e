"""Record that a newer national version has come: the region's one is superseded, the track goes on."""

from pathways.services.ask import Nothing
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.move import move
from states.commands import Command


def revise_nationally(case: Case, _order: Nothing) -> None:
    """Move on when the catalogue holds a newer final version than the one the region follows."""
    move(case, Command.REVISE_NATIONALLY)


USE_CASE = UseCase("revise_nationally", Nothing, revise_nationally)
