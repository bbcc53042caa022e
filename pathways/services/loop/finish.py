"""Finish: plan the follow-ups and leave the change to the line."""

from datetime import date

from pathways.models.loop import Celebration, FollowUp
from pathways.services.ask import Nothing
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import rows_of
from pathways.services.move import move
from states.commands import Command


def finish(case: Case, _order: Nothing) -> None:
    """Plan the follow-ups at the profile's months after the celebration, on working days, and move on."""
    workdays = case.profile.workdays
    celebrations = rows_of(case, Celebration)
    celebrated_on = celebrations[-1]["held_on"] if celebrations else case.today
    assert isinstance(celebrated_on, date)
    case.insert_many(
        FollowUp,
        [
            {
                "round": case.seq,
                "months": months,
                "due_on": workdays.next_workday(workdays.months_after(celebrated_on, months)),
            }
            for months in case.profile.follow_up_months
        ],
    )
    move(case, Command.FINISH)


USE_CASE = UseCase("finish", Nothing, finish)
