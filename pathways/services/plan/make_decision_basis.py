"""Choose the meeting that is to decide, and write the decision basis for it."""

from datetime import date
from typing import Annotated

from pydantic import Field
from sqlalchemy import select

from pathways.models.decision import BoardCase
from pathways.models.decision_basis import BasisVersion
from pathways.models.organisation import Meeting
from pathways.planning.meetings import lead_date
from pathways.planning.rules import Lead
from pathways.profiles.vocabulary import Matter
from pathways.services.agenda.put_on_agenda import follow_plan
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import deciding_body, not_in_the_past, rows_of
from pathways.storage.unit_of_work import table_of

Part = Annotated[str, Field(min_length=3, max_length=8000)]
_meeting = table_of(Meeting)


class MakeDecisionBasis(Order):
    """The body, its meeting, and the basis in words; a later one replaces an earlier one.

    `basis` is the matter in short. What else a decision rests on (gap picture, ranked plan, costs) stands in the data.
    """

    body: str
    meeting_on: date
    basis: Part
    background: Part | None = None
    consequences: Part | None = None
    proposal: Part | None = None


def make_decision_basis(case: Case, order: MakeDecisionBasis) -> None:
    """Write meeting and basis, and keep the text as one more version.

    A body without the mandate and a day that is not ahead are refused.

    A meeting that the region has not written (an extra one, or one far ahead) is handed in to by the body's own lead.
    """
    body = deciding_body(case, order.body, Matter.PLAN)
    meeting_on = not_in_the_past(case, "meeting_on", order.meeting_on)
    values = {
        "body_id": body["id"],
        "meeting_on": meeting_on,
        "hand_in_on": _hand_in(case, body["id"], order),
        "basis": order.basis,
        "basis_made_on": case.today,
    }
    waiting = rows_of(case, BoardCase, closed=False)
    if waiting:
        case.update(BoardCase, waiting[-1]["ref"], **values)
    else:
        case.insert(BoardCase, **values)
    case.insert(
        BasisVersion,
        number=1 + max((row["number"] for row in rows_of(case, BasisVersion)), default=0),
        body_id=body["id"],
        meeting_on=meeting_on,
        summary=order.basis,
        **order.model_dump(include={"background", "consequences", "proposal"}),
        made_at=case.now,
        made_by=case.actor_id,
    )
    follow_plan(case)


def _hand_in(case: Case, body_id: int, order: MakeDecisionBasis) -> date:
    on_the_day = (
        _meeting.c.body_id == body_id,
        _meeting.c.held_on == order.meeting_on,
        _meeting.c.cancelled.is_(False),
    )
    query = select(_meeting.c.hand_in_on).where(*on_the_day)
    known: date | None = case.work.value(query)
    if known is not None:
        return known
    body = case.profile.find_body(order.body)
    assert body is not None, "it has the mandate, so the profile knows it"
    return lead_date(body, order.meeting_on, lead=Lead.HAND_IN, workdays=case.profile.workdays)


USE_CASE = UseCase("make_decision_basis", MakeDecisionBasis, make_decision_basis)
