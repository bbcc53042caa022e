"""Tell the knowledge-management department what the gap analysis found."""

from pathways.services.ask import Nothing
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.move import move
from states.commands import Command


def communicate_gap_analysis(case: Case, _order: Nothing) -> None:
    """Move on when every invited unit has answered or is excused and every gap has a measure."""
    move(case, Command.COMMUNICATE_GAP_ANALYSIS)


USE_CASE = UseCase("communicate_gap_analysis", Nothing, communicate_gap_analysis)
