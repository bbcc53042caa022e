"""Send in a voluntary status report: nothing moves, the log keeps it."""

from pathways.services.ask import Nothing
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.move import move
from states.commands import Command


def report(case: Case, _order: Nothing) -> None:
    """Record the report, with the command's reason as its text."""
    move(case, Command.REPORT)


USE_CASE = UseCase("report", Nothing, report)
