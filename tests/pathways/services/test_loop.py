"""Learning loops on their days, what they decide, the celebration, and the follow-ups after it."""

from datetime import date, timedelta

import pytest

from pathways.models.introduction import Timer, TimerKind, TimerState
from pathways.models.loop import Celebration, FollowUp, LearningLoop, LoopState
from pathways.models.plan import Activity
from tests.pathways.drive import Driver
from tests.pathways.services.conftest import At
from tests.pathways.services.judge import Data, own, person_id, refusal, row, rows, told

REVIEW: Data = {"attendees": ["lag_chair"], "decision": "continue", "summary": "Det går framåt"}


def review(driver: Driver, **change: object) -> Data:
    return {**REVIEW, "held_on": driver.today.isoformat(), **change}


def test_a_loop_that_is_due_is_opened_without_a_reason(at: At) -> None:
    driver = at("executing")
    driver.open_due_loop()
    loop = row(driver, LearningLoop)
    assert (loop["number"], loop["state"], loop["opened_on"]) == (1, LoopState.OPEN, driver.today)


def test_an_early_loop_needs_a_reason(at: At) -> None:
    driver = at("executing")
    assert refusal(driver, "open_loop") == "reason_missing"
    driver.do("open_loop", reason="Nya siffror")
    assert row(driver, LearningLoop)["number"] == 1


def test_opening_a_loop_settles_its_timer(at: At) -> None:
    driver = at("reviewing")
    timer = row(driver, Timer, kind=TimerKind.LEARNING_LOOP)
    assert (timer["state"], timer["settled_at"]) == (TimerState.FIRED, driver.clock.now())


@pytest.mark.parametrize(
    ("decision", "place"), [("continue", "executing"), ("adjust", "adjusting"), ("finish", "evaluating")]
)
def test_a_held_loop_moves_as_it_decided(at: At, decision: str, place: str) -> None:
    driver = at("reviewing")
    checks = {"hold_check_done": True, "indicators_secured": True}
    assert driver.do("hold_loop", by="ordf", **review(driver, decision=decision, **checks)).place == place
    loop = row(driver, LearningLoop)
    assert (loop["state"], loop["decision"], loop["attendees"]) == (LoopState.HELD, decision, ["lag_chair"])


def test_a_loop_may_decide_on_a_rest_and_goes_on_as_before_after_it(at: At) -> None:
    driver = at("reviewing")
    until = (driver.today + timedelta(days=40)).isoformat()
    receipt = driver.do("hold_loop", reason="Personalbrist", **review(driver, decision="pause", until_on=until))
    assert receipt.place == "paused"
    assert driver.do("resume").place == "executing"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"decision": "finish"}, "hold_check_missing indicators_unsecured"),
        ({"decision": "finish", "hold_check_done": True}, "indicators_unsecured"),
        ({"decision": "sleep"}, "decision:order.one_of"),
        ({"decision": "pause"}, "order.rule"),
        ({"until_on": "2030-01-01"}, "order.rule"),
        ({"decision": "pause", "until_on": "2021-01-01"}, "error.not_in_the_future"),
        ({"attendees": []}, "attendees:order.empty_list"),
        ({"attendees": ["Kalle"]}, "attendees.0:order.one_of"),
        ({"summary": " a "}, "summary:order.too_short"),
        ({"held_on": "2030-01-01"}, "error.not_in_the_past"),
        ({"hold_check_done": "kanske"}, "hold_check_done:order.yes_no"),
    ],
)
def test_a_review_that_makes_no_sense_is_refused(at: At, change: Data, sentence: str) -> None:
    driver = at("reviewing")
    assert refusal(driver, "hold_loop", by="ordf", **review(driver, **change)) == sentence


def test_a_rest_that_a_loop_decides_has_the_review_for_its_reason(at: At) -> None:
    driver = at("reviewing")
    until = (driver.today + timedelta(days=40)).isoformat()
    driver.do("hold_loop", **review(driver, decision="pause", until_on=until))
    reasons = {one.values["reason"] for one in told(driver.app) if one.kind == "paused"}
    assert reasons == {REVIEW["summary"]}


def test_no_loop_is_held_that_is_not_open(at: At) -> None:
    driver = at("executing")
    assert refusal(driver, "hold_loop", **review(driver)) == "error.no_loop_open"


def test_loops_are_three_months_apart_from_the_anchor_whenever_they_are_held(at: At) -> None:
    driver = at("reviewing")
    driver.go_to(driver.today + timedelta(days=9))
    driver.hold_loop()
    anchor: date = own(driver)["anchor_on"]
    following = row(driver, Timer, state=TimerState.LIVE)
    assert (anchor.isoformat(), following["occurrence"]) == ("2021-09-22", 2)
    assert following["due_at"].date().isoformat() == "2022-03-22"


def test_loops_that_passed_in_a_rest_are_written_as_skipped(at: At) -> None:
    driver = at("executing")
    driver.do("pause", reason="Pandemi", until_on=(driver.today + timedelta(days=10)).isoformat())
    driver.go_to(driver.today + timedelta(days=200))  # past the loops of December and March
    driver.do("resume")
    assert [(loop["number"], loop["state"]) for loop in rows(driver, LearningLoop)] == [
        (1, LoopState.SKIPPED),
        (2, LoopState.SKIPPED),
    ]
    assert row(driver, Timer, state=TimerState.LIVE)["occurrence"] == 3


def test_a_plan_that_was_not_touched_is_not_adjusted(at: At) -> None:
    assert refusal(at("adjusting"), "adopt_adjusted_plan") == "plan_not_revised"


def test_a_new_activity_of_an_adjusted_plan_needs_owner_and_deadline(at: At) -> None:
    driver = at("adjusting")
    driver.do("plan_activity", title="Ny rutin", kind="routine")
    assert rows(driver, Activity)[-1]["from_loop"] == 1
    assert refusal(driver, "adopt_adjusted_plan") == "new_activities_incomplete"
    new = rows(driver, Activity)[-1]["ref"]
    driver.do("update_activity", activity=new, responsible="res", due_on="2022-06-01")
    assert driver.do("adopt_adjusted_plan").place == "executing"


def test_an_adjustment_before_does_not_count_for_the_next(at: At) -> None:
    driver = at("adjusting")
    driver.adopt_adjusted_plan()
    driver.open_due_loop()
    driver.hold_loop("adjust")
    assert refusal(driver, "adopt_adjusted_plan") == "plan_not_revised"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"evaluation": ""}, "evaluation:order.too_short"),
        ({"held_on": "2030-01-01"}, "error.not_in_the_past"),
        ({"receiver": "ingen"}, "error.unknown_person"),
        ({"receiver": None}, "receiver:order.text"),
    ],
)
def test_a_celebration_that_makes_no_sense_is_refused(at: At, change: Data, sentence: str) -> None:
    driver = at("evaluating")
    data = {"evaluation": "Bra jobbat", "held_on": driver.today.isoformat(), "receiver": "vcf", **change}
    assert refusal(driver, "record_celebration", **data) == sentence


def test_a_celebration_names_who_receives_the_new_way_of_working(at: At) -> None:
    assert row(driver := at("celebrated"), Celebration)["receiver_id"] == person_id(driver.app, "vcf")


def test_nothing_is_finished_before_it_is_handed_over(at: At) -> None:
    assert refusal(at("celebrated"), "finish") == "checklist_item_open"


def test_follow_ups_are_planned_half_a_year_and_a_year_after_the_celebration(at: At) -> None:
    driver = at("finished")
    celebrated = row(driver, Celebration)["held_on"]
    assert celebrated.isoformat() == "2022-03-22"
    assert [(one["months"], one["due_on"].isoformat()) for one in rows(driver, FollowUp)] == [
        (6, "2022-09-22"),
        (12, "2023-03-22"),
    ]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"months": 9, "outcome": "holds"}, "error.no_follow_up"),
        ({"months": 6, "outcome": "perhaps"}, "outcome:order.one_of"),
        ({"months": "six", "outcome": "holds"}, "months:order.integer"),
    ],
)
def test_a_follow_up_that_makes_no_sense_is_refused(at: At, data: Data, sentence: str) -> None:
    assert refusal(at("finished"), "record_follow_up", by="ana", **data) == sentence


def follow_up(driver: Driver, months: int, outcome: str = "holds") -> str:
    """Records a follow-up on its day and gives the place it led to."""
    driver.go_to(rows(driver, FollowUp, months=months)[-1]["due_on"])
    return driver.do("record_follow_up", by="ana", months=months, outcome=outcome, hold_check_done=True).place


def test_a_follow_up_ahead_of_its_day_is_refused(at: At) -> None:
    said = refusal(at("finished"), "record_follow_up", by="ana", months=6, outcome="holds")
    assert said == "error.follow_up_ahead"


def test_a_follow_up_is_recorded_once(at: At) -> None:
    driver = at("finished")
    follow_up(driver, 6)
    said = refusal(driver, "record_follow_up", by="ana", months=6, outcome="holds")
    assert said == "error.follow_up_recorded"


def test_the_last_follow_up_that_holds_closes_the_introduction(at: At) -> None:
    driver = at("finished")
    assert follow_up(driver, 6) == "finished"
    assert follow_up(driver, 12) == "closed"


def test_a_change_that_slipped_keeps_it_open_and_may_be_reopened(at: At) -> None:
    driver = at("finished")
    follow_up(driver, 6)
    assert follow_up(driver, 12, "slipped") == "finished"
    assert driver.do("reopen").place == "reviewing"
    assert rows(driver, LearningLoop)[-1]["state"] == LoopState.OPEN


@pytest.mark.parametrize(
    ("by", "reason", "sentence"),
    [
        ("sam", None, "change_holds reason_missing"),
        ("sam", "Vi vill", "change_holds"),
        ("chef", None, "reason_missing"),
    ],
)
def test_while_the_change_holds_only_the_head_reopens_and_with_a_reason(
    at: At, by: str, reason: str | None, sentence: str
) -> None:
    assert refusal(at("finished"), "reopen", by=by, reason=reason) == sentence


def test_the_head_reopens_with_a_reason(at: At) -> None:
    driver = at("finished")
    assert driver.do("reopen", by="chef", reason="Nya riktlinjer").place == "reviewing"


def test_a_case_that_was_reopened_gets_new_follow_ups(at: At) -> None:
    driver = at("finished")
    driver.do("reopen", by="chef", reason="Nya riktlinjer")
    driver.hold_loop("finish")
    driver.celebrate()
    driver.finish()
    assert len({one["round"] for one in rows(driver, FollowUp)}) == 2
    follow_up(driver, 6)
    assert follow_up(driver, 12) == "closed"


def test_a_follow_up_without_hold_check_is_refused(at: At) -> None:
    driver = at("finished")
    driver.go_to(rows(driver, FollowUp, months=6)[-1]["due_on"])
    assert refusal(driver, "record_follow_up", by="ana", months=6, outcome="holds") == "hold_check_missing"
