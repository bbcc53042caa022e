"""Reviews of learning loops: what is foretold, signed in one go or refused with all reasons, noted, and skipped."""

from datetime import timedelta

import pytest

from pathways.measurement.judge import judge
from pathways.models.loop import LearningLoop, LoopState
from pathways.models.plan import Activity
from pathways.models.review import Prediction, Review, ReviewActivity, ReviewIndicator, ReviewNote
from pathways.services.measure.series import interventions_of
from pathways.services.review.snapshot import revive
from tests.pathways.drive import Driver
from tests.pathways.services.conftest import At
from tests.pathways.services.judge import Data, refusal, row, rows
from tests.pathways.services.reviewing import FORETOLD, about, begin, fill, paper_of, ready, refs, whole

MEASURE: Data = {"name": "Andel med samordnad plan", "kind": "process", "direction": "higher", "every": "week"}


def measured(driver: Driver, weeks: int = 12) -> None:
    """Gives the introduction an indicator with values of the weeks before today."""
    driver.do("define_indicator", **MEASURE, unit="antal")
    monday = driver.today - timedelta(days=driver.today.weekday())
    values = [{"period": (monday - timedelta(weeks=n)).isoformat(), "value": 40 + n % 5} for n in range(1, weeks + 1)]
    driver.do("record_values", indicator="andel-med-samordnad-plan", values=values)


# -- predictions


def test_a_prediction_is_written_before_its_loop_opens_and_may_be_changed_until_then(at: At) -> None:
    driver = at("executing")
    ref = begin(driver)
    driver.do("predict", number=1, activity=ref, **{**FORETOLD, "size": "till 70 procent"})
    stands = row(driver, Prediction)
    assert (stands["loop"], stands["size"], stands["is_late"]) == (1, "till 70 procent", False)


def test_a_prediction_is_locked_when_its_loop_opens(at: At) -> None:
    driver = at("executing")
    ref = begin(driver)
    driver.open_due_loop()
    assert refusal(driver, "predict", number=1, activity=ref, **FORETOLD) == "error.prediction_locked"


def test_a_prediction_is_locked_by_the_first_value_of_its_time(at: At) -> None:
    driver = at("executing")
    ref = begin(driver)
    driver.go_to(driver.today + timedelta(days=20))
    measured(driver, weeks=1)
    assert refusal(driver, "predict", number=1, activity=ref, **FORETOLD) == "error.prediction_locked"


def test_values_of_the_time_before_the_loop_lock_nothing(at: At) -> None:
    driver = at("executing")
    ref = begin(driver)
    measured(driver, weeks=8)
    driver.do("predict", number=1, activity=ref, **FORETOLD)
    assert not row(driver, Prediction)["is_late"]


def test_a_missing_prediction_may_come_late_and_is_marked(at: At) -> None:
    driver = at("reviewing")
    driver.do("predict", number=1, activity=refs(driver)[0], **FORETOLD)
    assert row(driver, Prediction)["is_late"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"number": 2}, "error.prediction_number"),
        ({"number": 0}, "number:order.too_small"),
        ({"activity": "99.1"}, "error.unknown_activity"),
        ({"theory": "kort"}, "theory:order.too_short"),
        ({"direction": "sideways"}, "direction:order.one_of"),
        ({"measure": " "}, "measure:order.too_short"),
        ({"by_on": "snart"}, "by_on:order.date"),
    ],
)
def test_a_prediction_that_makes_no_sense_is_refused(at: At, change: Data, sentence: str) -> None:
    driver = at("executing")
    order = {"number": 1, "activity": refs(driver)[0], **FORETOLD, **change}
    assert refusal(driver, "predict", **order) == sentence


def test_nothing_is_foretold_of_a_stopped_activity(at: At) -> None:
    driver = at("executing")
    ref = refs(driver)[0]
    driver.do("update_activity", activity=ref, state="stopped", report="Behövs inte")
    assert refusal(driver, "predict", number=1, activity=ref, **FORETOLD) == "error.prediction_stopped"


# -- the sign-off


def test_a_signed_review_stores_the_record_and_holds_the_loop_in_one_event(at: At) -> None:
    driver = at("executing")
    ref = ready(driver, asked_for="decision", question="Får vi en tjänst till?", minutes="40")
    before = driver.row()
    receipt = driver.do("sign_review", by="ordf", number=1)
    assert before is not None
    assert (receipt.place, receipt.seq) == ("executing", before["version"] + 1)
    review, activity = row(driver, Review), row(driver, ReviewActivity)
    assert (review["decision"], review["minutes"], review["question"]) == ("continue", 40, "Får vi en tjänst till?")
    assert (activity["activity_ref"], activity["decision"], activity["next_scale"]) == (ref, "keep", "all")
    loop = row(driver, LearningLoop)
    assert (loop["state"], loop["decision"], loop["summary"]) == (LoopState.HELD, "continue", "Det går framåt")


@pytest.mark.parametrize(
    ("decision", "more", "place"),
    [
        ("continue", {}, "executing"),
        ("adjust", {}, "adjusting"),
        ("finish", {"hold_check_done": "yes", "indicators_secured": "yes"}, "evaluating"),
        ("pause", {"until_on": "2023-01-10"}, "paused"),
    ],
)
def test_a_signed_review_moves_as_it_decided(at: At, decision: str, more: dict[str, str], place: str) -> None:
    driver = at("executing")
    ready(driver, decision=decision, **more)
    assert driver.do("sign_review", by="ordf", number=1).place == place


def test_an_empty_paper_is_refused_with_every_reason_at_once(at: At) -> None:
    driver = at("executing")
    driver.do("update_activity", activity=refs(driver)[0], state="under_way")
    driver.open_due_loop()
    assert refusal(driver, "sign_review", number=1).split() == [
        *("error.review_held_on_missing", "error.review_present_missing", "error.review_prediction_missing"),
        *("error.review_scale_missing", "error.review_done_missing", "error.review_compared_missing"),
        *("error.review_learned_missing", "error.review_verdict_missing", "error.review_closing_missing"),
        *("error.review_asked_for_missing", "error.review_decision_missing", "error.review_summary_missing"),
    ]


@pytest.mark.parametrize(
    ("part", "change", "sentences"),
    [
        ("w", {"held_on": ""}, "error.review_held_on_missing"),
        ("w", {"held_on": "2099-01-01"}, "error.review_day_ahead"),
        ("w", {"held_on": "i går"}, "error.review_no_day"),
        ("w", {"present": ""}, "error.review_present_missing"),
        ("w", {"asked_for": "decision"}, "error.review_question_missing"),
        ("w", {"asked_for": "information"}, "error.review_question_missing"),
        ("w", {"decision": ""}, "error.review_decision_missing"),
        ("w", {"decision": "pause"}, "error.review_until_missing"),
        ("w", {"decision": "pause", "until_on": "2021-01-01"}, "error.review_day_passed"),
        ("w", {"decision": "finish"}, "hold_check_missing indicators_unsecured"),
        (
            "w",
            {"decision": "finish", "summary": ""},
            "error.review_summary_missing hold_check_missing indicators_unsecured",
        ),
        ("a", {"learned": ""}, "error.review_learned_missing"),
        ("a", {"learned": "", "decision": ""}, "error.review_learned_missing error.review_verdict_missing"),
        ("a", {"decision": "adjust"}, "error.review_change_missing"),
        ("a", {"decision": "extend"}, "error.review_why_missing"),
        ("a", {"next_scale": ""}, "error.review_next_scale_missing"),
        ("a", {"owner": ""}, "error.review_owner_missing"),
        ("a", {"due_on": ""}, "error.review_due_missing"),
        ("a", {"due_on": "2021-01-01"}, "error.review_day_passed"),
        ("a", {"decision": "stop", "owner": "", "due_on": "", "learned": ""}, "error.review_learned_missing"),
        ("a", {"owner": "ingen-alls"}, "error.unknown_person"),
    ],
)
def test_a_review_that_lacks_something_is_refused(at: At, part: str, change: dict[str, str], sentences: str) -> None:
    driver = at("executing")
    ref = ready(driver)
    prefix = "w-" if part == "w" else f"a-{ref}-"
    fill(driver, {f"{prefix}{name}": text for name, text in change.items()})
    assert refusal(driver, "sign_review", number=1) == sentences


def test_a_review_without_a_prediction_is_refused_and_signed_once_it_came_late(at: At) -> None:
    driver = at("executing")
    first = refs(driver)[0]
    driver.do("update_activity", activity=first, state="under_way")
    driver.open_due_loop()
    fill(driver, {**whole(driver), **about(driver, first)})
    assert refusal(driver, "sign_review", number=1) == "error.review_prediction_missing"
    driver.do("predict", number=1, activity=first, **FORETOLD)
    driver.do("sign_review", number=1)
    assert row(driver, Review)["checks"]["foretold"] is False


def test_a_paper_that_changed_after_it_was_read_is_not_signed(at: At) -> None:
    driver = at("executing")
    ready(driver)
    assert refusal(driver, "sign_review", number=1, seen=1) == "error.review_changed"


def test_a_review_is_signed_once(at: At) -> None:
    driver = at("executing")
    ready(driver)
    driver.do("sign_review", number=1)
    assert refusal(driver, "sign_review", number=1) == "error.review_closed"


def test_a_review_of_another_loop_than_the_open_one_is_refused(at: At) -> None:
    assert refusal(at("reviewing"), "sign_review", number=2) == "error.review_closed"


def test_a_stopped_activity_needs_no_owner_and_no_day(at: At) -> None:
    driver = at("executing")
    ref = ready(driver)
    fill(driver, about(driver, ref, decision="stop", owner="", due_on="", next_scale=""))
    driver.do("sign_review", number=1)
    assert row(driver, ReviewActivity)["decision"] == "stop"


def test_an_undone_sign_off_opens_the_review_again_with_what_was_written(at: At) -> None:
    driver = at("executing")
    ready(driver)
    before = driver.row()
    assert before is not None
    driver.do("sign_review", number=1)
    driver.do("correct", undo_to=before["version"], reason="Fel person signerade")
    assert rows(driver, Review) == []
    assert driver.do("sign_review", number=1).place == "executing"


def test_a_working_paper_goes_when_the_next_review_is_signed(at: At) -> None:
    driver = at("executing")
    ready(driver)
    driver.do("sign_review", number=1)
    driver.do("update_activity", activity=refs(driver)[0], state="done")
    driver.open_due_loop()
    fill(driver, {**whole(driver), **about(driver, refs(driver)[0])}, loop=2)
    driver.do("predict", number=2, activity=refs(driver)[0], **FORETOLD)
    driver.do("sign_review", number=2)
    papers = [paper_of(driver, loop).texts for loop in (1, 2)]
    assert (papers[0], bool(papers[1])) == ({}, True)


# -- what the review sees


def test_the_record_keeps_what_the_curves_showed_that_day(at: At) -> None:
    driver = at("executing")
    measured(driver)
    ready(driver)
    driver.do("sign_review", number=1)
    kept = row(driver, ReviewIndicator)["snapshot"]
    assert (len(kept["judgement"]["points"]), kept["settings"]["every"], kept["taken_on"]) == (
        12,
        "week",
        driver.today.isoformat(),
    )
    values = [{"period": "2021-11-01", "value": 3}]
    driver.do("record_values", indicator="andel-med-samordnad-plan", values=values)
    assert row(driver, ReviewIndicator)["snapshot"] == kept


def test_what_was_kept_comes_back_as_it_was(at: At) -> None:
    driver = at("executing")
    measured(driver, weeks=26)
    ready(driver)
    driver.do("sign_review", number=1)
    seen = revive(row(driver, ReviewIndicator)["snapshot"], {})
    points, settings = [one.point for one in seen.judgement.points], seen.settings
    assert seen.judgement == judge(points, settings=settings, phases=(), today=driver.today)


def test_the_record_keeps_the_lines_of_activities_that_the_chart_showed(at: At) -> None:
    driver = at("executing")
    measured(driver, weeks=26)
    ready(driver)
    first, second = refs(driver)[:2]
    days = [(driver.today - timedelta(days=days)).isoformat() for days in (60, 30, 20)]
    driver.do("update_activity", activity=first, state="done", started_on=days[0], ended_on=days[1])
    driver.do("update_activity", activity=second, state="done", ended_on=days[2])
    fill(driver, {**about(driver, first), **about(driver, second)})
    driver.do("predict", number=1, activity=second, **FORETOLD)
    activities = rows(driver, Activity)
    driver.do("sign_review", number=1)
    titles = {row["ref"]: row["title"] for row in activities}
    seen = revive(row(driver, ReviewIndicator)["snapshot"], titles)
    assert seen.interventions == interventions_of(activities)
    assert len(seen.interventions) == 3


def test_the_hints_that_were_shown_are_kept(at: At) -> None:
    driver = at("executing")
    ref = ready(driver)
    fill(driver, about(driver, ref, done="no", decision="adjust", change="Ge tid på schemat"))
    driver.do("sign_review", number=1)
    assert row(driver, ReviewActivity)["hints"] == ["fix_delivery"]


def test_the_checks_say_what_good_practice_was_followed(at: At) -> None:
    driver = at("executing")
    ready(driver)
    driver.do("sign_review", number=1)
    assert row(driver, Review)["checks"] == {
        "foretold": True,
        "builds_on": None,
        "small_first": True,
        "three_points": None,
        "ten_points": None,
        "theory": True,
        "agrees": True,
    }


def test_an_activity_that_ended_is_reviewed_once(at: At) -> None:
    driver = at("executing")
    ref = begin(driver)
    driver.do("update_activity", activity=ref, state="done")
    driver.open_due_loop()
    fill(driver, {**whole(driver), **about(driver, ref)})
    driver.do("sign_review", number=1)
    driver.open_due_loop()
    fill(driver, whole(driver), loop=2)
    driver.do("sign_review", number=2)
    assert [one["loop"] for one in rows(driver, ReviewActivity)] == [1]


# -- afterwards


def test_notes_come_after_and_leave_the_record_as_it_was(at: At) -> None:
    driver = at("executing")
    ready(driver, asked_for="decision", question="Får vi en tjänst till?")
    driver.do("sign_review", number=1)
    before = row(driver, Review)
    driver.do("add_review_note", number=1, body="Siffran för maj var fel")
    driver.do("add_review_note", by="lg", number=1, body="Ja, från oktober", kind="answer")
    assert [(one["kind"], one["body"]) for one in rows(driver, ReviewNote)] == [
        ("note", "Siffran för maj var fel"),
        ("answer", "Ja, från oktober"),
    ]
    assert row(driver, Review) == before


def test_nothing_is_noted_to_a_review_that_is_not_signed(at: At) -> None:
    assert refusal(at("reviewing"), "add_review_note", number=1, body="Hej hej") == "error.review_not_signed"


def test_a_review_that_asked_nothing_is_not_answered(at: At) -> None:
    driver = at("executing")
    ready(driver)
    driver.do("sign_review", number=1)
    assert refusal(driver, "add_review_note", number=1, body="Jodå", kind="answer") == "error.review_asked_nothing"


# -- skipping


def test_a_loop_is_skipped_with_a_reason_only(at: At) -> None:
    assert refusal(at("reviewing"), "skip_loop", number=1, how="skip") == "reason_missing"


def test_a_skipped_loop_goes_on_to_the_next_one_three_months_later(at: At) -> None:
    driver = at("reviewing")
    assert driver.do("skip_loop", number=1, how="skip", reason="Flytt av mottagningen").place == "executing"
    loop = row(driver, LearningLoop)
    assert (loop["state"], loop["summary"]) == (LoopState.SKIPPED, "Flytt av mottagningen")
    driver.open_due_loop()
    assert [one["number"] for one in rows(driver, LearningLoop)] == [1, 2]


def test_a_merged_loop_takes_what_was_written_and_foretold_into_the_next(at: At) -> None:
    driver = at("executing")
    ref = ready(driver)
    driver.do("skip_loop", number=1, how="merge", reason="Semester")
    driver.open_due_loop()
    later = {"w-held_on": driver.today.isoformat(), f"a-{ref}-due_on": "2022-12-01"}
    fill(driver, later, loop=2)
    driver.do("sign_review", number=2)
    assert (row(driver, Review)["loop"], row(driver, ReviewActivity)["loop"]) == (2, 2)


def test_only_the_open_loop_is_skipped(at: At) -> None:
    assert refusal(at("executing"), "skip_loop", number=1, how="skip", reason="Hej") == "error.review_closed"
