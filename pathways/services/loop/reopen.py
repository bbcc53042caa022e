"""Reopen learning after celebration, because the change slipped or the head has a reason."""

from pathways.services.ask import Nothing
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.loop.open_loop import write_loop
from pathways.services.loops import last_number, skip_passed
from pathways.services.move import move
from states.commands import Command


def reopen(case: Case, _order: Nothing) -> None:
    """Move back to learning with a loop opened at once; the loops of the rest between are written as skipped."""
    move(case, Command.REOPEN)
    skip_passed(case)
    write_loop(case, last_number(case) + 1, case.today)


USE_CASE = UseCase("reopen", Nothing, reopen)
