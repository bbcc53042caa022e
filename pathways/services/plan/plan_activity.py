"""Plan an activity and say which gaps it closes."""

from datetime import date

from pathways.models.gap import GapAnswer
from pathways.models.plan import Activity, ActivityGap
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import person_of, refs_of
from pathways.services.loops import last_number
from pathways.services.plan.parts import (
    ActivityKind,
    Kronor,
    Short,
    Strategy,
    Title,
    Words,
    refuse_an_end_before_the_start,
)
from states.snapshot import place_of


class PlanActivity(Order):
    """An activity; costs in whole kronor, `gaps` the refs of the answers it closes."""

    title: Title
    kind: ActivityKind
    responsible: str | None = None
    responsible_role: Short | None = None
    support: Short | None = None
    start_on: date | None = None
    due_on: date | None = None
    cost_once: Kronor | None = None
    cost_yearly: Kronor | None = None
    funding: Short | None = None
    indicator: Short | None = None
    effect: Words | None = None
    dependency: Words | None = None
    decision_ref: Short | None = None
    strategies: tuple[Strategy, ...] = ()
    gaps: tuple[str, ...] = ()


def plan_activity(case: Case, order: PlanActivity) -> None:
    """Write the activity and its links to gaps; planned while a plan is adjusted, it counts as new since that loop."""
    refuse_an_end_before_the_start(order.start_on, order.due_on)
    adjusting = place_of(case.snapshot) == "adjusting"
    answers = refs_of(case, GapAnswer, order.gaps)
    ref = case.insert(
        Activity,
        **order.model_dump(exclude={"responsible", "gaps", "strategies"}),
        strategies=list(dict.fromkeys(order.strategies)),
        responsible_id=person_of(case, order.responsible) if order.responsible else None,
        from_loop=last_number(case) if adjusting else None,
    )
    case.insert_many(ActivityGap, [{"activity_ref": ref, "answer_ref": answer} for answer in answers])
    if adjusting:
        case.set(plan_revised_on=case.today)


USE_CASE = UseCase("plan_activity", PlanActivity, plan_activity)
