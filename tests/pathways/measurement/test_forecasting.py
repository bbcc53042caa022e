"""Forecasts tell the rank nearest to the share, hold the slow against the slow, and are judged without flattery."""

from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.measurement.forecasting import (
    FEWEST,
    Calibration,
    Forecast,
    History,
    Place,
    Way,
    calibrate,
    chance_by,
    forecast,
    look_back,
)

FIRST = date(2020, 1, 1)
TODAY = date(2026, 1, 1)


def after(days: int, since: date = FIRST) -> date:
    return since + timedelta(days=days)


def way(*stages: int, began: date = FIRST, known_until: date = TODAY) -> Way:
    """A way that came to the stages after so many days each."""
    reached, on = {0: began}, began
    for number, days in enumerate(stages, start=1):
        on = after(days, on)
        reached[number] = on
    return Way({stage: day for stage, day in reached.items() if day <= known_until}, known_until)


def here(days: int = 0) -> Place:
    return Place(0, after(-days, TODAY), TODAY)


def told(place: Place, own: list[Way], others: list[Way] | None = None, milestone: int = 1) -> Forecast | None:
    return forecast(place, milestone, History(own, others or []))


def days_of(found: Forecast | None) -> tuple[int, int]:
    assert found is not None
    assert found.likely is not None
    assert found.safe is not None
    return (found.likely - TODAY).days, (found.safe - TODAY).days


@pytest.mark.parametrize(
    ("count", "likely", "safe"),
    # Of count and one more: the rank nearest to a half, and the first that is no less than 85 of a hundred.
    [(8, 4, 8), (9, 5, 9), (10, 5, 10), (12, 6, 12), (13, 7, 12), (19, 10, 17), (39, 20, 34)],
)
def test_the_safe_day_is_the_first_that_85_of_a_hundred_reach(count: int, likely: int, safe: int) -> None:
    assert days_of(told(here(), [way(n) for n in range(1, count + 1)])) == (likely, safe)


def test_too_few_tell_nothing() -> None:
    ways = [way(n) for n in range(1, FEWEST)]
    assert told(here(), ways) is None
    assert told(here(), [*ways, way(99)]) is not None


def test_while_most_are_still_on_their_way_nothing_is_promised() -> None:
    came, going = [way(n) for n in range(1, 9)], [way(2000, known_until=after(5)) for _ in range(5)]
    assert told(here(), [*came, *going[:4]]) is not None
    assert told(here(), [*came, *going]) is None


def test_own_history_comes_first_and_others_fill_in() -> None:
    own, others = [way(n) for n in range(11, 19)], [way(n) for n in range(101, 140)]
    enough, thin = told(here(), own, others), told(here(), own[:7], others)
    assert enough is not None
    assert thin is not None
    assert (enough.is_own, enough.told_by) == (True, 8)
    assert (thin.is_own, thin.told_by) == (False, 46)


def test_the_slow_are_held_against_the_slow() -> None:
    ways = [way(n * 10) for n in range(1, 31)]
    fresh, stuck = days_of(told(here(), ways)), days_of(told(here(150), ways))
    assert fresh[0] == 150
    assert stuck == (80, 140)  # the 8th and 14th of fifteen, which took 10, 20, ... 150 days more


def test_who_left_on_the_very_day_is_no_measure_for_who_is_still_there() -> None:
    gone, there = [way(30) for _ in range(20)], [way(40 + n) for n in range(9)]
    assert days_of(told(here(30), [*gone, *there])) == (14, 18)
    assert days_of(told(here(), [*gone, *there])) == (30, 45)


def test_of_one_slower_than_all_before_nothing_is_said() -> None:
    assert told(here(400), [way(n * 10) for n in range(1, 31)]) is None


def test_what_was_not_known_yet_is_not_used() -> None:
    ways = [way(n) for n in range(1, 40)]
    early = Place(0, after(30), after(30))
    assert forecast(early, 1, History(ways)) is not None  # nine were still on their way
    assert forecast(Place(0, after(5), after(5)), 1, History(ways)) is None


def test_a_milestone_further_off_is_never_sooner() -> None:
    ways = [way(n, 40 - n, 7) for n in range(1, 31)]
    (first, _), (second, _), (third, _) = (days_of(told(here(), ways, milestone=n)) for n in (1, 2, 3))
    assert first <= second <= third


def test_the_chance_to_be_in_time_is_the_share_that_was() -> None:
    history = History([way(n) for n in range(1, 11)])
    assert chance_by(after(4, TODAY), here(), 1, history) == Fraction(4, 10)
    assert chance_by(after(99, TODAY), here(), 1, history) == 1
    assert chance_by(after(-1, TODAY), here(), 1, history) is None


@given(st.lists(st.integers(1, 300), min_size=FEWEST, max_size=30), st.integers(1, 50))
def test_a_beginning_moved_moves_the_forecast(days: list[int], by: int) -> None:
    found = told(here(), [way(one) for one in days])
    assert found is not None
    moved = found.moved(timedelta(days=by))
    assert days_of(moved) == tuple(one + by for one in days_of(found))


@given(st.lists(st.integers(1, 300), min_size=FEWEST, max_size=30))
def test_what_is_likely_is_never_later_than_what_is_safe(days: list[int]) -> None:
    likely, safe = days_of(told(here(), [way(one) for one in days]))
    assert min(days) <= likely <= safe <= max(days)


def test_among_equals_85_of_a_hundred_promises_hold() -> None:
    """Regions whose times are drawn from one law: no promise can be better judged than here."""
    chance, totals = Random(7), Calibration(0, 0, 0)
    for _ in range(12):
        days = [round(chance.lognormvariate(4, 0.7)) + 1 for _ in range(60)]
        own = {n: way(one, began=after(14 * n), known_until=after(2000)) for n, one in enumerate(days)}
        found = calibrate(look_back(own, (), most=40), own)
        totals = Calibration(totals.judged + found.judged, totals.kept + found.kept, totals.early + found.early)
    assert totals.judged > 400
    assert totals.share is not None
    assert 0.80 <= totals.share <= 0.90
    assert 0.45 <= totals.early / totals.judged <= 0.60


def test_what_may_yet_come_is_not_judged() -> None:
    own = {n: way(10 + n, began=after(20 * n)) for n in range(12)}
    own[99] = way(4000, began=after(-3, TODAY), known_until=TODAY)
    issued = [one for one in look_back(own, ()) if one.whose == 99]
    assert [one.came_on for one in issued] == [None]
    assert calibrate(issued, own) == Calibration(0, 0, 0)


def test_a_promise_whose_day_has_passed_was_broken() -> None:
    own = {n: way(10 + n, began=after(20 * n)) for n in range(12)}
    own[99] = way(4000, began=after(-300, TODAY), known_until=TODAY)
    issued = [one for one in look_back(own, ()) if one.whose == 99]
    assert calibrate(issued, own) == Calibration(judged=1, kept=0, early=0)
    assert calibrate([], own).share is None


def test_who_was_stopped_before_the_day_is_not_judged() -> None:
    own = {n: way(10 + n, began=after(20 * n)) for n in range(12)}
    own[99] = way(4000, began=after(-300, TODAY), known_until=after(-299, TODAY))
    assert calibrate([one for one in look_back(own, ()) if one.whose == 99], own).judged == 0
