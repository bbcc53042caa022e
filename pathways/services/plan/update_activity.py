"""Change an activity: who, when, what it costs, and how far it has come."""

from datetime import date

from pathways.models.gap import GapAnswer
from pathways.models.plan import Activity, ActivityGap, ActivityState
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import person_of, refs_of, row_of, rows_of
from pathways.services.plan.plan_activity import Kronor, refuse_an_end_before_the_start
from states.snapshot import place_of


class UpdateActivity(Order):
    """What changes; what is not given stays. `gaps` adds links to answers."""

    activity: str
    responsible: str | None = None
    start_on: date | None = None
    due_on: date | None = None
    cost_once: Kronor | None = None
    cost_yearly: Kronor | None = None
    state: ActivityState | None = None
    gaps: tuple[str, ...] = ()


def update_activity(case: Case, order: UpdateActivity) -> None:
    """Write what changes; while a plan is adjusted, the plan counts as revised."""
    known = row_of(case, Activity, order.activity)
    refuse_an_end_before_the_start(order.start_on or known["start_on"], order.due_on or known["due_on"])
    values: dict[str, object] = {
        name: value
        for name, value in order.model_dump(exclude={"activity", "responsible", "gaps"}).items()
        if value is not None
    }
    if order.responsible:
        values["responsible_id"] = person_of(case, order.responsible)
    if values:
        case.update(Activity, order.activity, **values)
    linked = {row["answer_ref"] for row in rows_of(case, ActivityGap, activity_ref=order.activity)}
    new = refs_of(case, GapAnswer, (ref for ref in order.gaps if ref not in linked))
    case.insert_many(ActivityGap, [{"activity_ref": order.activity, "answer_ref": ref} for ref in new])
    if place_of(case.snapshot) == "adjusting":
        case.set(plan_revised_on=case.today)


USE_CASE = UseCase("update_activity", UpdateActivity, update_activity)
