"""Decide not to answer the consultation."""

from pathways.services.ask import Nothing
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.move import move
from states.commands import Command


def waive_response(case: Case, _order: Nothing) -> None:
    """Move on; a reason is required."""
    move(case, Command.WAIVE_RESPONSE)


USE_CASE = UseCase("waive_response", Nothing, waive_response)
