"""Charts small enough to check by hand, and one that is printed in a textbook."""

from math import inf, nan

import pytest

from pathways.measurement import analyse_runs, analyse_xmr
from pathways.measurement.marks import Mark, Rule, Side

# D. C. Montgomery, Introduction to Statistical Quality Control, example 6.5 (weekly cost of processing loan
# applications, 20 weeks): mean 300.5, mean moving range 7.79, limits 279.78 and 321.22.
LOANS = [310, 288, 297, 298, 307, 303, 294, 297, 308, 306, 294, 299, 297, 299, 314, 295, 293, 306, 301, 304]


def test_a_textbooks_limits_are_found() -> None:
    found = analyse_xmr(LOANS)
    assert found.mean_range == pytest.approx(7.7895, abs=1e-4)
    assert (found.lower, found.mean, found.upper) == pytest.approx((279.78, 300.5, 321.22))


def test_near_limits_lie_two_thirds_of_the_way() -> None:
    found = analyse_xmr([0, 3, 0, 3])
    assert (found.near_lower, found.near_upper) == pytest.approx((1.5 - 5.32, 1.5 + 5.32))


def test_ten_values_split_in_two_halves_have_one_crossing_and_no_long_run() -> None:
    found = analyse_runs([1, 1, 1, 1, 1, 2, 2, 2, 2, 2])
    assert (found.centre, found.useful, found.longest_run, found.crossings) == (1.5, 10, 5, 1)
    assert (found.signal, found.few_crossings, found.long_runs) == (True, True, ())


@pytest.mark.parametrize(("length", "signal"), [(6, False), (7, True)])
def test_a_run_as_long_as_the_limit_is_no_signal(length: int, signal: bool) -> None:
    """Ten useful points: six is the limit. The others change sides, so that crossings are enough."""
    found = analyse_runs([*[1] * length, *[-1, 1, -1, 1][: 10 - length]], centre=0)
    assert (found.longest_run_limit, bool(found.long_runs)) == (6, signal)


@pytest.mark.parametrize(("crossings", "signal"), [(2, False), (1, True)])
def test_as_few_crossings_as_the_limit_is_no_signal(crossings: int, signal: bool) -> None:
    values = [1, 1, 1, 1, -1, -1, -1, 1, 1, 1] if crossings == 2 else [1] * 5 + [-1] * 5
    found = analyse_runs(values, centre=0)
    assert (found.crossings, found.crossings_limit, found.few_crossings) == (crossings, 2, signal)


def test_a_point_on_the_line_neither_breaks_nor_lengthens_a_run() -> None:
    found = analyse_runs([1, 1, 1, 0, 1, 1, 1, 1, None, -1, 1, -1], centre=0)
    assert found.longest is not None
    assert (found.longest_run, found.longest.places) == (7, (0, 1, 2, 4, 5, 6, 7))


def test_below_ten_useful_points_the_rules_are_silent() -> None:
    found = analyse_runs([1] * 9, centre=0)
    assert (found.signal, found.longest_run_limit, found.crossings_limit) == (False, None, None)


def test_the_median_of_an_even_number_is_the_mean_of_the_two_in_the_middle() -> None:
    assert analyse_runs([4, 1, 3, 2]).centre == 2.5


@pytest.mark.parametrize("missing", [None, nan, inf])
def test_what_is_no_number_is_missing(missing: float | None) -> None:
    assert analyse_runs([1, missing, 3]).centre == 2
    assert analyse_xmr([1, missing, 3]).labels == (None, None, None)


@pytest.mark.parametrize("values", [[], [None, None]])
def test_nothing_gives_nothing(values: list[float | None]) -> None:
    runs, xmr = analyse_runs(values), analyse_xmr(values)
    assert (runs.useful, runs.signal, runs.centre) == (0, False, None)
    assert (xmr.mean, xmr.lower, xmr.labels) == (None, None, (None,) * len(values))


def test_one_value_has_a_mean_and_no_limits() -> None:
    found = analyse_xmr([5])
    assert (found.mean, found.upper, found.is_flat) == (5, None, True)


def test_a_very_wide_range_is_left_out_once_and_counted() -> None:
    """Ranges 1 1 1 1 1 1 1 1 20 20: their mean is 4.8, and 20 is not below 3.267 times that."""
    values = [0, 1, 0, 1, 0, 1, 0, 1, 0, 20, 0]
    screened, whole = analyse_xmr(values), analyse_xmr(values, screen=False)
    assert (screened.left_out, screened.ranges, screened.mean_range) == (2, 10, 1)
    assert (whole.left_out, whole.mean_range) == pytest.approx((0, 4.8))


def test_frozen_lines_come_from_the_first_values_alone() -> None:
    assert analyse_xmr([1, 2, 1, 2, 90, 95], baseline=4).mean == 1.5


def test_a_label_is_the_first_match_and_its_word_follows_the_direction() -> None:
    values = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 9]
    found = analyse_xmr(values, baseline=12, higher_is_better=False)
    assert (found.labels[-1], found.marks[-1]) == (Rule.OUTSIDE, Mark.CONCERN)
    assert analyse_xmr(values, baseline=12, higher_is_better=True).marks[-1] is Mark.IMPROVEMENT
    assert analyse_xmr(values, baseline=12).marks[-1] is Mark.UP


def test_a_point_in_two_trends_belongs_to_the_later() -> None:
    values = [1.0, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1]
    turning = [one for one in analyse_xmr(values).stretches if 6 in one.places and one.rule is Rule.TREND]
    assert [one.side for one in turning] == [Side.ABOVE, Side.BELOW]
    assert analyse_xmr(values, higher_is_better=True).marks[6] in {Mark.CONCERN, Mark.IMPROVEMENT}


def test_equal_shares_are_equal_values() -> None:
    """Counts are divided once, so that 1 of 3 and 2 of 6 tie."""
    assert 100 * 1 / 3 == 100 * 2 / 6
