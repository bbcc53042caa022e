"""What may be said of times: singles of the few, the middle of several; and how much of a plan is done."""

from fractions import Fraction

import pytest

from pathways.measurement.lasting import Done, is_slow, lasted
from pathways.measurement.survival import Span


def over(*days: int) -> list[Span]:
    return [Span(one, is_over=True) for one in days]


def test_of_four_the_single_values_are_listed_and_of_five_the_middle() -> None:
    four = lasted({n: over(n * 10) for n in range(1, 5)})
    five = lasted({n: over(n * 10) for n in range(1, 6)})
    assert [span.days for span in four.singles] == [10, 20, 30, 40]
    assert (four.has_middle, five.has_middle, five.singles) == (False, True, ())
    assert five.curve.median == 30


def test_who_has_been_there_twice_counts_once() -> None:
    assert lasted({1: over(10, 20, 30), 2: over(5, 6), 3: []}).subjects == 2


def test_slow_is_what_has_gone_on_for_longer_than_half_took() -> None:
    known = lasted({n: over(n * 10) for n in range(1, 6)})
    assert not is_slow(30, known)
    assert is_slow(31, known)
    assert not is_slow(999, lasted({1: over(10)}))


@pytest.mark.parametrize(
    ("done", "share"),
    [(Done(4, 10, 1), Fraction(4, 9)), (Done(0, 5), Fraction(0)), (Done(0, 3, 3), None), (Done(0, 0), None)],
)
def test_what_need_not_be_done_is_left_out_and_what_was_skipped_is_not(done: Done, share: Fraction | None) -> None:
    assert done.share == share
