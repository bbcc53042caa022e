"""Record what a body said of a matter before the one that decides it: it endorses, wants it back, or advises against.

Nothing moves. The bodies before it in the profile's order must have had their say.
"""

from datetime import date
from typing import Literal

from pathways.errors import Refused
from pathways.models.decision import Decision, DecisionKind
from pathways.planning.mandate import missing_before
from pathways.profiles.vocabulary import Matter
from pathways.services import announce
from pathways.services.agenda.settle import settle_item
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import body_of, not_in_the_future
from pathways.services.members import members_of
from pathways.services.plan.decide import Paragraph, RegisterNo
from pathways.services.plan.spoken import spoken_on
from pathways.storage.unit_of_work import Row

OPEN_IN = {Matter.PLAN: frozenset({"ranking", "awaiting_decision"}), Matter.RESPONSE: frozenset({"drafting"})}
"""Where an introduction stands while bodies have their say on a matter."""


class Endorse(Order):
    """What was said, as minuted, and of which matter."""

    outcome: Literal["adopt", "return", "decline"]
    body: str
    meeting_on: date
    paragraph_no: Paragraph
    register_no: RegisterNo
    conditions: str | None = None
    matter: Literal["plan", "response"] = "plan"


def endorse(case: Case, order: Endorse) -> None:
    """Write it down and tell those who have the ball next.

    A body that does not stand before the deciding one is refused, and so is one out of turn.
    """
    matter = Matter(order.matter)
    if OPEN_IN[matter].isdisjoint(case.snapshot.configuration):
        raise Refused("error.nothing_to_endorse", slug=case.slug)
    body = body_of(case, order.body)
    chain = case.profile.chain_of(matter)
    if order.body not in chain[:-1]:
        raise Refused("error.not_before_decision", body=order.body, bodies=", ".join(chain[:-1]) or "–")
    if missing := missing_before(chain, spoken_on(case, matter), body=order.body):
        raise Refused("error.out_of_order", body=order.body, bodies=", ".join(missing))
    not_in_the_future(case, "meeting_on", order.meeting_on)
    told = order.model_dump(exclude={"body", "matter"})
    ref = case.insert(Decision, kind=DecisionKind.ENDORSEMENT, body_id=body["id"], about=matter, **told)
    settle_item(case, ref, matter=matter, body_id=body["id"], **told)
    following = body_of(case, chain[chain.index(order.body) + 1])
    announce.endorsed(
        case,
        case.roster,
        body=body["short"] or body["name"],
        meeting_on=order.meeting_on,
        outcome=order.outcome,
        next_body=following["short"] or following["name"],
        members=_members(case, following),
    )


def _members(case: Case, body: Row) -> list[int]:
    known = members_of(case.work, region_id=case.region_id, body_id=body["id"], kind=body["kind"])
    return [member.person_id for member in known]


USE_CASE = UseCase("endorse", Endorse, endorse)
