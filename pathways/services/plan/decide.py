"""Record what the board decided on the plan: adopt, return or decline."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from pathways.models.decision import BoardCase, Decision, DecisionKind
from pathways.profiles.vocabulary import Matter
from pathways.services import announce
from pathways.services.agenda.put_on_agenda import take_off_other_agendas
from pathways.services.agenda.settle import settle_item
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import deciding_body, not_in_the_future, rows_of
from pathways.services.move import move
from states.commands import Command

Paragraph = Annotated[str, Field(min_length=1, max_length=20)]
RegisterNo = Annotated[str, Field(min_length=1, max_length=40)]


class Decide(Order):
    """The decision as minuted."""

    outcome: Literal["adopt", "return", "decline"]
    body: str
    meeting_on: date
    paragraph_no: Paragraph
    register_no: RegisterNo
    conditions: str | None = None


def decide(case: Case, order: Decide) -> None:
    """Record the decision and move on: the plan leaves the agendas of other meetings.

    Adopting sets the anchor of the learning loops to today.
    """
    body = deciding_body(case, order.body, Matter.PLAN)
    not_in_the_future(case, "meeting_on", order.meeting_on)
    told = order.model_dump(exclude={"body"})
    ref = case.insert(Decision, kind=DecisionKind.PLAN, body_id=body["id"], **told)
    settle_item(case, ref, matter=Matter.PLAN, body_id=body["id"], **told)
    take_off_other_agendas(case, body_id=body["id"], meeting_on=order.meeting_on)
    move(case, Command.DECIDE, choice=order.outcome)
    for waiting in rows_of(case, BoardCase, closed=False):
        case.update(BoardCase, waiting["ref"], closed=True)
    if order.outcome == "adopt":
        case.set(anchor_on=case.today)
    announce.decision_taken(
        case, case.roster, body=body["short"] or body["name"], meeting_on=order.meeting_on, outcome=order.outcome
    )


USE_CASE = UseCase("decide", Decide, decide)
