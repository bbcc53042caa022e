"""Kaplan and Meier's estimate agrees with published examples, and what goes on never makes anything look quicker."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.measurement.survival import Span, estimate

SPANS = st.lists(st.builds(Span, st.integers(0, 60), st.booleans()), min_size=1, max_size=25)
SHARES = st.sampled_from([Fraction(n, 20) for n in range(1, 20)])


def spans(ended: list[int], running: list[int]) -> list[Span]:
    return [*(Span(days, is_over=True) for days in ended), *(Span(days, is_over=False) for days in running)]


# Kaplan and Meier, "Nonparametric estimation from incomplete observations", J Am Stat Assoc 1958;53:457-481: eight
# items with deaths at 0.8, 3.1, 5.4 and 9.2 months and losses at 1.0, 2.7, 7.0 and 12.1, here in tenths of months.
KAPLAN_MEIER = spans([8, 31, 54, 92], [10, 27, 70, 121])

# Freireich et al., Blood 1963;21:699-716: weeks in remission with and without 6-mercaptopurine; worked out in Kleinbaum
# and Klein, "Survival Analysis: A Self-Learning Text", chapter 2.
TREATED = spans([6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35])
UNTREATED = spans([1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23], [])


def test_the_example_of_the_authors_gives_their_shares() -> None:
    curve = estimate(KAPLAN_MEIER)
    expected = {8: Fraction(7, 8), 31: Fraction(7, 10), 54: Fraction(21, 40), 92: Fraction(21, 80)}
    assert {step.days: step.left for step in curve.steps} == expected
    assert (curve.count, curve.running) == (8, 4)


def test_the_remission_times_give_the_published_table() -> None:
    curve = estimate(TREATED)
    told = [(step.days, step.at_risk, step.ended, f"{float(step.left):.4f}") for step in curve.steps]
    assert told == [
        (6, 21, 3, "0.8571"),
        (7, 17, 1, "0.8067"),
        (10, 15, 1, "0.7529"),
        (13, 12, 1, "0.6902"),
        (16, 11, 1, "0.6275"),
        (22, 7, 1, "0.5378"),
        (23, 6, 1, "0.4482"),
    ]


@pytest.mark.parametrize(("given_spans", "weeks"), [(TREATED, 23), (UNTREATED, 8)])
def test_the_published_medians_are_found(given_spans: list[Span], weeks: int) -> None:
    assert estimate(given_spans).median == weeks


def test_of_what_mostly_goes_on_the_middle_half_has_no_end() -> None:
    assert estimate(TREATED).middle_half == (13, None)
    assert estimate(UNTREATED).middle_half == (4, 12)


def test_of_nothing_nothing_is_known() -> None:
    curve = estimate([])
    assert (curve.median, curve.middle_half, curve.left_after(9)) == (None, (None, None), Fraction(1))


def test_without_anything_running_the_share_left_is_the_share_that_lasted_longer() -> None:
    curve = estimate(UNTREATED)
    for days in range(25):
        assert curve.left_after(days) == Fraction(sum(one.days > days for one in UNTREATED), len(UNTREATED))


@given(SPANS, SHARES)
def test_what_goes_on_never_shortens(given_spans: list[Span], share: Fraction) -> None:
    for n, span in enumerate(given_spans):
        running = [*given_spans[:n], Span(span.days, is_over=False), *given_spans[n + 1 :]]
        before, after = estimate(given_spans).days_until(share), estimate(running).days_until(share)
        assert after is None or (before is not None and after >= before)


@given(SPANS, st.integers(1, 30), SHARES)
def test_waiting_on_never_shortens(given_spans: list[Span], more: int, share: Fraction) -> None:
    longer = [span if span.is_over else Span(span.days + more, is_over=False) for span in given_spans]
    before, after = estimate(given_spans).days_until(share), estimate(longer).days_until(share)
    assert after is None or (before is not None and after >= before)


@given(SPANS)
def test_the_share_left_only_falls_and_stays_a_share(given_spans: list[Span]) -> None:
    left = [step.left for step in estimate(given_spans).steps]
    assert left == sorted(left, reverse=True)
    assert all(0 <= one < 1 for one in left)


@given(SPANS, st.randoms(), st.integers(1, 9))
def test_neither_order_nor_scale_matters(given_spans: list[Span], chance: Random, factor: int) -> None:
    shuffled = list(given_spans)
    chance.shuffle(shuffled)
    assert estimate(shuffled) == estimate(given_spans)
    scaled = estimate(Span(span.days * factor, span.is_over) for span in given_spans)
    median = estimate(given_spans).median
    assert scaled.median == (None if median is None else median * factor)
