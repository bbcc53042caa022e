"""Plan an activity and say which gaps it closes."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from pathways.errors import Refused
from pathways.models.gap import GapAnswer
from pathways.models.plan import Activity, ActivityGap
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import person_of, refs_of
from pathways.services.loops import last_number
from states.snapshot import place_of

ActivityKind = Literal[
    "training", "routine", "record_template", "staffing", "agreement", "communication", "phase_out", "measurement"
]
Kronor = Annotated[int, Field(ge=0, le=2_000_000_000)]


class PlanActivity(Order):
    """An activity; costs in whole kronor, `gaps` the refs of the answers it closes."""

    title: Annotated[str, Field(min_length=3, max_length=300)]
    kind: ActivityKind
    responsible: str | None = None
    start_on: date | None = None
    due_on: date | None = None
    cost_once: Kronor | None = None
    cost_yearly: Kronor | None = None
    gaps: tuple[str, ...] = ()


def plan_activity(case: Case, order: PlanActivity) -> None:
    """Write the activity and its links to gaps; planned while a plan is adjusted, it counts as new since that loop."""
    refuse_an_end_before_the_start(order.start_on, order.due_on)
    adjusting = place_of(case.snapshot) == "adjusting"
    answers = refs_of(case, GapAnswer, order.gaps)
    ref = case.insert(
        Activity,
        title=order.title,
        kind=order.kind,
        responsible_id=person_of(case, order.responsible) if order.responsible else None,
        start_on=order.start_on,
        due_on=order.due_on,
        cost_once=order.cost_once,
        cost_yearly=order.cost_yearly,
        from_loop=last_number(case) if adjusting else None,
    )
    case.insert_many(ActivityGap, [{"activity_ref": ref, "answer_ref": answer} for answer in answers])
    if adjusting:
        case.set(plan_revised_on=case.today)


def refuse_an_end_before_the_start(start_on: date | None, due_on: date | None) -> None:
    """Let an activity's days through, unless it would end before it begins."""
    if start_on and due_on and due_on < start_on:
        raise Refused("error.due_before_start", start_on=start_on.isoformat(), due_on=due_on.isoformat())


USE_CASE = UseCase("plan_activity", PlanActivity, plan_activity)
