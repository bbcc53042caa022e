"""A plan on its way to a meeting goes along when the meeting is moved; done by the system, never asked for alone."""

from datetime import date

from pathways.models.decision import BoardCase
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import rows_of


class FollowMeeting(Order):
    """From which day to which, and the new last day to hand in."""

    was_on: date
    meeting_on: date
    hand_in_on: date


def follow_meeting(case: Case, order: FollowMeeting) -> None:
    """Give the plan on its way to the meeting its new days; decisions that have been taken keep theirs."""
    for waiting in rows_of(case, BoardCase, closed=False):
        if waiting["meeting_on"] == order.was_on:
            case.update(BoardCase, waiting["ref"], meeting_on=order.meeting_on, hand_in_on=order.hand_in_on)


USE_CASE = UseCase("follow_meeting", FollowMeeting, follow_meeting)
