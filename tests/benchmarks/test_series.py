"""What judging a series costs: 10,000 series of 60 points, beside NumPy's median of the same array."""

from collections.abc import Callable
from datetime import date
from random import Random

import numpy as np
import pytest

from pathways.measurement import analyse_runs, analyse_xmr
from pathways.measurement.calendar import Every, step
from pathways.measurement.judge import judge
from pathways.measurement.series import Phase, Point, RuleSet, Settings
from tests.benchmarks.table import Line, Sheet
from tests.benchmarks.timing import seconds_of

pytestmark = pytest.mark.benchmark

SERIES = 10_000
POINTS = 60
BASELINE = 24
START = date(2022, 1, 3)
GOAL = 1000.0  # microseconds a series: forty charts of a page then cost a seventh of its 300 ms


def draw() -> list[list[float]]:
    chance = Random("benchmark")
    return [[chance.gauss(50, 5) for _ in range(POINTS)] for _ in range(SERIES)]


def each(analyse: Callable[[list[float]], object], series: list[list[float]]) -> float:
    """Microseconds for one series, the best of three passes: what lies above is the machine."""

    def run() -> None:
        for values in series:
            analyse(values)

    return min(seconds_of(run) for _ in range(3)) / len(series) * 1e6


def judged(rules: RuleSet) -> Callable[[list[float]], object]:
    settings = Settings(every=Every.WEEK, rules=rules)
    periods = [step(START, Every.WEEK, n) for n in range(POINTS)]
    phase = Phase(starts=START, frozen_through=periods[BASELINE - 1])
    today = step(periods[-1], Every.WEEK)

    def analyse(values: list[float]) -> object:
        points = [Point(period=period, value=value) for period, value in zip(periods, values, strict=True)]
        return judge(points, settings=settings, phases=[phase], today=today)

    return analyse


def test_ten_thousand_series_are_analysed(sheet: Sheet) -> None:
    series = draw()
    array = np.array(series)
    whole = min(seconds_of(lambda: np.median(array, axis=1)) for _ in range(5)) / SERIES * 1e6
    single = each(lambda values: np.median(np.array(values)), series)
    ways: dict[str, Callable[[list[float]], object]] = {
        "run rules": analyse_runs,
        "XmR rules": analyse_xmr,
        "whole judgement, run chart": judged(RuleSet.RUNS),
        "whole judgement, XmR": judged(RuleSet.XMR),
    }
    for name, analyse in ways.items():
        taken = each(analyse, series)
        sheet.lines.append(
            Line(
                f"series of {POINTS} points: {name}",
                "none",
                f"{taken:.1f} µs",
                f"NumPy median {whole:.2f} µs as one array, {single:.1f} µs one by one",
                f"{taken / whole:.0f} and {taken / single:.1f}",
                f"< {GOAL:g} µs",
                taken < GOAL,
            )
        )
    sheet.note(f"Series: {SERIES} of {POINTS} normal values, best of three passes; figure is times NumPy's median.")
