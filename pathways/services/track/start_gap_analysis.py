"""Start the gap analysis against the newest version of the national text."""

from pathways.errors import Refused
from pathways.services.ask import Nothing
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import versions_for
from pathways.services.move import move
from states.commands import Command


def start_gap_analysis(case: Case, _order: Nothing) -> None:
    """Move on when the working group is in place; the newest version, consultation or final, is the one analysed."""
    newest = versions_for(case).newest
    if newest is None:
        raise Refused("error.no_version", slug=case.slug)
    move(case, Command.START_GAP_ANALYSIS)
    case.set(analysed_version_id=newest["id"])


USE_CASE = UseCase("start_gap_analysis", Nothing, start_gap_analysis)
