"""What is measured, as charts and rows of a reader's language; and the table of a series as a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pathways.charts.chart import USUAL, WIDEST, Chart
from pathways.charts.figure import Figure, build_figure, build_small
from pathways.charts.summary import SummaryRow, summarise
from pathways.charts.table import build_export
from pathways.charts.words import ChartWords
from pathways.documents.table_export import Cell, Sheet
from pathways.measurement.calendar import step
from pathways.measurement.judgement import Judgement
from pathways.queries.series import Series
from pathways.services.measure.periods import ends
from pathways.storage.unit_of_work import Row
from pathways.web.measuring_read import UNIT, Looked, slug_of
from pathways.web.visit import Visit


@dataclass(frozen=True, slots=True)
class Shown:
    """One series with its chart."""

    series: Series
    chart: Chart

    @property
    def judgement(self) -> Judgement:
        """Return what may be said of it."""
        return self.chart.judgement


def show(series: Series, *, day: date, key: str = "", turns: bool = False) -> Shown:
    """Return the chart of a series as of a day; with `turns`, of the time before and after the change went live."""
    indicator = series.indicator
    chart = Chart(
        key=key or f"i-{indicator.ref.replace('.', '-')}-{series.unit_id or 0}",
        name=indicator.name,
        unit=indicator.unit,
        settings=series.settings,
        judgement=series.judge(day),
        source=str(indicator.row["source"] or ""),
        cut_off=day,
        place=series.place,
        interventions=series.interventions,
        window=WIDEST if turns else USUAL,
        turn=series.live_on if turns else None,
    )
    return Shown(series, chart)


def words_of(visit: Visit) -> ChartWords:
    """Return the words of charts in the reader's language."""
    return ChartWords(visit.texts)


def figure_of(visit: Visit, shown: Shown) -> Figure:
    """Return the whole figure of a series."""
    return build_figure(shown.chart, words_of(visit))


def small_figures(visit: Visit, several: Iterable[Shown], *, free: bool) -> tuple[Figure, ...]:
    """Return small figures of the same indicator, unit by unit."""
    return build_small([one.chart for one in several], words_of(visit), free=free)


def summary_of(visit: Visit, shown: Shown) -> SummaryRow:
    """Return a series in one row."""
    return summarise(shown.chart, words_of(visit))


def sheet_of(visit: Visit, shown: Shown) -> Sheet:
    """Return every period of a series as a table for a file; values too small for the reader are not in it."""
    made = build_export(shown.chart, words_of(visit))
    facts = list(made.facts)
    if hidden := len(shown.series.hidden):
        facts.append((visit.texts.say("web.measuring.hidden_label"), visit.texts.say("web.measuring.hidden", n=hidden)))
    rows = [[_short(cell) for cell in row] for row in made.rows]
    return Sheet(
        title=shown.chart.name, facts=facts, headings=made.headings, rows=rows, decimal_comma=visit.language == "sv"
    )


def _short(cell: Cell) -> Cell:
    """Return a number without the digits that only the division made."""
    if not isinstance(cell, float):
        return cell
    return int(cell) if cell.is_integer() else float(f"{cell:.10g}")


@dataclass(frozen=True, slots=True)
class Entered:
    """A value with where it came from; `row` is None where it is too small for the reader.

    A late one came in after the following period was over as well.
    """

    period: str
    row: Row | None
    entered_on: date
    by: str | None
    source: str
    is_late: bool


def entered_of(visit: Visit, looked: Looked, series: Series) -> list[Entered]:
    """Return every value of a series with who entered it, when and how, the newest period first."""
    every, lag = series.settings.every, timedelta(days=series.indicator.row["lag_days"] or 0)
    return [
        Entered(
            period=period_words(visit, series, period),
            row=row if period not in series.hidden else None,
            entered_on=row["entered_on"],
            by=looked.measures.people.get(row["entered_by"]),
            source=str(row["source"]),
            is_late=row["entered_on"] > ends(step(period, every), every) + lag,
        )
        for period, row in sorted(series.rows.items(), reverse=True)
    ]


def way_to(looked: Looked, series: Series, *, query: str = "") -> str:
    """Return the address of a series' page; `query` keeps the day looked back at."""
    root = f"/forlopp/{looked.measures.head.slug}/matning/{series.indicator.slug}"
    unit = slug_of(looked, series.unit_id)
    asked = [*([f"{UNIT}={unit}"] if unit else []), *([query.removeprefix("?")] if query else [])]
    return root + (f"?{'&'.join(asked)}" if asked else "")


def period_words(visit: Visit, series: Series, period: date) -> str:
    """Return a period in words: "mars 2026"."""
    return words_of(visit).period(period, series.settings.every)
