"""Record what the responding body decided on the consultation response."""

from datetime import date

from pathways.errors import Refused
from pathways.models.decision import Decision, DecisionKind
from pathways.profiles.vocabulary import Matter
from pathways.services.agenda.settle import settle_item
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import deciding_body, not_in_the_future
from pathways.services.plan.decide import Paragraph, RegisterNo


class RecordResponse(Order):
    """The decision as minuted."""

    body: str
    meeting_on: date
    paragraph_no: Paragraph
    register_no: RegisterNo
    conditions: str | None = None


def record_response(case: Case, order: RecordResponse) -> None:
    """Write the decision; a body without the mandate is refused, and so is a response that nobody drafts."""
    if "drafting" not in case.snapshot.configuration:
        raise Refused("error.no_response_drafted", slug=case.slug)
    body = deciding_body(case, order.body, Matter.RESPONSE)
    not_in_the_future(case, "meeting_on", order.meeting_on)
    told = {**order.model_dump(exclude={"body"}), "outcome": "adopt"}
    ref = case.insert(Decision, kind=DecisionKind.RESPONSE, body_id=body["id"], **told)
    settle_item(case, ref, matter=Matter.RESPONSE, body_id=body["id"], **told)


USE_CASE = UseCase("record_response", RecordResponse, record_response)
