"""Hand the ranked plan in to the meeting that was chosen."""

from pathways.models.decision import BoardCase
from pathways.services import announce
from pathways.services.agenda.put_on_agenda import put_plan_on_agenda
from pathways.services.ask import Nothing
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import body_named, rows_of
from pathways.services.move import move
from states.commands import Command


def submit_for_decision(case: Case, _order: Nothing) -> None:
    """Move on, put the plan on the meeting's agenda and tell those who are to decide."""
    move(case, Command.SUBMIT_FOR_DECISION)
    put_plan_on_agenda(case)
    waiting = rows_of(case, BoardCase, closed=False)[-1]
    announce.decision_needed(
        case,
        case.roster,
        body=body_named(case, waiting["body_id"]),
        meeting_on=waiting["meeting_on"],
        hand_in_on=waiting["hand_in_on"],
    )


USE_CASE = UseCase("submit_for_decision", Nothing, submit_for_decision)
