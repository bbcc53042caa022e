"""Record an indicator's values: one, a pasted column, or a whole file, in one event; all of them or none."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import bindparam, select

from pathways.errors import InvalidOrder, Problem
from pathways.measurement.calendar import Every
from pathways.measurement.series import PointState
from pathways.models.gap import GapInvitation
from pathways.models.measure import IndicatorValue, ValueSource
from pathways.models.organisation import Unit
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import rows_of
from pathways.services.measure.checks import CellProblem, GivenValue, Known, PlannedValue, plan_values
from pathways.services.measure.parts import Count, Figure, PeriodText, open_indicator
from pathways.services.measure.periods import example, read_period
from pathways.storage.unit_of_work import Row, table_of

_unit = table_of(Unit)
UNITS = select(_unit.c.id, _unit.c.slug, _unit.c.name).where(_unit.c.region_id == bindparam("region"), _unit.c.active)
MOST = 2_000
"""Values in one command: sixteen years of weeks for two units, and more than anybody looks through in a preview."""


class NewValue(BaseModel):
    """One period's value, as a number or, of a share, as numerator and denominator. Without `unit`: the whole region.

    `period` is a day of it, or as people write periods: "2026-05", "2026-W18", "2026-Q2".
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    period: PeriodText
    unit: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    value: Figure | None = None
    numerator: Count | None = None
    denominator: Count | None = None
    state: Literal["preliminary", "final"] = "final"


class RecordValues(Order):
    """Values of one indicator. `source` tells how they came in."""

    indicator: str
    values: Annotated[list[NewValue], Field(min_length=1, max_length=MOST)]
    source: ValueSource = ValueSource.API


def record_values(case: Case, order: RecordValues) -> None:
    """Write the values; one that stood for the same period is made void and stays in the history.

    A final value that is given anew becomes corrected; one of a period that is not over is preliminary; what stands
    already is not written again. With a fault in any row nothing is written, and every fault is told.
    """
    indicator = open_indicator(case, order.indicator)
    known = _known(case, indicator)
    given, problems = _given(order.values, known.every)
    plan = plan_values(known, given)
    problems += plan.problems
    if problems:
        raise InvalidOrder("record_values", [_told(one) for one in sorted(problems, key=lambda one: one.row)])
    written = plan.written
    gone = [str(row.replaces["ref"]) for row in written if row.replaces is not None]
    case.update_many(IndicatorValue, gone, voided_by=case.seq)
    shared = {"indicator": indicator["ref"], "source": order.source}
    case.insert_many(IndicatorValue, [{**shared, **_columns(case, row)} for row in written])


def is_for_own_units(case: Case, order: RecordValues) -> bool:
    """Say whether the acting person answers for the unit of every value."""
    assert case.actor_id is not None
    mine = case.roster.units_of(case.actor_id)
    ids = {row["slug"]: row["id"] for row in case.work.rows(UNITS, {"region": case.region_id})}
    return bool(mine) and all(one.unit is not None and ids.get(one.unit) in mine for one in order.values)


def known_of(
    *, indicator: Row, units: Iterable[Row], invited: Iterable[Row], values: Iterable[Row], today: date
) -> Known:
    """Return what values are held against; units belong that were invited, or all where none has been."""
    taking_part = {row["unit_id"] for row in invited}
    all_units = {str(row["slug"]): int(row["id"]) for row in units}
    belong = {slug: key for slug, key in all_units.items() if not taking_part or key in taking_part}
    stands = {(row["unit_id"], row["period"]): row for row in values if row["indicator"] == indicator["ref"]}
    strange = frozenset(all_units) - frozenset(belong)
    return Known(indicator=indicator, units=belong, strange_units=strange, stands=stands, today=today)


def _known(case: Case, indicator: Row) -> Known:
    return known_of(
        indicator=indicator,
        units=case.work.rows(UNITS, {"region": case.region_id}),
        invited=rows_of(case, GapInvitation),
        values=rows_of(case, IndicatorValue, indicator=indicator["ref"]),
        today=case.today,
    )


def _given(values: Iterable[NewValue], every: Every) -> tuple[list[GivenValue], list[CellProblem]]:
    given, problems = list[GivenValue](), list[CellProblem]()
    for number, one in enumerate(values):
        try:
            period = read_period(one.period, every)
        except ValueError:
            told = {"given": one.period, "expected": example(every)}
            problems.append(CellProblem(number, "period", f"order.period_{every}", told))
            continue
        columns = one.model_dump(exclude={"period", "state"})
        given.append(GivenValue(row=number, period=period, state=PointState(one.state), **columns))
    return given, problems


def _told(problem: CellProblem) -> Problem:
    return Problem(f"values.{problem.row}.{problem.column}", problem.sentence, problem.values)


def _columns(case: Case, row: PlannedValue) -> dict[str, object]:
    return {
        "unit_id": row.unit_id,
        "period": row.period,
        "value": row.value,
        "numerator": row.numerator,
        "denominator": row.denominator,
        "state": row.state,
        "entered_on": case.today,
        "entered_by": case.actor_id,
        "replaces": row.replaces["ref"] if row.replaces is not None else None,
    }


USE_CASE = UseCase("record_values", RecordValues, record_values, owned=is_for_own_units)
