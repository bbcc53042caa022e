"""Checks values before they are written: what is wrong row by row, what looks odd, and what each would do. Pure.

A command and a preview ask the same questions here, so that what was shown is what is written.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from statistics import median

from pathways.measurement.calendar import Every
from pathways.measurement.series import PointState
from pathways.services.ask import EARLIEST
from pathways.services.measure.parts import WHOLE
from pathways.services.measure.periods import ends
from pathways.storage.unit_of_work import Row

NEW, REPLACED, SAME = "new", "replaced", "same"
SETTLED = frozenset({PointState.FINAL, PointState.CORRECTED})
AGREES = 0.6
"""A share that is given beside its counts may differ by its rounding."""
KNOWN_WAYS = 5  # so many other values are needed to say that one is odd
JUMP = 6  # typical steps from one value to the next
SCALE = 8  # ten times too large is a decimal sign in the wrong place
Key = tuple[int | None, date]


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong or odd in one row: its number as it was given, the column, the sentence and its values."""

    row: int
    column: str
    sentence: str
    values: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenValue:
    """One row as it came in; without a unit it is about the whole region."""

    row: int
    period: date
    unit: str | None = None
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    state: PointState = PointState.FINAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What values are held against: the indicator, the units that belong, what stands, and the day.

    `strange_units` are those of the region that take no part in the introduction.
    """

    indicator: Row
    units: Mapping[str, int]
    strange_units: frozenset[str]
    stands: Mapping[Key, Row]
    today: date

    @property
    def every(self) -> Every:
        """Return how long a period is."""
        return Every(self.indicator["every"])


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedValue:
    """What one row would do; `replaces` is the value that stands for its period now."""

    row: int
    what: str
    unit: str | None
    unit_id: int | None
    period: date
    value: float
    numerator: float | None
    denominator: float | None
    state: PointState
    replaces: Row | None = None


@dataclass(frozen=True, slots=True)
class ValuePlan:
    """What the rows would do, what is wrong (then nothing can be written) and what looks odd (then it can)."""

    rows: tuple[PlannedValue, ...]
    problems: tuple[CellProblem, ...] = ()
    warnings: tuple[CellProblem, ...] = ()

    @property
    def written(self) -> tuple[PlannedValue, ...]:
        """Return the rows that change anything."""
        return tuple(row for row in self.rows if row.what != SAME)


def plan_values(known: Known, given: Sequence[GivenValue]) -> ValuePlan:
    """Return what some values would do; every fault of every row is told at once."""
    problems = [one for row in given for one in _problems(known, row)]
    problems += _repeated(given)
    if problems:
        return ValuePlan((), tuple(sorted(problems, key=lambda one: one.row)))
    rows = tuple(_planned(known, row) for row in given)
    problems = [one for row in rows for one in _final_stays(row)]
    if problems:
        return ValuePlan((), tuple(problems))
    return ValuePlan(rows, (), tuple(_odd(known, rows)))


def _problems(known: Known, row: GivenValue) -> Iterator[CellProblem]:
    if row.unit is not None and row.unit not in known.units:
        yield _unit_problem(known, row.row, row.unit)
    if not row.period >= EARLIEST:
        yield CellProblem(row.row, "period", "order.period_early", {"given": row.period.isoformat()})
    if row.period > known.today:
        told = {"given": row.period.isoformat(), "today": known.today.isoformat()}
        yield CellProblem(row.row, "period", "order.period_ahead", told)
    yield from _share_problems(row) if known.indicator["share"] else _level_problems(row)


def _unit_problem(known: Known, row: int, unit: str) -> CellProblem:
    if unit in known.strange_units:
        return CellProblem(row, "unit", "order.unit_strange", {"given": unit})
    nearest = get_close_matches(unit, known.units, n=3, cutoff=0.5) or sorted(known.units)[:5]
    return CellProblem(row, "unit", "order.unit_unknown", {"given": unit, "expected": ", ".join(nearest)})


def _share_problems(row: GivenValue) -> Iterator[CellProblem]:
    counts = (row.numerator, row.denominator)
    if counts == (None, None):
        if row.value is None:
            yield CellProblem(row.row, "value", "order.value_missing")
        elif not 0 <= row.value <= WHOLE:
            yield CellProblem(row.row, "value", "order.share_outside", {"given": shown(row.value)})
        return
    faults = list(_count_problems(row))
    yield from faults
    if faults or row.numerator is None or not row.denominator:
        return
    share = WHOLE * row.numerator / row.denominator
    if row.value is not None and abs(row.value - share) > AGREES:
        told = {"given": shown(row.value), "expected": shown(share)}
        yield CellProblem(row.row, "value", "order.share_disagrees", told)


def _count_problems(row: GivenValue) -> Iterator[CellProblem]:
    other = {"numerator": row.denominator, "denominator": row.numerator}
    missing = {"numerator": "order.numerator_missing", "denominator": "order.denominator_missing"}
    for name, count in (("numerator", row.numerator), ("denominator", row.denominator)):
        if count is None:
            yield CellProblem(row.row, name, missing[name], {"given": shown(other[name])})
        elif count < 0 or not float(count).is_integer():
            yield CellProblem(row.row, name, "order.count_not_whole", {"given": shown(count)})
    if row.denominator == 0:
        yield CellProblem(row.row, "denominator", "order.denominator_zero")
    elif row.numerator is not None and row.denominator is not None and row.denominator < row.numerator:
        told = {"numerator": shown(row.numerator), "denominator": shown(row.denominator)}
        yield CellProblem(row.row, "denominator", "order.denominator_smaller", told)


def _level_problems(row: GivenValue) -> Iterator[CellProblem]:
    if row.numerator is not None or row.denominator is not None:
        yield CellProblem(row.row, "numerator", "order.no_share")
    elif row.value is None:
        yield CellProblem(row.row, "value", "order.value_missing")


def _repeated(given: Iterable[GivenValue]) -> Iterator[CellProblem]:
    seen: dict[tuple[str | None, date], int] = {}
    for row in given:
        key = (row.unit, row.period)
        if key in seen:
            told: dict[str, str | int] = {"given": row.period.isoformat(), "row": seen[key]}
            yield CellProblem(row.row, "period", "order.period_repeated", told)
        seen.setdefault(key, row.row)


def _planned(known: Known, row: GivenValue) -> PlannedValue:
    unit_id = known.units[row.unit] if row.unit is not None else None
    there = known.stands.get((unit_id, row.period))
    value, numerator, denominator = _figures(known, row)
    state = PointState.PRELIMINARY if ends(row.period, known.every) >= known.today else row.state
    same = there is not None and (there["value"], there["numerator"], there["denominator"]) == (
        value,
        numerator,
        denominator,
    )
    what = NEW if there is None else REPLACED
    if there is not None and there["state"] in SETTLED:
        if same and state in SETTLED:
            what, state = SAME, PointState(there["state"])
        elif state in SETTLED:
            state = PointState.CORRECTED
    elif same and there is not None and there["state"] == state:
        what = SAME
    return PlannedValue(
        row=row.row,
        what=what,
        unit=row.unit,
        unit_id=unit_id,
        period=row.period,
        value=value,
        numerator=numerator,
        denominator=denominator,
        state=state,
        replaces=there,
    )


def _figures(known: Known, row: GivenValue) -> tuple[float, float | None, float | None]:
    """Return value, numerator and denominator as they are kept: of counts the share that they make."""
    if known.indicator["share"] and row.numerator is not None and row.denominator:
        return WHOLE * row.numerator / row.denominator + 0.0, row.numerator + 0.0, row.denominator + 0.0
    assert row.value is not None
    return row.value + 0.0, None, None


def _final_stays(row: PlannedValue) -> Iterator[CellProblem]:
    if row.replaces is not None and row.replaces["state"] in SETTLED and row.state is PointState.PRELIMINARY:
        yield CellProblem(row.row, "state", "order.value_is_final", {"given": row.period.isoformat()})


def _odd(known: Known, rows: Sequence[PlannedValue]) -> Iterator[CellProblem]:
    for unit_id in dict.fromkeys(row.unit_id for row in rows):
        own = [row for row in rows if row.unit_id == unit_id]
        earlier = {period: float(row["value"]) for (unit, period), row in known.stands.items() if unit == unit_id}
        if (scaled := _scaled(own, earlier)) is not None:
            yield scaled
        else:
            yield from _jumps(own, earlier)
    values = [row.value for row in rows]
    looks_like_parts = len(values) >= 3 and max(values) <= 1 and max(values) > 0
    if known.indicator["share"] and looks_like_parts and all(row.numerator is None for row in rows):
        yield CellProblem(0, "value", "order.share_as_part", {"n": len(values)})
    for row in rows:
        if ends(row.period, known.every) >= known.today:
            yield CellProblem(row.row, "period", "order.period_unfinished", {"given": row.period.isoformat()})


def _scaled(rows: Sequence[PlannedValue], earlier: Mapping[date, float]) -> CellProblem | None:
    """Tell of a whole column that is many times larger or smaller than what was there: its decimal sign is wrong."""
    before = [value for period, value in earlier.items() if period not in {row.period for row in rows}]
    if len(before) < 3 or len(rows) < 3:
        return None
    was, now = abs(median(before)), abs(median(row.value for row in rows))
    if not was or not now or 1 / SCALE < now / was < SCALE:
        return None
    return CellProblem(0, "value", "order.column_scaled", {"given": shown(now), "expected": shown(was)})


def _jumps(rows: Sequence[PlannedValue], earlier: Mapping[date, float]) -> Iterator[CellProblem]:
    """Tell of each value that lies far from the others, measured in the usual step from one to the next."""
    series = {**earlier, **{row.period: row.value for row in rows}}
    for row in rows:
        others = [value for period, value in sorted(series.items()) if period != row.period]
        if len(others) < KNOWN_WAYS:
            continue
        usual = median(others)
        steps = [abs(after - before) for before, after in itertools.pairwise(others)]
        reach = JUMP * (median(steps) or max(steps) or abs(usual) / 2)
        if abs(row.value - usual) > reach > 0:
            told = {"given": shown(row.value), "expected": shown(usual)}
            yield CellProblem(row.row, "value", "order.value_jumps", told)


def shown(value: object) -> str:
    """Return a number as it is written in Swedish, without needless decimals."""
    return f"{value:.10g}".replace(".", ",") if isinstance(value, int | float) else ""
