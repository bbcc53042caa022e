"""Ask for a consultation response (remissvar) while the national text is open for views."""

from pathways.services.ask import Nothing
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.move import move
from states.commands import Command


def request_response(case: Case, _order: Nothing) -> None:
    """Move on: a response is being drafted."""
    move(case, Command.REQUEST_RESPONSE)


USE_CASE = UseCase("request_response", Nothing, request_response)
