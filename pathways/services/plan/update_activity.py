"""Change an activity: who, when, what it costs, which gaps it closes, and how far it has come."""

from collections.abc import Iterable
from datetime import date

from pathways.errors import Refused
from pathways.models.gap import GapAnswer
from pathways.models.plan import Activity, ActivityGap, ActivityState
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import not_in_the_future, person_of, refs_of, row_of, rows_of
from pathways.services.plan.parts import (
    ActivityKind,
    Clearable,
    Kronor,
    Short,
    Strategy,
    Title,
    Words,
    refuse_an_end_before_the_start,
)
from pathways.storage.unit_of_work import Row
from states.snapshot import place_of

DECIDED = frozenset({"executing", "reviewing"})
"""Where a plan that was decided on is carried out: a day is not moved there without saying why."""

ENDED = frozenset({ActivityState.DONE, ActivityState.STOPPED})
NO_COLUMNS = frozenset({"activity", "responsible", "gaps", "drop_gaps", "clear", "strategies"})


class UpdateActivity(Order):
    """What changes; what is not given stays, and what stands in `clear` is emptied.

    `strategies` takes the place of those that stood. `gaps` adds links to answers and `drop_gaps` takes links
    away. `report` tells how it goes. `started_on` and `ended_on` are the real days; where they are not
    given, the day of the report counts.
    """

    activity: str
    title: Title | None = None
    kind: ActivityKind | None = None
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
    state: ActivityState | None = None
    started_on: date | None = None
    ended_on: date | None = None
    report: Words | None = None
    strategies: tuple[Strategy, ...] | None = None
    gaps: tuple[str, ...] = ()
    drop_gaps: tuple[str, ...] = ()
    clear: tuple[Clearable, ...] = ()


def update_activity(case: Case, order: UpdateActivity) -> None:
    """Write what changes; while a plan is adjusted, the plan counts as revised.

    Stopping an activity, and moving its last day once the plan is decided on, needs a report or a reason.
    """
    known = row_of(case, Activity, order.activity)
    values = _values(case, order)
    values |= real_days(case, order, known)
    now = {**known, **values}
    refuse_an_end_before_the_start(now["start_on"], now["due_on"])
    refuse_an_end_before_the_start(now["started_on"], now["ended_on"])
    if _needs_a_reason(case, known, now) and not (order.report or case.ask.reason):
        raise Refused("reason_missing")
    if order.report or _needs_a_reason(case, known, now):
        told = order.report or case.ask.reason
        values |= {"report": told, "reported_on": case.today, "reported_by": case.actor_id}
    if values:
        case.update(Activity, order.activity, **values)
    _link(case, order.activity, order.gaps)
    _unlink(case, order.activity, order.drop_gaps)
    if place_of(case.snapshot) == "adjusting":
        case.set(plan_revised_on=case.today)


def real_days(case: Case, order: UpdateActivity, known: Row) -> dict[str, object]:
    """Return the days on which the activity really began and ended, where the report changes them."""
    for name in ("started_on", "ended_on"):
        if (day := getattr(order, name)) is not None:
            not_in_the_future(case, name, day)
    days: dict[str, object] = {}
    if order.state is ActivityState.PLANNED != known["state"]:
        days = {"started_on": None, "ended_on": None}
    elif order.state is ActivityState.UNDER_WAY != known["state"]:
        days = {"started_on": order.started_on or known["started_on"] or case.today, "ended_on": None}
    elif order.state in ENDED and order.state != known["state"]:
        days = {"ended_on": order.ended_on or case.today}
    return {name: day for name, day in days.items() if day != known[name]}


def _values(case: Case, order: UpdateActivity) -> dict[str, object]:
    given = order.model_dump(exclude=set(NO_COLUMNS))
    values: dict[str, object] = {_column(name): None for name in order.clear}
    values |= {name: value for name, value in given.items() if value is not None}
    if order.strategies is not None:
        values["strategies"] = list(dict.fromkeys(order.strategies))
    if order.responsible:
        values["responsible_id"] = person_of(case, order.responsible)
    return values


def _column(name: str) -> str:
    return "responsible_id" if name == "responsible" else name


def _needs_a_reason(case: Case, known: Row, now: Row) -> bool:
    if now["state"] == ActivityState.STOPPED != known["state"]:
        return True
    is_decided = place_of(case.snapshot) in DECIDED and known["due_on"] is not None
    return is_decided and (now["due_on"] is None or now["due_on"] > known["due_on"])


def _link(case: Case, activity: str, answers: Iterable[str]) -> None:
    linked = {row["answer_ref"] for row in rows_of(case, ActivityGap, activity_ref=activity)}
    new = refs_of(case, GapAnswer, (ref for ref in answers if ref not in linked))
    case.insert_many(ActivityGap, [{"activity_ref": activity, "answer_ref": ref} for ref in new])


def _unlink(case: Case, activity: str, answers: Iterable[str]) -> None:
    """Take links away: they are made void by this event, as a correction would; the log keeps that they were."""
    gone = {*answers}
    links = [row["ref"] for row in rows_of(case, ActivityGap, activity_ref=activity) if row["answer_ref"] in gone]
    case.update_many(ActivityGap, links, voided_by=case.seq)


USE_CASE = UseCase("update_activity", UpdateActivity, update_activity)
