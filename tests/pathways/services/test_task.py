"""Tasks: made, handed over, done, declared not applicable, handed on, put off and reopened; whoever has them acts."""

from datetime import date

import pytest

from pathways.models.organisation import Absence, Person
from pathways.models.task import Task, TaskState
from pathways.profiles.vocabulary import Role
from pathways.storage.unit_of_work import Row
from tests.pathways.drive import Driver
from tests.pathways.services.conftest import At
from tests.pathways.services.judge import Data, person_id, refusal, row, rows, told


@pytest.fixture
def driver(at: At) -> Driver:
    """An introduction with a working group, in its gap analysis."""
    return at("mapping")


def make(driver: Driver, person: str | None = "m1", due_on: str = "2021-06-18") -> str:
    receipt = driver.do("create_task", title="Ring Mora", due_on=due_on, person=person)
    return next(ref for table, ref in receipt.made if table == "task")


def task(driver: Driver, ref: str) -> Row:
    return row(driver, Task, ref=ref)


def send_away(driver: Driver, person: str, substitute: str | None) -> None:
    with driver.app.write() as work:
        work.insert_one(
            Absence,
            {
                "person_id": person_id(driver.app, person),
                "from_on": date(2021, 6, 1),
                "until_on": date(2021, 6, 30),
                "substitute_id": person_id(driver.app, substitute) if substitute else None,
            },
        )
        work.commit()


def test_somebody_is_asked_to_do_what_no_checklist_has(driver: Driver) -> None:
    made = task(driver, make(driver))
    assert (made["own_title"], made["assignee_id"], made["state"], made["item"]) == (
        "Ring Mora",
        person_id(driver.app, "m1"),
        TaskState.OPEN,
        "",
    )


def test_a_task_for_a_role_goes_to_whoever_holds_it(driver: Driver) -> None:
    receipt = driver.do("create_task", title="Ring Mora", due_on="2021-06-18", role="lag_chair")
    ref = receipt.made[0][1]
    assert task(driver, ref)["assignee_id"] == person_id(driver.app, "ordf")


def test_a_task_is_not_given_to_somebody_who_has_left(driver: Driver) -> None:
    with driver.app.write() as work:
        work.update(Person, {"slug": "ordf"}, {"active": False})
        work.commit()
    receipt = driver.do("create_task", title="Ring Mora", due_on="2021-06-18", role="lag_chair")
    assert task(driver, receipt.made[0][1])["assignee_id"] is None


def test_a_task_for_a_role_that_nobody_holds_waits_for_somebody(driver: Driver) -> None:
    receipt = driver.do("create_task", title="Ring Mora", due_on="2021-06-18", role="elected_reader")
    assert task(driver, receipt.made[0][1])["assignee_id"] is None


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"title": "ab", "due_on": "2021-06-18"}, "title:order.too_short"),
        ({"title": "Ring", "due_on": "2021-06-08"}, "error.not_in_the_future"),
        ({"title": "Ring", "due_on": "2021-06-18", "person": "mm"}, "error.unknown_person"),
        ({"title": "Ring", "due_on": "2021-06-18", "role": "king"}, "role:order.one_of"),
        ({"title": "Ring"}, "due_on:order.missing"),
    ],
)
def test_a_task_that_makes_no_sense_is_refused(driver: Driver, data: Data, sentence: str) -> None:
    assert refusal(driver, "create_task", **data) == sentence


def test_a_task_is_done_with_an_outcome_by_whoever_has_it(driver: Driver) -> None:
    ref = make(driver)
    driver.do("complete_task", by="m1", task=ref, outcome="Ringde, de är med")
    done = task(driver, ref)
    assert (done["state"], done["outcome"], done["settled_by"], done["remind_at"]) == (
        TaskState.DONE,
        "Ringde, de är med",
        person_id(driver.app, "m1"),
        None,
    )


def test_a_task_is_declared_not_applicable_with_a_reason(driver: Driver) -> None:
    ref = make(driver)
    driver.do("skip_task", by="m1", task=ref, reason="Mora är redan med")
    assert (task(driver, ref)["state"], task(driver, ref)["reason"]) == (
        TaskState.NOT_APPLICABLE,
        "Mora är redan med",
    )


def test_a_required_item_that_is_not_applicable_opens_the_gate(at: At) -> None:
    driver = at("celebrated")
    required = next(one["ref"] for one in rows(driver, Task, state=TaskState.OPEN) if one["required_for"])
    driver.do("skip_task", task=required, reason="Linjen är redan med")
    assert driver.do("finish").place == "finished"


def test_more_time_is_asked_for_with_a_reason_and_the_reminders_start_anew(driver: Driver) -> None:
    ref = make(driver)
    driver.do("snooze_task", by="m1", task=ref, due_on="2021-09-01", reason="Semester")
    later = task(driver, ref)
    assert (later["due_on"], later["snoozes"], later["rung"]) == (date(2021, 9, 1), 1, 0)
    assert later["remind_at"].date() == date(2021, 8, 25)


def test_a_task_is_handed_on_and_the_new_one_is_told_from_whom(driver: Driver) -> None:
    ref = make(driver)
    driver.do("delegate_task", by="m1", task=ref, to="m2")
    assert task(driver, ref)["assignee_id"] == person_id(driver.app, "m2")
    assert told(driver.app)[-1].values["on_behalf_of"] == "Maja Zetterlund"


def test_a_task_handed_to_somebody_away_goes_to_the_substitute(driver: Driver) -> None:
    send_away(driver, "m2", "m3")
    ref = make(driver)
    driver.do("delegate_task", task=ref, to="m2")
    assert task(driver, ref)["assignee_id"] == person_id(driver.app, "m3")


def test_a_new_task_for_somebody_away_goes_to_the_substitute(driver: Driver) -> None:
    send_away(driver, "m1", "m2")
    send_away(driver, "m2", "m3")  # who is away as well
    assert task(driver, make(driver))["assignee_id"] == person_id(driver.app, "m3")


def test_two_who_stand_in_for_each_other_do_not_hand_on_for_ever(driver: Driver) -> None:
    send_away(driver, "m1", "m2")
    send_away(driver, "m2", "m1")
    assert task(driver, make(driver))["assignee_id"] == person_id(driver.app, "m2")


def test_somebody_away_without_a_substitute_keeps_the_task(driver: Driver) -> None:
    send_away(driver, "m1", None)
    assert task(driver, make(driver))["assignee_id"] == person_id(driver.app, "m1")


def test_a_task_done_by_mistake_is_opened_again(driver: Driver) -> None:
    ref = make(driver)
    driver.do("complete_task", by="m1", task=ref, outcome="Klart")
    driver.do("reopen_task", by="m1", task=ref)
    again = task(driver, ref)
    assert (again["state"], again["settled_at"], again["settled_by"]) == (TaskState.OPEN, None, None)
    assert again["remind_at"] is not None


def settled(driver: Driver) -> str:
    ref = make(driver)
    driver.do("complete_task", task=ref, outcome="Klart")
    return ref


@pytest.mark.parametrize(
    ("command", "data", "reason"),
    [
        ("complete_task", {"outcome": "Klart"}, None),
        ("skip_task", {}, "Därför"),
        ("snooze_task", {"due_on": "2022-01-01"}, "Därför"),
        ("delegate_task", {"to": "m2"}, None),
    ],
)
def test_a_settled_task_is_left_alone(driver: Driver, command: str, data: Data, reason: str | None) -> None:
    assert refusal(driver, command, reason=reason, task=settled(driver), **data) == "error.task_settled"


@pytest.mark.parametrize(
    ("command", "data", "reason", "sentence"),
    [
        ("complete_task", {}, None, "outcome:order.missing"),
        ("complete_task", {"outcome": " "}, None, "outcome:order.too_short"),
        ("skip_task", {}, None, "reason_missing"),
        ("snooze_task", {"due_on": "2022-01-01"}, None, "reason_missing"),
        ("snooze_task", {"due_on": "2021-06-18"}, "Därför", "error.snooze_not_later"),
        ("snooze_task", {"due_on": "2021-06-01"}, "Därför", "error.snooze_not_later"),
        ("delegate_task", {"to": "m1"}, None, "error.task_theirs_already"),
        ("delegate_task", {"to": "mm"}, None, "error.unknown_person"),
        ("reopen_task", {}, None, "error.task_open"),
    ],
)
def test_what_cannot_be_done_to_an_open_task_is_refused(
    driver: Driver, command: str, data: Data, reason: str | None, sentence: str
) -> None:
    assert refusal(driver, command, reason=reason, task=make(driver), **data) == sentence


@pytest.mark.parametrize("command", ["complete_task", "delegate_task", "reopen_task"])
def test_a_task_that_is_not_there_is_refused(driver: Driver, command: str) -> None:
    data = {"complete_task": {"outcome": "Klart"}, "delegate_task": {"to": "m1"}}.get(command, {})
    assert refusal(driver, command, task="99.9", **data) == "error.unknown_task"


def test_a_task_that_the_introduction_left_behind_is_not_opened_again(at: At) -> None:
    driver = at("mapping")
    old = next(one for one in rows(driver, Task) if one["belongs_to"] == "preparation")
    assert refusal(driver, "reopen_task", task=old["ref"]) == "error.task_left_behind"


def test_leaving_a_place_withdraws_its_open_checklist(at: At) -> None:
    states = {one["state"] for one in rows(at("mapping"), Task) if one["belongs_to"] == "preparation"}
    assert states == {TaskState.DONE, TaskState.CANCELLED}


def test_the_work_of_carrying_out_goes_on_beside_the_loop(at: At) -> None:
    driver = at("reviewing")
    kept = [one for one in rows(driver, Task, state=TaskState.OPEN) if one["belongs_to"] == "executing"]
    assert kept


def test_an_item_that_comes_once_is_not_made_again_after_the_loop(at: At) -> None:
    driver = at("executing")
    once = row(driver, Task, item="mat-utgangslaget")
    driver.do("complete_task", task=once["ref"], outcome="Mätt")
    driver.open_due_loop()
    driver.hold_loop()
    assert len(rows(driver, Task, item="mat-utgangslaget")) == 1


def test_a_task_tells_the_role_it_is_done_in(driver: Driver) -> None:
    assert {one["role"] for one in rows(driver, Task, item="ta-fram-nulagesdata")} == {Role.ANALYST}
