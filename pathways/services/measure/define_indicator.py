"""Define an indicator: the region's own, or one that is a goal of the national catalogue."""

from pydantic import Field
from sqlalchemy import bindparam, select

from pathways.errors import Refused
from pathways.measurement.series import Direction, Every, RuleSet
from pathways.models.catalogue import PathwayGoal
from pathways.models.measure import Availability, Indicator, IndicatorKind
from pathways.services.administration.slugs import slug_of
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import person_of, rows_of
from pathways.services.measure import measurable
from pathways.services.measure.parts import (
    PERCENT,
    Figure,
    LagDays,
    Name,
    Short,
    TwoOfThree,
    Words,
    refuse_what_does_not_fit,
)
from pathways.storage.unit_of_work import table_of

_goal = table_of(PathwayGoal)
_GOAL = select(_goal.c.id).where(_goal.c.id == bindparam("goal"), _goal.c.pathway_id == bindparam("pathway"))
MOST = 60
"""So many indicators an introduction may have; more are read by nobody."""


class DefineIndicator(Order):
    """An indicator. A `share` is a numerator of a denominator in percent; others need a `unit`.

    `goal` is the number of a goal in the catalogue that it measures. `lag_days` tells how long after a period its
    values are final.
    """

    name: Name
    kind: IndicatorKind
    direction: Direction
    every: Every
    share: bool = False
    counts_people: bool = False
    unit: Short | None = None
    target: Figure | None = None
    second_target: Figure | None = None
    availability: Availability = Availability.AVAILABLE
    lag_days: LagDays | None = None
    coverage: Short | None = None
    source: Short | None = None
    owner: str | None = None
    about: Words | None = None
    how_to_read: Words | None = None
    definition: Words | None = None
    rules: RuleSet = RuleSet.RUNS
    screen: bool = True
    two_of_three: TwoOfThree = "2023"
    goal: int | None = Field(default=None, ge=1, le=2_147_483_647)


def define_indicator(case: Case, order: DefineIndicator) -> None:
    """Write the indicator; one that cannot be measured yet becomes a task of its owner.

    A name that another indicator here has is refused, and so is a goal of another pathway.
    """
    known = rows_of(case, Indicator)
    columns: dict[str, object] = {**order.model_dump(exclude={"owner", "goal"}), "unit": _unit(order)}
    refuse_what_does_not_fit("define_indicator", columns)
    _refuse_a_known_name(order.name, [row["name"] for row in known if row["retired_on"] is None])
    if len(known) >= MOST:
        raise Refused("error.too_many_indicators", n=MOST)
    owner_id = person_of(case, order.owner) if order.owner else None
    task = None
    if order.availability is Availability.CANNOT_YET:
        task = measurable.make_task(case, order.name, owner_id)
    slug = free_slug(order.name, {row["slug"] for row in known})
    case.insert(Indicator, **columns, slug=slug, owner_id=owner_id, goal_id=_goal_of(case, order.goal), task=task)


def free_slug(name: str, taken: set[str]) -> str:
    """Return a short name that no indicator here has."""
    slug = slug_of(name, otherwise="indikator")
    return next(
        one for number in range(1, len(taken) + 2) if (one := slug if number == 1 else f"{slug}-{number}") not in taken
    )


def _unit(order: DefineIndicator) -> str | None:
    return PERCENT if order.share else order.unit


def _refuse_a_known_name(name: str, known: list[object]) -> None:
    if name.casefold() in {str(one or "").casefold() for one in known}:
        raise Refused("error.indicator_known", name=name)


def _goal_of(case: Case, goal: int | None) -> int | None:
    if goal is not None and case.work.value(_GOAL, {"goal": goal, "pathway": case.pathway_id}) is None:
        raise Refused("error.goal_of_another_pathway", goal=goal)
    return goal


USE_CASE = UseCase("define_indicator", DefineIndicator, define_indicator)
