"""Send the consultation response (remissvar)."""

from pathways.services.ask import Nothing
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.move import move
from states.commands import Command


def submit_response(case: Case, _order: Nothing) -> None:
    """Move on when the gap analysis is communicated and the responding body has decided."""
    move(case, Command.SUBMIT_RESPONSE)


USE_CASE = UseCase("submit_response", Nothing, submit_response)
