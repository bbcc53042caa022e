"""Take back a record that moved nothing: what a body said before the decision, or the decision on a response.

Nothing is deleted: the row stays, void, and the history says why. A decision that moved the introduction is corrected.
"""

from pathways.errors import Refused
from pathways.models.decision import Decision, DecisionKind
from pathways.services.agenda.reopen import reopen_items
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import row_of
from pathways.services.plan.conditions import withdraw_conditions


class TakeBackDecision(Order):
    """Which one, by its reference."""

    decision: str


def take_back_decision(case: Case, order: TakeBackDecision) -> None:
    """Make the row void, withdraw the tasks that its conditions brought, and reopen its item; a reason is required."""
    if not case.ask.reason:
        raise Refused("reason_missing")
    row = row_of(case, Decision, order.decision)
    if row["kind"] == DecisionKind.PLAN:
        raise Refused("error.decision_moved", undo_to=int(row["made_in"]) - 1)
    if row["kind"] == DecisionKind.RESPONSE and "drafting" not in case.snapshot.configuration:
        raise Refused("error.no_response_drafted", slug=case.slug)
    case.update(Decision, row["ref"], voided_by=case.seq)
    withdraw_conditions(case, [int(row["made_in"])])
    reopen_items(case, [row["ref"]])


USE_CASE = UseCase("take_back_decision", TakeBackDecision, take_back_decision)
