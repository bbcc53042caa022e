"""Reads a pasted column, or a file's table, into values: which column is what, which period each row is. Pure.

Columns are known by their heads, or, without heads, by their place: a period first where there is one, then the value,
or numerator and denominator.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pathways.measurement.calendar import Every, step
from pathways.measurement.series import PointState
from pathways.services.measure.checks import CellProblem, GivenValue, Known, ValuePlan, plan_values
from pathways.services.measure.figures import Decimal, figure_problem, read_figure
from pathways.services.measure.periods import example, read_period

HEADS: Mapping[str, str] = {
    **dict.fromkeys(
        ("period", "månad", "vecka", "kvartal", "år", "datum", "month", "week", "quarter", "year"), "period"
    ),
    **dict.fromkeys(("date", "from", "från"), "period"),
    **dict.fromkeys(("värde", "value", "andel", "procent", "percent", "share", "%"), "value"),
    **dict.fromkeys(("täljare", "numerator"), "numerator"),
    **dict.fromkeys(("nämnare", "denominator", "n"), "denominator"),
    **dict.fromkeys(("enhet", "unit"), "unit"),
    **dict.fromkeys(("status", "läge", "state"), "state"),
}
"""What heads are called, in both languages."""
STATES: Mapping[str, PointState] = {
    **dict.fromkeys(("preliminärt", "preliminär", "prel", "prel.", "preliminary"), PointState.PRELIMINARY),
    **dict.fromkeys(("slutligt", "slutlig", "final", "korrigerat", "rättat", "corrected"), PointState.FINAL),
}
DIGITS = 9  # beyond these only the computer's own way of counting is left
FIGURES = ("value", "numerator", "denominator")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableAsk:
    """How a table is to be read. `first` is the period of its first row where no column tells.

    `parts` says that shares are written as parts of one, as the cells of a workbook hold them: 0.71 is 71 percent.
    """

    unit: str | None = None
    first: date | None = None
    state: PointState = PointState.FINAL
    decimal: Decimal = Decimal.COMMA
    parts: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row of cells, with its number as people see it."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a table would do: the plan, with the faults of cells among its problems, and the rows left empty."""

    plan: ValuePlan
    empty: int = 0

    @property
    def wants_point(self) -> bool:
        """Say whether the column seems to have points for decimal signs."""
        return _told(self.plan, "order.figure_point")

    @property
    def wants_comma(self) -> bool:
        """Say whether the column seems to have commas where points were told of."""
        return _told(self.plan, "order.figure_comma")


@dataclass(slots=True)
class _Found:
    """What has been read so far."""

    given: list[GivenValue] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    empty: int = 0


def lines_of(text: str) -> list[Line]:
    """Return the rows of a pasted text: cells parted by tabs, or by semicolons where there is no tab."""
    delimiter = "\t" if "\t" in text else ";"
    rows = [tuple(" ".join(cell.split()) for cell in line.split(delimiter)) for line in text.splitlines()]
    lines = [Line(number, cells) for number, cells in enumerate(rows, start=1)]
    while lines and not any(lines[-1].cells):
        lines.pop()
    while lines and not any(lines[0].cells):
        lines.pop(0)
    return lines


def read_lines(known: Known, lines: Sequence[Line], ask: TableAsk, names: Mapping[str, str]) -> Reading:
    """Return what a table would do. `names` gives units' slugs by what people call them, in small letters."""
    if not lines:
        return Reading(ValuePlan((), (CellProblem(0, "value", "order.table_empty"),)))
    order, rows = _columns(known, lines)
    if order is None:
        return Reading(ValuePlan((), (CellProblem(lines[0].number, "value", "order.columns"),)))
    if "period" not in order and ask.first is None:
        return Reading(ValuePlan((), (CellProblem(0, "period", "order.first_period_missing"),)))
    found = _Found()
    for place, line in enumerate(rows):
        cells = {name: line.cells[at] if at < len(line.cells) else "" for name, at in order.items()}
        _read_line(found, known, line, cells, place=place, ask=ask, names=names)
    plan = plan_values(known, found.given)
    problems = sorted((*found.problems, *plan.problems), key=lambda one: one.row)
    if problems:
        return Reading(ValuePlan((), tuple(problems)), found.empty)
    if not found.given:
        return Reading(ValuePlan((), (CellProblem(0, "value", "order.table_empty"),)), found.empty)
    return Reading(plan, found.empty)


def _columns(known: Known, lines: Sequence[Line]) -> tuple[dict[str, int] | None, Sequence[Line]]:
    """Return where each column stands, and the rows below the heads."""
    heads = [HEADS.get(cell.casefold().strip(" :*"), "") for cell in lines[0].cells]
    if any(heads):
        order = {name: heads.index(name) for name in dict.fromkeys(heads) if name}
        return (order if {"value", "numerator"} & order.keys() else None), lines[1:]
    width = max(len(_trimmed(line.cells)) for line in lines)
    has_period = width > 1 and _is_period(lines, known.every)
    figures = width - has_period
    shapes: dict[int, tuple[str, ...]] = {1: ("value",)}
    if known.indicator["share"]:
        shapes[2] = ("numerator", "denominator")
    names = shapes.get(figures)
    if names is None:
        return None, lines
    return {name: at for at, name in enumerate((*(("period",) if has_period else ()), *names))}, lines


def _is_period(lines: Iterable[Line], every: Every) -> bool:
    first = next((line.cells[0] for line in lines if line.cells[0]), "")
    try:
        read_period(first, every)
    except ValueError:
        return not first.replace(",", "").replace(".", "").replace(" ", "").isdecimal()
    return True


def _read_line(
    found: _Found,
    known: Known,
    line: Line,
    cells: Mapping[str, str],
    *,
    place: int,
    ask: TableAsk,
    names: Mapping[str, str],
) -> None:
    if not any(cells.get(name) for name in FIGURES):
        found.empty += 1
        return
    before = len(found.problems)
    period = _period(found, known, line, cells, place=place, ask=ask)
    figures = {name: _figure(found, line, name, cells.get(name, ""), ask.decimal) for name in FIGURES}
    if ask.parts and figures["value"] is not None:
        figures["value"] = round(100 * figures["value"], DIGITS)
    state = _state(found, line, cells.get("state", ""), ask.state)
    if len(found.problems) > before or period is None:
        return
    named = cells.get("unit", "")
    unit = names.get(named.casefold(), named) if named else ask.unit
    found.given.append(GivenValue(row=line.number, period=period, unit=unit, state=state, **figures))


def _period(
    found: _Found, known: Known, line: Line, cells: Mapping[str, str], *, place: int, ask: TableAsk
) -> date | None:
    if "period" not in cells:
        return step(ask.first, known.every, place) if ask.first is not None else None
    try:
        return read_period(cells["period"], known.every)
    except ValueError:
        told = {"given": cells["period"][:40], "expected": example(known.every)}
        found.problems.append(CellProblem(line.number, "period", f"order.period_{known.every}", told))
        return None


def _figure(found: _Found, line: Line, name: str, cell: str, decimal: Decimal) -> float | None:
    try:
        return read_figure(cell, decimal)
    except ValueError as error:
        problem = figure_problem(name, cell, error)
        found.problems.append(CellProblem(line.number, name, problem.sentence, problem.values))
        return None


def _state(found: _Found, line: Line, cell: str, usual: PointState) -> PointState:
    if not cell:
        return usual
    state = STATES.get(cell.casefold())
    if state is None:
        found.problems.append(CellProblem(line.number, "state", "order.state_word", {"given": cell[:40]}))
    return state or usual


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells


def _told(plan: ValuePlan, sentence: str) -> bool:
    return any(problem.sentence == sentence for problem in plan.problems)
