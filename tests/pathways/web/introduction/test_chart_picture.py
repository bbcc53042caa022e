"""The chart is drawn whole: every state is a stop, every move is told, and nothing overlaps."""

from itertools import pairwise

import pytest

from pathways.locale import texts
from pathways.web.chart_picture import ROW, Line, draw_chart
from pathways.wording import Wording
from states.versions import CHARTS, get_outline

CHART = next(iter(CHARTS))


@pytest.fixture(params=["sv", "en"])
def lines(request: pytest.FixtureRequest) -> tuple[Line, ...]:
    """The lines of the chart with an introduction in gap analysis."""
    here = ("active", "track", "gap_analysis", "mapping", "national", "current", "response", "not_due")
    return draw_chart(CHART, Wording(texts(request.param)), here=here)


def test_every_innermost_state_is_a_stop_on_one_line(lines: tuple[Line, ...]) -> None:
    outline = get_outline(CHART)
    inside = [stop.state for line in lines if line.region != "whole" for stop in line.stops]
    assert sorted(inside) == sorted(state for state in outline.order if not outline.children[state] and _below(state))


def _below(state: str) -> bool:
    outline = get_outline(CHART)
    return any(above in outline.parallel for above in outline.lineage(state))


def test_the_live_position_is_marked_once_on_each_line(lines: tuple[Line, ...]) -> None:
    assert [sum(stop.is_here for stop in line.stops) for line in lines] == [1] * len(lines)
    assert all(line.here for line in lines)


def test_stops_stand_apart_and_inside_the_drawing(lines: tuple[Line, ...]) -> None:
    for line in lines:
        heights = [stop.y for stop in line.stops]
        assert all(below - above >= ROW for above, below in pairwise(heights))
        assert heights[-1] < line.height
        assert max(stop.end for stop in line.stops) < line.width


def test_every_move_between_states_is_told_in_words(lines: tuple[Line, ...]) -> None:
    outline = get_outline(CHART)
    moves = [move for move in outline.moves if move.target is not None]
    told = sum(len(one.moves) for line in lines for one in line.told)
    assert told == len(moves)


def test_a_rest_is_marked_where_the_work_rests() -> None:
    lines = draw_chart(CHART, Wording(texts("sv")), here=("paused",), resting=("track", "gap_analysis", "mapping"))
    resting = [stop.state for line in lines for stop in line.stops if stop.rests]
    assert resting == ["mapping"]
    assert [stop.state for line in lines for stop in line.stops if stop.is_here] == ["paused"]
