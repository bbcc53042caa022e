"""What else the pages of measuring show: values that were replaced, and goals of the catalogue not measured yet."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BindParameter, Select, and_, bindparam, select

from pathways.models.catalogue import PathwayGoal
from pathways.models.introduction import Event, LogText
from pathways.models.measure import IndicatorValue
from pathways.models.organisation import Person
from pathways.queries.series import IndicatorView, Measures
from pathways.services.measure.series import is_small
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

_value, _event, _text, _goal = (table_of(row) for row in (IndicatorValue, Event, LogText, PathwayGoal))
_first, _then = table_of(Person).alias("first"), table_of(Person).alias("then")
_CASE: BindParameter[int] = bindparam("case")
_REPLACED: Select[tuple[object, ...]] = (
    select(
        *(_value.c[name] for name in ("unit_id", "period", "value", "numerator", "denominator", "state", "entered_on")),
        _first.c.name.label("entered_by"),
        _event.c.at,
        _event.c.command,
        _then.c.name.label("actor"),
        _text.c.body.label("reason"),
    )
    .join(_event, and_(_event.c.introduction_id == _value.c.introduction_id, _event.c.seq == _value.c.voided_by))
    .outerjoin(_first, _first.c.id == _value.c.entered_by)
    .outerjoin(_then, _then.c.id == _event.c.actor_id)
    .outerjoin(_text, and_(_text.c.introduction_id == _event.c.introduction_id, _text.c.digest == _event.c.reason))
    .where(_event.c.region_id == bindparam("region"), _value.c.introduction_id == _CASE)
    .where(_value.c.indicator == bindparam("indicator"))
    .order_by(_event.c.at.desc(), _value.c.period.desc())
)
_GOALS: Select[tuple[object, ...]] = (
    select(_goal).where(_goal.c.pathway_id == bindparam("pathway")).order_by(_goal.c.ordinal)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """A value that stood once: what it was, whose, and who put which event in its place, when and why.

    `old` is None where it is too small for whoever looks.
    """

    period: date
    old: Row | None
    entered_on: date
    entered_by: str | None
    at: datetime
    actor: str | None
    reason: str | None


def list_replaced(
    work: UnitOfWork,
    measures: Measures,
    indicator: IndicatorView,
    unit_id: int | None,
    *,
    region_id: int,
    as_of: datetime | None = None,
) -> tuple[Replaced, ...]:
    """Return the values of a series that were replaced, the newest change first; as of a moment only those before."""
    case = measures.head.introduction_id
    rows = work.rows(_REPLACED, {"region": region_id, "case": case, "indicator": indicator.ref})
    sees = measures.eyes.see(unit_id)
    return tuple(
        Replaced(
            old=row if sees or not is_small(indicator.row, row) else None,
            **{name: row[name] for name in ("period", "entered_on", "entered_by", "at", "actor", "reason")},
        )
        for row in rows
        if row["unit_id"] == unit_id and (as_of is None or row["at"] <= as_of)
    )


def list_goals(work: UnitOfWork, measures: Measures) -> list[Row]:
    """Return the goals of the national catalogue that no indicator measures yet."""
    measured = {one.row["goal_id"] for one in measures.current}
    goals = work.rows(_GOALS, {"pathway": measures.head.pathway_id})
    return [goal for goal in goals if goal["id"] not in measured]
