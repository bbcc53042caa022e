"""Times lie on the line where their days are; a middle without a known end stays open, and few are drawn one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.measurement.lasting import Lasted, lasted
from pathways.measurement.survival import Span
from pathways.web.flow_picture import MOST_TICKS, Scale, scale_of


def known(*days: int, running: tuple[int, ...] = ()) -> Lasted:
    spans = [*(Span(one, is_over=True) for one in days), *(Span(one, is_over=False) for one in running)]
    return lasted({n: [span] for n, span in enumerate(spans)})


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=12))
def test_every_time_lies_on_the_line_and_the_ticks_are_few(days: list[int]) -> None:
    scale = scale_of([known(*days)])
    assert scale.last >= max(days) or scale.step * (MOST_TICKS - 1) < max(days)
    assert 2 <= len(scale.ticks) <= MOST_TICKS
    assert all(0 <= scale.x(one) <= 100 for one in days)


@pytest.mark.parametrize(
    ("days", "last", "step"), [(0, 1, 1), (7, 8, 2), (132, 150, 30), (240, 240, 60), (400, 450, 90)]
)
def test_the_line_is_long_enough_in_round_steps(days: int, last: int, step: int) -> None:
    scale = scale_of([known(days)])
    assert (scale.last, scale.step) == (last, step)


def test_of_many_the_middle_is_drawn_and_what_goes_on() -> None:
    row = Scale(100, 20).row(known(10, 20, 30, 40, 50, 60, 70, running=(5,)))
    assert (row.left, row.median, row.right, row.is_open) == (20, 40, 60, False)
    assert [(dot.x, dot.is_over) for dot in row.dots] == [(5, False)]


def test_a_middle_whose_end_nobody_knows_is_open_to_the_edge() -> None:
    row = Scale(100, 20).row(known(10, 20, 30, running=(40, 40, 40)))
    assert (row.right, row.is_open) == (100, True)


@pytest.mark.parametrize("some", [known(10, running=(20,)), known(10, running=(20, 30, 40, 50, 60))])
def test_where_no_middle_can_be_told_every_one_is_drawn(some: Lasted) -> None:
    row = Scale(100, 20).row(some)
    assert (row.left, row.median) == (None, None)
    assert len(row.dots) == len(some.spans)
    assert row.dots[0].is_over
