"""The same chart as a table: one row for each period, and the lines it is held against."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pathways.charts.chart import Chart
from pathways.charts.words import ChartWords, is_mean
from pathways.measurement.judgement import JudgedPoint

Cell = str | float | date | None


@dataclass(frozen=True, slots=True)
class Row:
    """One period as it is read in a table."""

    period: str
    value: str
    numerator: str
    denominator: str
    phase: str
    side: str
    mark: str
    note: str


@dataclass(frozen=True, slots=True)
class Table:
    """Headings and rows; the columns for numerator and denominator are there where the values are shares."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Export:
    """Everything of a chart for a file: facts, headings and rows, numbers as numbers and days as days."""

    title: str
    facts: Sequence[tuple[str, str]]
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def build_table(chart: Chart, words: ChartWords) -> Table:
    """Return the points in view as a table."""
    rows = [_row(one, chart, words) for one in chart.shown]
    has_parts = chart.settings.share
    return Table(
        caption=words.say("table.caption", name=chart.name),
        headings=_headings(chart, words),
        rows=tuple(_cells(row, has_parts=has_parts) for row in rows),
    )


def build_export(chart: Chart, words: ChartWords) -> Export:
    """Return every point, those before the view among them."""
    facts = [
        (words.say("fact.name"), chart.name),
        (words.say("fact.unit"), chart.unit),
        (words.say("fact.place"), chart.place),
        (words.say("fact.source"), chart.source),
        (words.say("fact.cut_off"), chart.cut_off.isoformat()),
    ]
    headings = (words.say("column.starts"), *_headings(chart, words))
    rows = [_export_row(one, chart, words) for one in chart.judgement.points]
    return Export(words.title(chart), [(label, told) for label, told in facts if told], headings, rows)


def _headings(chart: Chart, words: ChartWords) -> tuple[str, ...]:
    parts = ("numerator", "denominator") if chart.settings.share else ()
    value = words.say("column.value_in", unit=chart.unit) if chart.unit else words.say("column.value")
    rest = (*parts, "phase", "side", "mark", "note")
    return (words.say("column.period"), value, *(words.say(f"column.{name}") for name in rest))


def _row(one: JudgedPoint, chart: Chart, words: ChartWords) -> Row:
    point = one.point
    return Row(
        period=words.period(point.period, chart.settings.every),
        value=_number(point.value, words),
        numerator=_number(point.numerator, words),
        denominator=_number(point.denominator, words),
        phase=str(one.phase + 1) if one.phase >= 0 else "–",
        side=words.side(one.side, mean=is_mean(one, chart)) if one.side else "–",
        mark=words.mark(one.mark) if one.mark else "–",
        note=words.notes(one, chart),
    )


def _cells(row: Row, *, has_parts: bool) -> tuple[str, ...]:
    parts = (row.numerator, row.denominator) if has_parts else ()
    return (row.period, row.value, *parts, row.phase, row.side, row.mark, row.note)


def _export_row(one: JudgedPoint, chart: Chart, words: ChartWords) -> tuple[Cell, ...]:
    row, point = _row(one, chart, words), one.point
    parts = (point.numerator, point.denominator) if chart.settings.share else ()
    return (point.period, row.period, point.value, *parts, row.phase, row.side, row.mark, row.note)


def _number(value: float | None, words: ChartWords) -> str:
    return "–" if value is None else words.number(value)
