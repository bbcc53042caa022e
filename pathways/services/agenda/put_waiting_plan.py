"""A plan that waits for a decision and stands on no agenda is put on one; done by the system, never asked for."""

from datetime import date

from pathways.models.decision import BoardCase
from pathways.services.agenda.put_on_agenda import AWAITING, follow_plan
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import rows_of


class PutOnAgenda(Order):
    """The meeting that takes the plan, and its last day to hand in."""

    meeting_on: date
    hand_in_on: date


def put_waiting_plan(case: Case, order: PutOnAgenda) -> None:
    """Put the plan on the meeting's agenda, and let it wait for that meeting; one that waits no more is left alone."""
    if AWAITING not in case.snapshot.configuration:
        return
    for waiting in rows_of(case, BoardCase, closed=False):
        if waiting["meeting_on"] != order.meeting_on:
            case.update(BoardCase, waiting["ref"], meeting_on=order.meeting_on, hand_in_on=order.hand_in_on)
    follow_plan(case)


USE_CASE = UseCase("put_on_agenda", PutOnAgenda, put_waiting_plan)
