"""Reopen the gap analysis, because the version in force is another than the one analysed."""

from pathways.services.ask import Nothing
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.gap.carry_over_answers import carry, usual_day
from pathways.services.lookup import versions_for
from pathways.services.move import move
from states.commands import Command


def reopen_gap_analysis(case: Case, _order: Nothing) -> None:
    """Move to revision and carry the units over to the version in force, with the answers that still hold."""
    move(case, Command.REOPEN_GAP_ANALYSIS)
    in_force = versions_for(case).newest_final
    assert in_force is not None
    before, now = case.own["analysed_version_id"], int(in_force["id"])
    assert isinstance(before, int)
    case.set(analysed_version_id=now)
    carry(case, before=before, now=now, due_on=usual_day(case))


USE_CASE = UseCase("reopen_gap_analysis", Nothing, reopen_gap_analysis)
