"""How often each rule set speaks: normal values, a frozen baseline of twelve, then more with a shift or none.

The expected shares are those of our method's own simulation (section "What a three-month loop can show"), each from
3 000 runs; two such figures may differ by three of their common standard errors, and by rounding.
"""

from collections.abc import Callable, Sequence
from itertools import product
from math import sqrt
from random import Random

import pytest

from pathways.measurement import analyse_runs, analyse_xmr
from pathways.measurement.classic import find_shifts, find_trends
from pathways.measurement.judge import Status
from pathways.measurement.series import Direction, RuleSet
from pathways.measurement.values import middle
from tests.pathways.measurement.making import frozen, judged, rules

BASELINE = 12
RUNS = 3000
SHIFTS = (0.0, 1.0, 1.5, 2.0)
# new points -> per shift: run rules, XmR rules, classic rules; per cent
EXPECTED = {
    3: ((2, 8, 18), (3, 23, 22), (3, 41, 27), (4, 61, 29)),
    6: ((3, 17, 28), (12, 48, 55), (21, 70, 75), (25, 86, 90)),
    9: ((7, 24, 38), (37, 65, 68), (64, 88, 85), (85, 98, 95)),
    13: ((7, 32, 49), (44, 78, 79), (71, 95, 94), (90, 99, 99)),
}


def by_runs(values: Sequence[float]) -> bool:
    return analyse_runs(values, centre=middle(values[:BASELINE])).signal


def by_xmr(values: Sequence[float]) -> bool:
    return any(analyse_xmr(values, baseline=BASELINE).labels[BASELINE:])


def by_classic(values: Sequence[float]) -> bool:
    return bool(find_shifts(values, middle(values[:BASELINE])) or find_trends(values))


RULES: tuple[Callable[[Sequence[float]], bool], ...] = (by_runs, by_xmr, by_classic)
CELLS = [
    pytest.param(rule, new, shift, EXPECTED[new][n][column], id=f"{rule.__name__} {new} new, shift {shift}")
    for (column, rule), new, (n, shift) in product(enumerate(RULES), EXPECTED, enumerate(SHIFTS))
]


def draw(chance: Random, new: int, shift: float) -> list[float]:
    return [chance.gauss(0, 1) for _ in range(BASELINE)] + [chance.gauss(shift, 1) for _ in range(new)]


def sampling_error(share: float, runs: int) -> float:
    return 3 * sqrt(share * (1 - share) * (1 / runs + 1 / RUNS)) + 0.005


@pytest.mark.slow
@pytest.mark.parametrize(("rule", "new", "shift", "percent"), CELLS)
def test_a_rule_set_speaks_as_often_as_expected(
    rule: Callable[[Sequence[float]], bool], new: int, shift: float, percent: int
) -> None:
    chance = Random(f"{rule.__name__} {new} {shift}")
    share = sum(rule(draw(chance, new, shift)) for _ in range(RUNS)) / RUNS
    assert share == pytest.approx(percent / 100, abs=sampling_error(percent / 100, RUNS))


@pytest.mark.parametrize(("new", "shift", "percent"), [(6, 0.0, 3), (13, 0.0, 7), (13, 2.0, 90)])
def test_a_judged_series_speaks_as_often_as_its_rules(new: int, shift: float, percent: int) -> None:
    chance, runs = Random(f"judged {new} {shift}"), 400
    spoken = sum(
        judged(draw(chance, new, shift), rules(), frozen(BASELINE)).status is not Status.QUIET for _ in range(runs)
    )
    assert spoken / runs == pytest.approx(percent / 100, abs=sampling_error(percent / 100, runs))


@pytest.mark.slow
def test_a_planted_shift_is_called_by_its_direction() -> None:
    chance = Random("direction")
    told = [
        judged(draw(chance, 13, 2.0), rules(RuleSet.RUNS, Direction.LOWER), frozen(BASELINE)).status for _ in range(500)
    ]
    assert told.count(Status.IMPROVEMENT) < 5
    assert told.count(Status.CONCERN) > 350
