"""Record that the final national version is in force."""

from pathways.services.ask import Nothing
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import versions_for
from pathways.services.move import move
from states.commands import Command


def approve_nationally(case: Case, _order: Nothing) -> None:
    """Move on when a final version is in the catalogue; it becomes the one the region follows."""
    move(case, Command.APPROVE_NATIONALLY)
    newest = versions_for(case).newest_final
    assert newest is not None
    case.set(adopted_version_id=newest["id"])


USE_CASE = UseCase("approve_nationally", Nothing, approve_nationally)
