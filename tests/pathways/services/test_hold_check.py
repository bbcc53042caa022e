"""The hold check: who is asked, what is shown of the answers and what is never kept, and what it opens for."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from pathways.models.holding import HoldAnswer, HoldCheck, HoldInvitation
from pathways.models.loop import FollowUp, LearningLoop
from pathways.models.task import Task
from pathways.services.hold.lines import LINES, count_answers, lowest_lines
from pathways.storage.unit_of_work import table_of
from tests.pathways.drive import Driver
from tests.pathways.services.conftest import At
from tests.pathways.services.judge import Data, last_event, refusal, row, rows, told

PEOPLE = ["ordf", "res", "vcf"]


def due(driver: Driver, days: int = 14) -> str:
    return (driver.today + timedelta(days=days)).isoformat()


def levels(*given: int | str) -> list[dict[str, object]]:
    whole = [*given, *([3] * (len(LINES) - len(given)))]
    return [{"line": line, "level": level} for line, level in zip(LINES, whole, strict=True)]


def asked(driver: Driver, *, months: int = 0) -> Driver:
    driver.do("open_hold_check", people=PEOPLE, due_on=due(driver), months=months)
    return driver


def answered(driver: Driver) -> Driver:
    asked(driver)
    driver.do("answer_hold_check", by="ordf", answers=levels(0, 2, 1, "dont_know"))
    driver.do("answer_hold_check", by="res", answers=levels(1, 2, 3, "dont_know"))
    driver.do("answer_hold_check", by="vcf", answers=levels(3, 2, 2, 0))
    return driver


def kept(driver: Driver) -> list[object]:
    with driver.app.read() as work:
        return work.values(select(table_of(HoldAnswer).c.levels))


def test_everybody_who_is_asked_gets_a_task_of_their_own_at_once(at: At) -> None:
    driver = asked(at("executing"))
    tasks = rows(driver, Task, item="svara-hall-i-kontroll")
    mails = [one for one in told(driver.app) if one.values.get("task") and "tio frågor" in str(one.values["task"])]
    assert len(tasks) == len(rows(driver, HoldInvitation)) == 3
    assert {(one.to, one.urgency) for one in mails} == {(person, "at_once") for person in PEOPLE}


def test_answering_ends_the_task_and_leaves_no_answer_in_the_log(at: At) -> None:
    driver = asked(at("executing"))
    driver.do("answer_hold_check", by="vcf", answers=levels(0, 1, 2))
    event = last_event(driver)
    assert "level" not in json.dumps(event["payload"])
    assert [one["answered_on"] is not None for one in rows(driver, HoldInvitation)] == [False, False, True]
    assert sorted(one["state"] for one in rows(driver, Task, item="svara-hall-i-kontroll")) == ["done", "open", "open"]


def test_a_second_answer_takes_the_place_of_the_first(at: At) -> None:
    driver = asked(at("executing"))
    for level in (0, 3):
        driver.do("answer_hold_check", by="vcf", answers=levels(level))
    assert [one["visible_gain"] for one in kept(driver)] == [3]  # type: ignore[index]


def test_closing_counts_the_answers_and_forgets_them(at: At) -> None:
    driver = answered(at("executing"))
    driver.do("close_hold_check")
    check = row(driver, HoldCheck)
    by_line = {one["line"]: one for one in check["results"]}
    assert kept(driver) == []
    assert check["answers"] == 3
    assert by_line["visible_gain"] == {"line": "visible_gain", "n": 3, "median": 1.0, "low": 0, "high": 3}
    assert "measured" not in by_line  # one answered it, two did not know


def test_the_two_lowest_lines_become_tasks_with_an_owner(at: At) -> None:
    driver = answered(at("executing"))
    driver.do("close_hold_check", owner="vcf", due_on=due(driver, 40))
    tasks = rows(driver, Task, item="hall-i-atgard")
    low = [one["line"] for one in row(driver, HoldCheck)["lowest"]]
    assert low == ["visible_gain", "without_project"]
    assert [one["ref"] for one in tasks] == [one["task"] for one in row(driver, HoldCheck)["lowest"]]
    assert {one["assignee_id"] for one in tasks} == {rows(driver, HoldInvitation)[2]["person_id"]}
    assert "nyttan syns" in tasks[0]["title_sv"]


def test_without_a_named_owner_the_development_resource_sees_to_it(at: At) -> None:
    driver = answered(at("executing"))
    driver.do("close_hold_check")
    resource = rows(driver, HoldInvitation)[1]["person_id"]
    assert {one["assignee_id"] for one in rows(driver, Task, item="hall-i-atgard")} == {resource}


def test_closing_ends_the_tasks_of_those_who_never_answered(at: At) -> None:
    driver = at("executing")
    driver.do("open_hold_check", people=[*PEOPLE, "m1"], due_on=due(driver))
    for person in PEOPLE:
        driver.do("answer_hold_check", by=person, answers=levels())
    driver.do("close_hold_check")
    states = [one["state"] for one in rows(driver, Task, item="svara-hall-i-kontroll")]
    assert sorted(states) == ["cancelled", "done", "done", "done"]
    assert rows(driver, Task, item="hall-i-atgard") == []  # everybody gave every line the highest answer


def test_more_people_can_be_asked_while_it_is_open(at: At) -> None:
    driver = asked(at("executing"))
    driver.do("open_hold_check", people=["m1", "ordf"], due_on=due(driver))
    assert (len(rows(driver, HoldCheck)), len(rows(driver, HoldInvitation))) == (1, 4)


def test_whoever_the_task_is_handed_to_answers_it(at: At) -> None:
    driver = asked(at("executing"))
    task = rows(driver, Task, item="svara-hall-i-kontroll")[2]
    driver.do("delegate_task", by="vcf", task=task["ref"], to="m2")
    driver.do("answer_hold_check", by="m2", answers=levels(1))
    assert [one["answered_on"] is not None for one in rows(driver, HoldInvitation)] == [False, False, True]


@pytest.mark.parametrize(
    ("place", "command", "by", "data", "sentence"),
    [
        ("communicated", "open_hold_check", "sam", {"people": PEOPLE}, "error.hold_check_not_now"),
        ("finished", "open_hold_check", "sam", {"people": PEOPLE, "months": 7}, "error.hold_check_no_follow_up"),
        ("finished", "open_hold_check", "sam", {"people": PEOPLE}, "error.hold_check_not_now"),
        ("executing", "open_hold_check", "sam", {"people": ["ordf", "ordf", "res"]}, "error.hold_check_few_people"),
        ("executing", "open_hold_check", "sam", {"people": [*PEOPLE, "ingen"]}, "error.unknown_person"),
        ("executing", "open_hold_check", "vcf", {"people": PEOPLE}, "error.not_allowed"),
        ("executing", "answer_hold_check", "vcf", {"answers": levels()}, "error.not_allowed"),
        ("executing", "close_hold_check", "sam", {}, "error.hold_check_not_open"),
    ],
)
def test_what_cannot_be_done_is_refused(at: At, place: str, command: str, by: str, data: Data, sentence: str) -> None:
    driver = at(place)
    more: Data = {"due_on": due(driver)} if command == "open_hold_check" else {}
    assert refusal(driver, command, by=by, **data, **more) == sentence


@pytest.mark.parametrize(
    ("command", "by", "data", "sentence"),
    [
        ("answer_hold_check", "m1", {"answers": levels()}, "error.not_allowed"),
        ("answer_hold_check", "sam", {"answers": levels()}, "error.not_allowed"),
        ("answer_hold_check", "vcf", {"answers": levels()[:9]}, "routine_and_it:order.hold_line_missing"),
        ("answer_hold_check", "vcf", {"answers": [*levels()[:9], levels()[0]]}, "order.rule"),
        ("answer_hold_check", "vcf", {"answers": []}, "answers:order.empty_list"),
        ("close_hold_check", "sam", {}, "error.hold_check_few_answers"),
        ("close_hold_check", "sam", {"give_up": True}, "reason_missing"),
        ("close_hold_check", "vcf", {}, "error.not_allowed"),
        ("open_hold_check", "sam", {"people": PEOPLE, "due_on": "2030-01-01"}, "error.hold_check_asked"),
        ("open_hold_check", "sam", {"people": ["m1"], "due_on": "2020-01-01"}, "error.not_in_the_future"),
        ("open_hold_check", "sam", {"people": ["m1"], "due_on": "2030-01-01", "months": 6}, "error.hold_check_open"),
    ],
)
def test_what_an_open_check_refuses(at: At, command: str, by: str, data: Data, sentence: str) -> None:
    assert refusal(asked(at("executing")), command, by=by, **data) == sentence


def test_a_check_that_is_given_up_shows_nothing_and_does_not_count(at: At) -> None:
    driver = asked(at("reviewing"))
    driver.do("answer_hold_check", by="vcf", answers=levels(0))
    driver.do("close_hold_check", give_up=True, reason="Semestertider")
    check = row(driver, HoldCheck)
    assert (check["results"], check["answers"], kept(driver)) == (None, 1, [])
    assert refusal(driver, "hold_loop", **review(driver)) == "hold_check_missing"


def review(driver: Driver) -> Data:
    held = {"held_on": driver.today.isoformat(), "attendees": ["lag_chair"], "decision": "finish"}
    return {**held, "summary": "Det fungerar", "indicators_secured": True}


def test_a_closed_check_opens_the_way_to_celebration(at: At) -> None:
    driver = answered(at("reviewing"))
    assert refusal(driver, "hold_loop", **review(driver)) == "hold_check_missing"
    driver.do("close_hold_check")
    driver.do("hold_loop", **review(driver))
    assert driver.place() == "evaluating"
    assert rows(driver, LearningLoop)[-1]["hold_check_done"]


def test_a_check_from_before_the_last_loop_is_too_old(at: At) -> None:
    driver = answered(at("reviewing"))
    driver.do("close_hold_check")
    driver.go_to(driver.today + timedelta(days=1))
    driver.hold_loop("continue")
    driver.open_due_loop()
    assert refusal(driver, "hold_loop", **review(driver)) == "hold_check_missing"


def test_a_follow_up_counts_its_own_check(at: At) -> None:
    driver = at("finished")
    first, _ = rows(driver, FollowUp)
    driver.go_to(first["due_on"])
    record: Data = {"months": first["months"], "outcome": "slipped"}
    assert "hold_check" in refusal(driver, "record_follow_up", **record)
    asked(driver, months=first["months"])
    for person in PEOPLE:
        driver.do("answer_hold_check", by=person, answers=levels(0, 1))
    driver.do("close_hold_check")
    driver.do("record_follow_up", **record)
    assert rows(driver, FollowUp)[0]["hold_check_done"]
    driver.do("reopen")
    assert driver.place() == "reviewing"
    assert refusal(driver, "hold_loop", **review(driver)) == "hold_check_missing"  # a new round needs a new check


def test_fewer_than_three_answers_to_a_line_are_not_counted() -> None:
    given: list[dict[str, int | None]] = [
        {"visible_gain": 1, "measured": None},
        {"visible_gain": 3, "measured": 2},
        {"visible_gain": 2},
    ]
    assert [(one.line, one.n, one.median, one.spread) for one in count_answers(given)] == [("visible_gain", 3, 2.0, 2)]
    assert count_answers(given[:2]) == []


def test_the_lowest_lines_are_the_lowest_middle_answers_and_then_the_lowest_single_ones() -> None:
    given = [dict(zip(LINES, column, strict=False)) for column in ((2, 1, 1, 3), (2, 2, 1, 3), (3, 2, 3, 3))]
    assert lowest_lines(count_answers(given)) == ["without_project", "told_effect"]


def test_an_introduction_that_is_stopped_forgets_the_answers_of_its_open_check(at: At) -> None:
    driver = answered(at("executing"))
    driver.do("stop", by="chef", reason="Vårdförloppet drogs tillbaka")
    check = row(driver, HoldCheck)
    assert (check["closed_on"], check["answers"], check["results"], kept(driver)) == (driver.today, 3, None, [])
