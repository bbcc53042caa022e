"""What lies ahead is told from the planned day first, then from what is usual, then from the profile's lead times."""

from datetime import date, timedelta

import pytest

from pathways.profiles.load import load_shipped_profile
from pathways.queries.forecast import Ahead, Here, look_ahead
from pathways.queries.usual import Usual
from states.snapshot import Phase

PROFILE = load_shipped_profile()
TODAY = date(2021, 6, 9)
USUAL = {str(phase): Usual(60, 9, is_own=True) for phase in Phase}


def ahead(phase: str, days: int = 10, ends_on: date | None = None, *, usual: bool = True) -> tuple[Ahead, ...]:
    here = Here(phase=phase, days_so_far=days, ends_on=ends_on)
    return look_ahead(here, USUAL if usual else {}, PROFILE, today=TODAY)


@pytest.mark.parametrize(
    ("phase", "phases"),
    [
        ("preparation", ["preparation", "gap_analysis", "prioritisation", "implementation"]),
        ("gap_analysis", ["gap_analysis", "prioritisation", "implementation"]),
        ("implementation", ["implementation", "learning"]),
        ("learning", ["learning", "implementation"]),
        ("celebration", ["celebration", "finished"]),
        ("finished", ["finished"]),
    ],
)
def test_the_forecast_ends_at_the_next_loop_or_with_the_follow_ups(phase: str, phases: list[str]) -> None:
    assert [one.phase for one in ahead(phase)] == phases


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("usual", [True, False])
def test_one_stretch_begins_where_the_one_before_ends_and_the_first_today(phase: str, usual: bool) -> None:
    found = ahead(phase, usual=usual)
    assert found[0].from_on == TODAY
    assert [one.from_on for one in found[1:]] == [one.until_on for one in found[:-1]]
    assert all(one.until_on > one.from_on for one in found)


def test_the_rest_of_a_phase_is_what_is_usual_less_what_has_gone() -> None:
    first = ahead("gap_analysis", days=10)[0]
    assert (first.until_on, first.basis) == (TODAY + timedelta(days=50), "usual")


def test_a_planned_day_comes_before_what_is_usual() -> None:
    first = ahead("prioritisation", ends_on=date(2021, 6, 15))[0]
    assert (first.until_on, first.basis) == (date(2021, 6, 15), "known")


def test_a_phase_that_should_be_over_has_no_rest_and_the_next_begins_today() -> None:
    first = ahead("gap_analysis", days=400)[0]
    assert (first.phase, first.from_on) == ("prioritisation", TODAY)


def test_where_too_few_have_been_through_the_profiles_lead_times_are_told() -> None:
    first = ahead("gap_analysis", days=0, usual=False)[0]
    steps = {"gap_analysis": 42, "plan_draft": 14, "comment_round": 21}  # the way back from the board, in the profile
    assert (first.until_on, first.basis) == (TODAY + timedelta(days=sum(steps.values())), "planned")


def test_how_long_work_lasts_between_loops_is_always_the_regions_own_rule() -> None:
    stretch = ahead("learning")[-1]
    assert stretch.basis == "planned"
    assert stretch.until_on == PROFILE.workdays.next_workday(PROFILE.workdays.months_after(stretch.from_on, 3))
