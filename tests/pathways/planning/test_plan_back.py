"""Back from real meetings of Dalarna's boards: every step, what is late, and the window that cannot be met."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.planning.backward import BackwardPlan, check_window, plan_back
from pathways.planning.consultation import windows_of
from pathways.profiles.load import load_shipped_profile

DALARNA = load_shipped_profile()
HSN_NOVEMBER = date(2021, 11, 23)


def plan(body: str, meeting_on: date, today: date, done: tuple[str, ...] = ()) -> BackwardPlan:
    found = DALARNA.find_body(body)
    assert found is not None
    return plan_back(found, meeting_on, DALARNA, today=today, done=done)


def test_the_way_back_from_the_board_in_november_2021() -> None:
    steps = plan("hsn", HSN_NOVEMBER, date(2021, 6, 9)).steps
    assert [(s.step, s.starts_on.isoformat(), s.ends_on.isoformat()) for s in steps] == [
        ("gap_analysis", "2021-06-23", "2021-08-04"),
        ("plan_draft", "2021-08-04", "2021-08-18"),
        ("comment_round", "2021-08-18", "2021-09-08"),
        ("ksg", "2021-09-08", "2021-09-08"),  # its last meeting fourteen days before LG-HS
        ("lg_hs", "2021-10-18", "2021-10-18"),  # its last meeting by d-35
        ("hand_in", "2021-10-26", "2021-10-26"),
        ("committee", "2021-11-09", "2021-11-09"),
        ("summons", "2021-11-16", "2021-11-16"),
    ]


@pytest.mark.parametrize("meeting_on", [date(2020, 12, 1), date(2021, 4, 20), HSN_NOVEMBER, date(2022, 2, 22)])
def test_steps_of_every_known_board_meeting_keep_the_rule_of_thumb(meeting_on: date) -> None:
    ends = {s.step: (meeting_on - s.ends_on).days for s in plan("hsn", meeting_on, date(2020, 1, 1)).steps}
    assert (ends["summons"], ends["committee"], ends["hand_in"]) == (7, 14, 28)
    assert ends["lg_hs"] >= 35
    assert ends["ksg"] >= 49


def test_a_plan_in_good_time_is_possible_and_nothing_in_it_is_late() -> None:
    found = plan("hsn", HSN_NOVEMBER, date(2021, 6, 9))
    assert found.is_possible
    assert not any(step.is_late for step in found.steps)


def test_the_first_impossible_step_is_named_with_its_working_days() -> None:
    first = plan("hsn", HSN_NOVEMBER, date(2021, 9, 1)).first_impossible
    assert first is not None
    assert (first.step, first.late_by_workdays) == ("gap_analysis", 20)  # 4 Aug to 1 Sep


def test_a_step_that_should_have_begun_is_late_but_not_impossible() -> None:
    found = plan("hsn", HSN_NOVEMBER, date(2021, 6, 28))
    first = found.steps[0]
    assert (first.is_late, first.is_impossible, first.late_by_workdays) == (True, False, 2)
    assert found.is_possible


def test_what_the_board_does_with_papers_that_were_handed_in_is_never_late() -> None:
    before = ("gap_analysis", "plan_draft", "comment_round", "ksg", "lg_hs")
    committee_passed = date(2021, 11, 12)
    found = plan("hsn", HSN_NOVEMBER, committee_passed, done=(*before, "hand_in"))
    assert found.first_impossible is None
    assert [s.step for s in found.steps if not s.is_done] == ["summons"]
    not_handed_in = plan("hsn", HSN_NOVEMBER, committee_passed, done=before).first_impossible
    assert not_handed_in is not None
    assert not_handed_in.step == "hand_in"


def test_a_step_that_is_done_is_never_late() -> None:
    found = plan("hsn", HSN_NOVEMBER, date(2021, 9, 1), done=("gap_analysis", "plan_draft"))
    assert found.first_impossible is None
    assert found.is_possible


def test_when_papers_are_too_late_the_next_meeting_that_can_be_reached_is_told() -> None:
    done = ("gap_analysis", "plan_draft", "comment_round", "ksg", "lg_hs")
    found = plan("hsn", HSN_NOVEMBER, date(2021, 10, 27), done=done)
    assert found.first_impossible is not None
    assert (found.first_impossible.step, found.first_impossible.late_by_workdays) == ("hand_in", 1)
    assert found.earliest_meeting is not None
    assert found.earliest_meeting.meeting_on == date(2021, 12, 21)


def test_a_meeting_in_the_past_is_not_possible() -> None:
    assert not plan("hsn", date(2020, 12, 1), date(2021, 6, 9)).is_possible


def test_the_board_of_2021_06_08_just_meets_the_spring_window() -> None:
    found = check_window(windows_of(2021)[1], DALARNA, today=date(2021, 4, 15))
    assert found.meeting is not None
    assert (found.meeting.meeting_on, found.can_be_met) == (date(2021, 6, 8), True)
    assert found.analysis_workdays == 18  # three to four weeks, as DOMAIN a.3 expects


def test_a_region_that_wakes_up_in_june_cannot_meet_the_window() -> None:
    found = check_window(windows_of(2021)[1], DALARNA, today=date(2021, 6, 1))
    assert not found.can_be_met
    assert found.first_impossible is not None
    assert found.first_impossible.step == "gap_analysis"


def test_a_plan_with_a_window_says_whether_the_response_can_be_decided_in_time() -> None:
    body = DALARNA.find_body("hsn")
    assert body is not None
    window = windows_of(2021)[1]
    found = plan_back(body, HSN_NOVEMBER, DALARNA, today=date(2021, 6, 9), window=window)
    assert found.window is not None
    assert (found.window.window, found.window.can_be_met) == (window, False)


def test_a_window_without_a_meeting_of_the_responding_body_cannot_be_met() -> None:
    bodies = tuple(
        body.model_copy(update={"series": None, "known_meetings": ()}) if body.slug == "rs" else body
        for body in DALARNA.bodies
    )
    found = check_window(windows_of(2021)[1], DALARNA.model_copy(update={"bodies": bodies}), today=date(2021, 4, 15))
    assert (found.meeting, found.can_be_met) == (None, False)


@settings(max_examples=60, deadline=None)
@given(meeting_on=st.dates(date(2021, 1, 1), date(2035, 12, 31)), body=st.sampled_from(["hsn", "rs", "lg_hs", "ksg"]))
def test_steps_come_in_order_on_working_days_before_the_meeting(meeting_on: date, body: str) -> None:
    steps = plan(body, meeting_on, meeting_on - timedelta(days=400)).steps
    ends = [step.ends_on for step in steps]
    assert ends == sorted(ends)
    assert ends[-1] < meeting_on
    assert all(DALARNA.workdays.is_workday(step.starts_on) and step.starts_on <= step.ends_on for step in steps)
