"""What is said in words: periods, values, points, the table and its file."""

from datetime import date

import pytest

from pathways.charts.chart import Chart
from pathways.charts.figure import build_figure
from pathways.charts.letters import shorten, width_of, wrap
from pathways.charts.scale import fit
from pathways.charts.summary import summarise
from pathways.charts.table import build_export, build_table
from pathways.charts.words import ChartWords
from pathways.measurement.calendar import Every
from pathways.web.chart_files import chart_csv
from tests.pathways.charts.samples import (
    ENGLISH,
    SWEDISH,
    early,
    empty,
    every_kind,
    improved,
    in_phases,
    limited,
    make_chart,
    shares,
)

SPACE = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("every", "day", "swedish", "english"),
    [
        (Every.WEEK, date(2026, 7, 27), "vecka 31 2026", "week 31 2026"),
        (Every.WEEK, date(2025, 12, 29), "vecka 1 2026", "week 1 2026"),
        (Every.FORTNIGHT, date(2026, 7, 27), "vecka 31–32 2026", "weeks 31–32 2026"),
        (Every.MONTH, date(2026, 3, 1), "mars 2026", "March 2026"),
        (Every.QUARTER, date(2026, 7, 1), "kvartal 3 2026", "quarter 3 2026"),
        (Every.YEAR, date(2026, 1, 1), "2026", "2026"),
    ],
)
def test_a_period_has_its_usual_name(every: Every, day: date, swedish: str, english: str) -> None:
    assert SWEDISH.period(day, every) == swedish
    assert ENGLISH.period(day, every) == english


@pytest.mark.parametrize(
    ("value", "swedish", "english"),
    [
        (64.0, "64", "64"),
        (64.25, "64,2", "64.2"),
        (0.125, "0,12", "0.12"),
        (1234.5, f"1{SPACE}234", "1,234"),
        (-3.5, "-3,5", "-3.5"),
    ],
)
def test_numbers_are_written_as_each_language_does(value: float, swedish: str, english: str) -> None:
    assert (SWEDISH.number(value), ENGLISH.number(value)) == (swedish, english)


def test_a_point_is_whole_when_read_by_itself() -> None:
    chart = improved()
    told = SWEDISH.point(chart.shown[-1], chart)
    wanted = "vecka 27 2026: 79,1 %, n 43, över medianen, förbättring, del av lång serie på samma sida"
    assert told.replace(SPACE, " ") == wanted


def test_a_missing_and_a_preliminary_value_are_told_as_such() -> None:
    chart = in_phases()
    assert SWEDISH.point(chart.shown[4], chart) == "vecka 6 2026: värde saknas"
    assert SWEDISH.point(chart.shown[-1], chart).endswith("preliminärt värde")


@pytest.mark.parametrize("words", [SWEDISH, ENGLISH], ids=["sv", "en"])
@pytest.mark.parametrize("chart", every_kind(), ids=lambda chart: chart.key)
def test_every_chart_is_told_in_four_sentences(chart: Chart, words: ChartWords) -> None:
    sentences = build_figure(chart, words).sentences
    assert len(sentences) == 4
    assert all(one[0].isupper() and one.endswith((".", "?")) for one in sentences)


@pytest.mark.parametrize("chart", every_kind(), ids=lambda chart: chart.key)
def test_the_table_holds_exactly_the_points_of_the_drawing(chart: Chart) -> None:
    table = build_table(chart, SWEDISH)
    assert len(table.rows) == len(chart.shown)
    for row, one in zip(table.rows, chart.shown, strict=True):
        assert len(row) == len(table.headings)
        assert row[0] == SWEDISH.period(one.point.period, chart.settings.every)
        assert row[1] == ("–" if one.point.value is None else SWEDISH.number(one.point.value))
        assert row[-2] == (SWEDISH.mark(one.mark) if one.mark else "–")


def test_the_table_notes_what_happened_in_a_period() -> None:
    rows = build_table(improved(), SWEDISH).rows
    assert rows[12][-1].endswith("1. Start 30 mars 2026: Ny remissmall i hela länet")
    assert "rättat värde" in [row[-1] for row in build_table(in_phases(), SWEDISH).rows]


def test_the_file_holds_every_point_as_numbers_and_days() -> None:
    chart = limited()
    export = build_export(chart, SWEDISH)
    assert len(export.rows) == len(chart.judgement.points) > len(chart.shown)
    assert export.rows[0][0] == date(2024, 5, 1)
    assert [row[2] for row in export.rows] == [one.point.value for one in chart.judgement.points]


def test_nothing_in_the_file_becomes_a_formula_and_decimals_follow_the_language() -> None:
    settings = improved().settings
    chart = make_chart(shares([50.5, 60.2]), settings, key="x", name='=HYPERLINK("http://x")')
    swedish, english = (chart_csv(chart, words).decode("utf-8-sig") for words in (SWEDISH, ENGLISH))
    assert "\r\n=" not in swedish
    assert ";=" not in swedish
    assert "'=HYPERLINK" in swedish
    assert ";64," not in english
    assert all("," in line.split(";")[2] for line in swedish.splitlines() if line.startswith("2026-01-12"))
    assert all("." in line.split(";")[2] for line in english.splitlines() if line.startswith("2026-01-12"))


def test_a_row_of_the_summary_says_it_all_in_words() -> None:
    row = summarise(improved(), SWEDISH)
    told = [text.replace(SPACE, " ") for text in (row.latest, row.period, row.centre, row.target, row.status)]
    assert told == ["79,1 %", "vecka 27 2026", "median 56,3 %", "80 %", "förbättring"]
    assert row.status_kind == "improvement"
    assert 'role="img"' in row.spark


def test_a_row_without_values_has_dashes_and_no_curve() -> None:
    row = summarise(empty(), SWEDISH)
    assert (row.latest, row.centre, row.spark, row.status) == ("–", "–", "", "för tidigt att bedöma")
    assert summarise(early(), SWEDISH).centre == "–"


@pytest.mark.parametrize(
    ("values", "share", "low", "high"),
    [
        ([52, 80], True, 50, 85),
        ([97, 99.5], True, 96.5, 100),
        ([3, 40], False, 0, 50),
        ([-3, 5], False, -4, 6),
        ([7, 7], False, 6, 8),
        ([], True, 0, 100),
    ],
)
def test_the_axis_is_fitted_with_round_numbers(values: list[float], share: bool, low: float, high: float) -> None:
    axis = fit(values, share=share)
    assert axis.low <= min(values, default=axis.low)
    assert axis.high >= max(values, default=axis.high)
    assert 3 <= len(axis.ticks) <= 9
    assert (axis.low, axis.high) == pytest.approx((low, high), abs=(axis.high - axis.low) / 3)


def test_texts_are_cut_and_broken_where_there_is_no_room() -> None:
    assert shorten("Ny remissmall", 13, 500) == "Ny remissmall"
    cut = shorten("Ny remissmall i hela länet", 13, 80)
    assert cut.endswith("…")
    assert width_of(cut, 13) <= 80
    assert shorten("Ny remissmall", 13, 10) == ""
    assert wrap("ett två tre", 13, 50) == ("ett två", "tre")
