"""The table of hints, row by row, and what it says nothing about."""

import pytest

from pathways.measurement.hints import Delivered, Hint, Seen, agrees, chance_of_false_alarm, join_seen, list_hints

YES, PARTLY, NO = Delivered.YES, Delivered.PARTLY, Delivered.NO
BETTER, WORSE, CHANGED, NONE, FEW = Seen.BETTER, Seen.WORSE, Seen.CHANGED, Seen.NONE, Seen.TOO_FEW


@pytest.mark.parametrize(
    ("done", "process", "outcome", "hints"),
    [
        (NO, NONE, NONE, [Hint.FIX_DELIVERY]),
        (NO, BETTER, BETTER, [Hint.FIX_DELIVERY]),
        (NO, None, None, [Hint.FIX_DELIVERY]),
        (YES, BETTER, BETTER, [Hint.WIDEN]),
        (YES, BETTER, NONE, [Hint.KEEP_LONGER]),
        (YES, BETTER, FEW, [Hint.KEEP_LONGER]),
        (YES, BETTER, WORSE, [Hint.STOP_OR_ADJUST]),
        (YES, NONE, BETTER, [Hint.NOT_REACHED]),
        (YES, NONE, NONE, [Hint.NOT_REACHED]),
        (YES, NONE, FEW, [Hint.NOT_REACHED]),
        (YES, NONE, None, [Hint.NOT_REACHED]),
        (YES, FEW, FEW, [Hint.EXTEND]),
        (YES, WORSE, BETTER, [Hint.INVESTIGATE]),
        (PARTLY, WORSE, None, [Hint.INVESTIGATE]),
        (None, WORSE, WORSE, [Hint.INVESTIGATE]),
        (NO, WORSE, NONE, [Hint.FIX_DELIVERY, Hint.INVESTIGATE]),
    ],
)
def test_the_table_says(done: Delivered, process: Seen, outcome: Seen, hints: list[Hint]) -> None:
    assert list(list_hints(done, process, outcome)) == hints


@pytest.mark.parametrize(
    ("done", "process", "outcome"),
    [
        (None, None, None),
        (YES, None, None),
        (YES, BETTER, None),
        (YES, BETTER, CHANGED),
        (YES, CHANGED, BETTER),
        (YES, FEW, BETTER),
        (PARTLY, BETTER, BETTER),
        (PARTLY, NONE, NONE),
    ],
)
def test_what_no_row_fits_is_left_to_the_team(done: Delivered, process: Seen, outcome: Seen) -> None:
    assert list_hints(done, process, outcome) == ()


@pytest.mark.parametrize(
    ("several", "together"),
    [
        ((), None),
        ((FEW,), FEW),
        ((FEW, NONE), NONE),
        ((BETTER, FEW, NONE), BETTER),
        ((CHANGED, NONE), CHANGED),
        ((BETTER, WORSE), WORSE),
    ],
)
def test_what_worsens_is_never_hidden_by_what_betters(several: tuple[Seen, ...], together: Seen | None) -> None:
    assert join_seen(several) is together


@pytest.mark.parametrize(
    ("decision", "hints", "fits"),
    [
        ("keep", (), True),
        ("keep", (Hint.WIDEN,), True),
        ("stop", (Hint.WIDEN,), False),
        ("extend", (Hint.KEEP_LONGER,), True),
        ("adjust", (Hint.FIX_DELIVERY, Hint.INVESTIGATE), True),
        ("stop", (Hint.FIX_DELIVERY, Hint.INVESTIGATE), False),
    ],
)
def test_a_decision_agrees_with_every_hint_or_not(decision: str, hints: tuple[Hint, ...], fits: bool) -> None:
    assert agrees(decision, hints) is fits


@pytest.mark.parametrize(("series", "percent"), [(0, 0), (1, 5), (10, 40), (20, 64)])
def test_of_many_unchanged_curves_some_signal_by_chance(series: int, percent: int) -> None:
    assert chance_of_false_alarm(series) == percent
