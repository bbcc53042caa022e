"""Reopen the gap analysis, because the version in force is another than the one analysed."""

from pathways.models.gap import GapAnswer, GapInvitation
from pathways.services.ask import Nothing
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import rows_of, versions_for
from pathways.services.move import move
from states.commands import Command

CARRIED = ("unit_id", "step", "verdict", "level", "cause", "current_state", "patient_perspective", "evidence")
CARRIED_TEXTS = ("measure", "stop_doing", "answered_on", "answered_by")


def reopen_gap_analysis(case: Case, _order: Nothing) -> None:
    """Move to revision and carry the units and their answers over to the version in force, to be looked at again."""
    move(case, Command.REOPEN_GAP_ANALYSIS)
    in_force = versions_for(case).newest_final
    assert in_force is not None
    before, now = case.own["analysed_version_id"], int(in_force["id"])
    case.set(analysed_version_id=now)
    known = {row["unit_id"] for row in rows_of(case, GapInvitation, version_id=now)}
    invited = [row for row in rows_of(case, GapInvitation, version_id=before) if row["unit_id"] not in known]
    case.insert_many(
        GapInvitation,
        [
            {name: row[name] for name in ("unit_id", "due_on", "state", "excuse")} | {"version_id": now}
            for row in invited
        ],
    )
    case.insert_many(
        GapAnswer,
        [
            {name: row[name] for name in (*CARRIED, *CARRIED_TEXTS)} | {"version_id": now}
            for row in rows_of(case, GapAnswer, version_id=before)
            if row["unit_id"] not in known
        ],
    )


USE_CASE = UseCase("reopen_gap_analysis", Nothing, reopen_gap_analysis)
