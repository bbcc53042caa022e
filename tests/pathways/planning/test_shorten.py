"""What if a step were shorter: the least that must be given up, and nothing pretended."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.planning.backward import steps_back
from pathways.planning.held_meetings import Kept, days_of
from pathways.planning.shorten import list_shortenings, shorten
from pathways.planning.squeeze import squeeze_of
from pathways.profiles.load import load_shipped_profile
from pathways.profiles.schema import Body

DALARNA = load_shipped_profile()
BOARD = date(2021, 11, 23)


def body(slug: str = "hsn") -> Body:
    found = DALARNA.find_body(slug)
    assert found is not None
    return found


def test_a_shorter_comment_round_lets_all_before_it_end_later() -> None:
    shorter = shorten(DALARNA, "hsn", "comment_round", days=14)
    usual = {one.step: one for one in steps_back(body(), BOARD, DALARNA, today=date(2021, 1, 1))}
    found = {one.step: one for one in steps_back(body(), BOARD, shorter, today=date(2021, 1, 1))}
    assert found["comment_round"].ends_on == usual["comment_round"].ends_on
    assert found["gap_analysis"].ends_on - usual["gap_analysis"].ends_on == timedelta(days=7)
    assert found["hand_in"] == usual["hand_in"]


def test_other_bodies_plans_are_left_alone() -> None:
    shorter = shorten(DALARNA, "hsn", "comment_round", days=14)
    group = body("lg_hs")
    meeting_on = date(2021, 11, 15)
    assert steps_back(group, meeting_on, shorter, today=meeting_on) == steps_back(
        group, meeting_on, DALARNA, today=meeting_on
    )


@pytest.mark.parametrize(("step", "days"), [("comment_round", 21), ("comment_round", 99), ("no_such_step", 1)])
def test_a_step_that_would_not_be_shorter_changes_nothing(step: str, days: int) -> None:
    assert shorten(DALARNA, "hsn", step, days=days) is DALARNA


def test_a_plan_in_time_needs_no_step_to_be_shorter() -> None:
    assert list_shortenings(body(), BOARD, DALARNA, today=date(2021, 6, 9)) == ()


def test_a_plan_five_days_late_is_in_time_with_one_step_five_days_shorter() -> None:
    found = list_shortenings(body(), BOARD, DALARNA, today=date(2021, 6, 28))  # it should have begun on 23 June
    assert {(one.step, one.usual_days - one.days) for one in found} == {
        ("gap_analysis", 5),
        ("plan_draft", 5),
        ("comment_round", 5),
    }


def test_a_plan_far_too_late_is_not_saved_by_any_step() -> None:
    assert list_shortenings(body(), BOARD, DALARNA, today=date(2021, 10, 1)) == ()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 200), st.sampled_from(["hsn", "rs", "lg_hs"]))
def test_every_step_offered_is_enough_and_one_day_more_is_not(days_before: int, slug: str) -> None:
    today = BOARD - timedelta(days=days_before)
    for one in list_shortenings(body(slug), BOARD, DALARNA, today=today):
        for days, is_enough in ((one.days, True), (one.days + 1, False)):
            rules = shorten(DALARNA, slug, one.step, days=days)
            steps = steps_back(body(slug), BOARD, rules, today=today, done=())
            assert (not any(step.is_late for step in steps)) is is_enough


def test_the_squeeze_counts_working_days_and_knows_when_they_are_too_few() -> None:
    steps = steps_back(body(), BOARD, DALARNA, today=date(2021, 7, 19))
    found = squeeze_of(steps, begin=date(2021, 7, 19), workdays=DALARNA.workdays)
    assert found is not None
    assert (found.available, found.planned, found.is_tight) == (12, 29, True)


def test_a_gap_analysis_that_is_done_or_not_in_the_plan_has_no_squeeze() -> None:
    done = steps_back(body(), BOARD, DALARNA, today=BOARD, done=("gap_analysis",))
    assert squeeze_of(done, begin=BOARD, workdays=DALARNA.workdays) is None
    assert squeeze_of(done[1:], begin=BOARD, workdays=DALARNA.workdays) is None


def test_what_a_region_has_written_takes_the_place_of_the_series_between_its_first_and_last_day() -> None:
    kept = [
        Kept("hsn", date(2021, 9, 14), False),
        Kept("hsn", date(2021, 10, 19), True),
        Kept("hsn", date(2021, 12, 21), False),
    ]
    days = days_of(
        body(), kept, first=date(2021, 6, 1), last=date(2022, 3, 31), free_months=(7,), workdays=DALARNA.workdays
    )
    assert [day.isoformat() for day in days] == ["2021-06-15", "2021-09-14", "2021-12-21", "2022-02-22", "2022-03-15"]
