"""The comment round: units are asked, say what they think, are reminded, and are told what became of it."""

from datetime import timedelta

import pytest

from pathways.models.plan import Activity, ActivityGap, ActivityState
from pathways.models.plan_comment import CommentInvitation, CommentState, Handling, PlanComment
from pathways.models.task import Task, TaskState
from pathways.services.verify import verify
from tests.pathways.drive import Driver
from tests.pathways.services.conftest import At
from tests.pathways.services.judge import Data, person_id, refusal, row, rows

UNITS = ["vc-falun", "medicin"]
CLOSES_ON = "2021-07-01"


@pytest.fixture
def driver(at: At) -> Driver:
    """A plan of one activity that two units are asked about."""
    driver = at("communicated")
    driver.do("plan_activity", title="Utbilda alla", kind="training")
    driver.do("open_comment_round", closes_on=CLOSES_ON, units=UNITS)
    return driver


def activity(driver: Driver) -> str:
    return str(row(driver, Activity)["ref"])


def tasks(driver: Driver) -> list[tuple[str, int]]:
    return [(task["state"], task["assignee_id"]) for task in rows(driver, Task, item="lamna-synpunkter")]


def bodies(driver: Driver) -> list[tuple[str, str]]:
    return [(one["activity_ref"], one["body"]) for one in rows(driver, PlanComment)]


def test_each_unit_gets_its_task_due_when_the_round_closes(driver: Driver) -> None:
    assert tasks(driver) == [(TaskState.OPEN, person_id(driver.app, who)) for who in ("vcf", "med")]
    assert {task["due_on"].isoformat() for task in rows(driver, Task, item="lamna-synpunkter")} == {CLOSES_ON}


def test_a_unit_named_twice_is_asked_once(at: At) -> None:
    driver = at("communicated")
    driver.do("open_comment_round", closes_on=CLOSES_ON, units=["medicin", "medicin"])
    assert len(rows(driver, CommentInvitation)) == 1


def test_a_unit_answers_for_itself_and_its_task_is_done(driver: Driver) -> None:
    views = [{"activity": activity(driver), "text": "För tidigt"}]
    driver.do("comment_plan", by="vcf", unit="vc-falun", views=views, overall="Bra")
    assert bodies(driver) == [(activity(driver), "För tidigt"), ("", "Bra")]
    assert [task[0] for task in tasks(driver)] == [TaskState.DONE, TaskState.OPEN]
    assert [one["state"] for one in rows(driver, CommentInvitation)] == [CommentState.ANSWERED, CommentState.WAITING]


def test_a_later_answer_takes_the_place_of_the_earlier_one(driver: Driver) -> None:
    views = [{"activity": activity(driver), "text": "För tidigt"}]
    driver.do("comment_plan", by="vcf", unit="vc-falun", views=views, overall="Bra")
    driver.do("comment_plan", by="vcf", unit="vc-falun", overall="Mycket bra")
    assert bodies(driver) == [("", "Mycket bra")]
    assert verify(driver.app) == ()


def test_a_view_that_is_changed_waits_to_be_handled_anew_and_one_that_is_not_stays_handled(driver: Driver) -> None:
    driver.do("comment_plan", by="vcf", unit="vc-falun", overall="Bra")
    ref = row(driver, PlanComment)["ref"]
    driver.do("answer_plan_comment", comment=ref, handling="not_taken", answer="Tack")
    driver.do("comment_plan", by="vcf", unit="vc-falun", overall="Bra")
    assert row(driver, PlanComment)["handling"] == Handling.NOT_TAKEN
    driver.do("comment_plan", by="vcf", unit="vc-falun", overall="Dålig")
    assert (row(driver, PlanComment)["handling"], row(driver, PlanComment)["answer"]) == (None, None)


@pytest.mark.parametrize(
    ("by", "data", "sentence"),
    [
        ("med", {"unit": "vc-falun", "overall": "Bra"}, "error.not_allowed"),
        ("frammande", {"unit": "medicin", "overall": "Bra"}, "error.not_allowed"),
        ("lg", {"unit": "medicin", "overall": "Bra"}, "error.not_allowed"),
        ("sam", {"unit": "alvdalen", "overall": "Bra"}, "error.not_asked_to_comment"),
        ("sam", {"unit": "mora", "overall": "Bra"}, "error.unknown_unit"),
        ("med", {"unit": "medicin", "views": [{"activity": "99.9", "text": "Bra"}]}, "error.unknown_activity"),
        ("med", {"unit": "medicin", "views": [{"activity": "1.1", "text": ""}]}, "views.0.text:order.too_short"),
        ("med", {"unit": "medicin", "views": [{"activity": "1.1", "text": "a"}] * 2}, "order.rule"),
        ("med", {"unit": "medicin", "overall": "x" * 2001}, "overall:order.too_long"),
    ],
)
def test_views_that_make_no_sense_are_refused(driver: Driver, by: str, data: Data, sentence: str) -> None:
    assert refusal(driver, "comment_plan", by=by, **data) == sentence


def test_nobody_comments_when_the_round_is_over(driver: Driver) -> None:
    driver.do("close_comment_round", outcome="held", summary="Inga svar")
    assert [task[0] for task in tasks(driver)] == [TaskState.CANCELLED] * 2
    assert refusal(driver, "comment_plan", by="med", unit="medicin") == "error.comment_round_not_open"


def test_a_view_may_be_answered_after_the_round(driver: Driver) -> None:
    driver.do("comment_plan", by="vcf", unit="vc-falun", overall="Bra")
    driver.do("close_comment_round", outcome="held", summary="Ett svar")
    ref = row(driver, PlanComment)["ref"]
    driver.do("answer_plan_comment", by="ordf", comment=ref, handling="taken_in", answer="Vi flyttade dagen")
    assert (row(driver, PlanComment)["answer"], row(driver, PlanComment)["answered_on"]) == (
        *("Vi flyttade dagen",),
        driver.today,
    )


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"comment": "99.9"}, "error.unknown_plan_comment"),
        ({"handling": "lost"}, "handling:order.one_of"),
        ({"answer": "Ja"}, "answer:order.too_short"),
    ],
)
def test_an_answer_that_makes_no_sense_is_refused(driver: Driver, data: Data, sentence: str) -> None:
    driver.do("comment_plan", by="vcf", unit="vc-falun", overall="Bra")
    whole = {"comment": row(driver, PlanComment)["ref"], "handling": "partly", "answer": "Delvis", **data}
    assert refusal(driver, "answer_plan_comment", **whole) == sentence


def test_a_unit_is_reminded_at_most_every_third_working_day(driver: Driver) -> None:
    driver.do("remind_plan_comment", unit="medicin")
    assert row(driver, CommentInvitation, unit_id=2)["reminders"] == 1
    assert refusal(driver, "remind_plan_comment", unit="medicin") == "error.reminded_recently"
    driver.go_to(driver.today + timedelta(days=7))
    driver.do("remind_plan_comment", unit="medicin")
    assert row(driver, CommentInvitation, unit_id=2)["reminders"] == 2


def test_a_unit_that_has_answered_is_not_reminded(driver: Driver) -> None:
    driver.do("comment_plan", by="vcf", unit="vc-falun")
    assert refusal(driver, "remind_plan_comment", unit="vc-falun") == "error.nothing_to_remind"


def test_an_activity_is_emptied_and_unlinked_and_the_log_agrees(at: At) -> None:
    driver = at("communicated")
    gaps = [one["ref"] for one in driver._own(of_table="gap_answer")[:3]]
    driver.do(
        "plan_activity", title="Utbilda alla", kind="training", funding="Egen ram", due_on="2021-12-01", gaps=gaps
    )
    ref = activity(driver)
    driver.do("update_activity", activity=ref, clear=["funding", "due_on"], drop_gaps=gaps[:2], title="Utbilda fler")
    changed = row(driver, Activity)
    assert (changed["title"], changed["funding"], changed["due_on"]) == ("Utbilda fler", None, None)
    assert [link["answer_ref"] for link in rows(driver, ActivityGap)] == gaps[2:]
    driver.do("update_activity", activity=ref, gaps=gaps[:1])
    assert {link["answer_ref"] for link in rows(driver, ActivityGap)} == {gaps[0], gaps[2]}
    assert verify(driver.app) == ()


def test_an_activity_is_stopped_only_with_a_reason(driver: Driver) -> None:
    assert refusal(driver, "update_activity", activity=activity(driver), state="stopped") == "reason_missing"
    driver.do("update_activity", activity=activity(driver), state="stopped", reason="Ingår redan")
    stopped = row(driver, Activity)
    assert (stopped["state"], stopped["report"]) == (ActivityState.STOPPED, "Ingår redan")


def test_a_day_of_a_plan_that_was_decided_on_is_moved_only_with_a_reason(at: At) -> None:
    driver = at("executing")
    ref = rows(driver, Activity)[0]["ref"]
    assert refusal(driver, "update_activity", activity=ref, due_on="2023-09-01") == "reason_missing"
    driver.do("update_activity", activity=ref, due_on="2021-12-30")
    driver.do("update_activity", activity=ref, due_on="2023-09-01", report="Inköpet drog ut på tiden")
    assert rows(driver, Activity)[0]["report"] == "Inköpet drog ut på tiden"
