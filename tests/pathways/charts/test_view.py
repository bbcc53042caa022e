"""Which points of a long series are in view, and that the small print says what is not."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pathways.charts.chart import Chart
from pathways.charts.figure import notes
from pathways.measurement.calendar import Every
from pathways.measurement.series import Direction, Settings
from tests.pathways.charts.samples import SWEDISH, WEEKLY, make_chart, shares

WEEKS = 80
LONG = make_chart(
    shares([50 + n % 7 for n in range(WEEKS)]),
    Settings(every=Every.WEEK, direction=Direction.HIGHER, share=True),
    key="lang",
    name="Lång",
    window=24,
)


def in_view(chart: Chart) -> tuple[int, int]:
    """Returns which weeks of the series are the first and the last in view."""
    first, last = ((one.point.period - WEEKLY).days // 7 for one in (chart.shown[0], chart.shown[-1]))
    return first, last


def week(number: int) -> date:
    return WEEKLY + timedelta(weeks=number)


@pytest.mark.parametrize(
    ("turn", "seen"),
    [
        (None, (56, 79)),
        (week(40), (32, 55)),
        (week(40) + timedelta(days=3), (33, 56)),
        (week(3), (0, 23)),
        (week(75), (56, 79)),
        (week(-20), (0, 23)),
        (week(200), (56, 79)),
    ],
    ids=["none", "amid", "within a week", "early", "late", "before all", "after all"],
)
def test_a_third_of_the_view_lies_before_the_turn_where_there_is_one(turn: date | None, seen: tuple[int, int]) -> None:
    assert in_view(replace(LONG, turn=turn)) == seen


def test_the_small_print_says_what_lies_before_and_after_the_view() -> None:
    told = notes(replace(LONG, turn=week(40)), SWEDISH)
    assert "32 äldre värden visas inte i bilden men finns i filen." in told
    assert "24 nyare värden visas inte i bilden men finns i filen." in told


def test_a_short_series_is_in_view_as_a_whole() -> None:
    short = make_chart(shares([50, 52, 51]), LONG.settings, key="kort", name="Kort")
    turned = replace(short, turn=week(1))
    assert (in_view(turned), turned.hidden, turned.later) == ((0, 2), 0, 0)
