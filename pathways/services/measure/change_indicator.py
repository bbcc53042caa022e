"""Change an indicator: its words, its target, who answers for it, how it is judged. What was measured stays."""

from typing import Literal

from pathways.errors import Refused
from pathways.measurement.series import Direction, RuleSet
from pathways.models.measure import Availability, Indicator, IndicatorKind
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import person_of, rows_of
from pathways.services.measure import measurable
from pathways.services.measure.parts import (
    Figure,
    LagDays,
    Name,
    Short,
    TwoOfThree,
    Words,
    open_indicator,
    refuse_what_does_not_fit,
)

Clearable = Literal[
    "target",
    "second_target",
    "lag_days",
    "coverage",
    "source",
    "owner",
    "about",
    "how_to_read",
    "definition",
]


class ChangeIndicator(Order):
    """What changes; what is not given stays, and what stands in `clear` is emptied.

    How often it is measured and whether it is a share cannot change: that would be another indicator.
    """

    indicator: str
    name: Name | None = None
    kind: IndicatorKind | None = None
    direction: Direction | None = None
    counts_people: bool | None = None
    unit: Short | None = None
    target: Figure | None = None
    second_target: Figure | None = None
    availability: Availability | None = None
    lag_days: LagDays | None = None
    coverage: Short | None = None
    source: Short | None = None
    owner: str | None = None
    about: Words | None = None
    how_to_read: Words | None = None
    definition: Words | None = None
    rules: RuleSet | None = None
    screen: bool | None = None
    two_of_three: TwoOfThree | None = None
    clear: tuple[Clearable, ...] = ()


def change_indicator(case: Case, order: ChangeIndicator) -> None:
    """Write what changes; a task follows whether it can be measured. A name that another one has is refused."""
    row = open_indicator(case, order.indicator)
    given = order.model_dump(exclude={"indicator", "owner", "clear"})
    values: dict[str, object] = {"owner_id" if name == "owner" else name: None for name in order.clear}
    values |= {name: value for name, value in given.items() if value is not None}
    if row["share"]:
        values.pop("unit", None)
    if order.owner:
        values["owner_id"] = person_of(case, order.owner)
    now = {**row, **values}
    refuse_what_does_not_fit("change_indicator", now)
    _refuse_a_known_name(case, row["ref"], str(now["name"] or ""))
    if order.availability is not None:
        values["task"] = measurable.follow(
            case,
            row["availability"],
            order.availability,
            name=str(now["name"] or ""),
            owner_id=now["owner_id"],
            task=row["task"],
        )
    changed = {name: value for name, value in values.items() if value != row[name]}
    if changed:
        case.update(Indicator, row["ref"], **changed)


def _refuse_a_known_name(case: Case, ref: str, name: str) -> None:
    others = [row for row in rows_of(case, Indicator) if row["ref"] != ref and row["retired_on"] is None]
    if name.casefold() in {str(row["name"] or "").casefold() for row in others}:
        raise Refused("error.indicator_known", name=name)


USE_CASE = UseCase("change_indicator", ChangeIndicator, change_indicator)
