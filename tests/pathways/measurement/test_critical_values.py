"""The critical values of the run rules, computed a second way: in whole numbers, without logarithm or binomials."""

from itertools import accumulate

import pytest

from pathways.measurement.critical import crossings_limit, longest_run_limit

USEFUL = range(10, 101)
# Anhøj and Olesen 2014 (PLoS ONE 9:e113825), table 1.
PRINTED = [(10, 6, 2), (12, 7, 3), (20, 7, 6), (24, 8, 8), (36, 8, 13), (100, 10, 41)]


def longest_in_whole_numbers(useful: int) -> int:
    """The k with 2^(k - 1/2) < n < 2^(k + 1/2), plus three; squared, so that no root is drawn."""
    k = next(k for k in range(64) if useful**2 < 2 ** (2 * k + 1))
    return k + 3


def crossings_by_tossing(useful: int) -> int:
    """Toss a coin between each pair of neighbours and count the ways to every number of crossings."""
    ways = [1]
    for _ in range(useful - 1):
        ways = [one + other for one, other in zip([0, *ways], [*ways, 0], strict=True)]
    return next(k for k, below in enumerate(accumulate(ways)) if below * 20 >= sum(ways))


@pytest.mark.parametrize("useful", USEFUL)
def test_the_longest_run_allowed_is_the_formula(useful: int) -> None:
    assert longest_run_limit(useful) == longest_in_whole_numbers(useful)


@pytest.mark.parametrize("useful", USEFUL)
def test_the_fewest_crossings_allowed_are_the_quantile(useful: int) -> None:
    assert crossings_limit(useful) == crossings_by_tossing(useful)


@pytest.mark.parametrize(("useful", "longest", "crossings"), PRINTED)
def test_a_printed_value_is_met(useful: int, longest: int, crossings: int) -> None:
    assert (longest_run_limit(useful), crossings_limit(useful)) == (longest, crossings)
