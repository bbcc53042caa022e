"""Start, rest, return, stop, correct: the frame around an introduction."""

from datetime import timedelta

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.models.decision import BoardCase, Decision
from pathways.models.introduction import Appointment, Timer, TimerState
from pathways.models.task import Task, TaskState
from pathways.services.verify import verify
from tests.pathways.drive import Driver, drive_to
from tests.pathways.services.conftest import WAY, At
from tests.pathways.services.judge import Data, last_event, own, refusal, row, rows

OPEN_PLACES = tuple(place for place in WAY if place != "closed")


def test_an_introduction_starts_in_preparation_with_its_checklist(app: App, clock: SetClock) -> None:
    driver = Driver(app, clock, "kol")
    receipt = driver.do("start")
    assert (receipt.place, receipt.seq, own(driver)["number"]) == ("preparation", 1, 1)
    items = [item.slug for item in app.profile.checklist("preparation")]
    assert [task["item"] for task in rows(driver, Task)] == items


@pytest.mark.parametrize(
    ("slug", "data", "sentence"),
    [
        ("cool", {}, "error.unknown_pathway"),
        ("kol", {"respond": "maybe"}, "respond:order.yes_no"),
        ("kol", {"number": 2}, "number:order.unknown_field"),
    ],
)
def test_a_start_that_makes_no_sense_is_refused(
    app: App, clock: SetClock, slug: str, data: Data, sentence: str
) -> None:
    assert refusal(Driver(app, clock, slug), "start", **data) == sentence


@pytest.mark.parametrize("place", [*OPEN_PLACES, "paused"])
def test_a_pathway_has_one_open_introduction_at_a_time(at: At, place: str) -> None:
    driver = at("executing" if place == "paused" else place)
    if place == "paused":
        drive_to(driver.app, driver.clock, "kol", "paused")
    assert refusal(driver, "start") == "error.already_open"


@pytest.mark.parametrize("end", ["closed", "stopped"])
def test_a_region_may_start_anew_after_the_end_and_the_new_case_names_the_old(at: At, end: str) -> None:
    driver = at("closed" if end == "closed" else "mapping")
    if end == "stopped":
        driver.do("stop", reason="Drogs tillbaka")
    old = own(driver)
    driver.do("start")
    assert (own(driver)["number"], own(driver)["previous_id"]) == (2, old["id"])


def test_an_introduction_that_nobody_started_is_unknown(app: App, clock: SetClock) -> None:
    assert refusal(Driver(app, clock, "kol"), "report") == "error.unknown_introduction"


def test_an_unknown_command_is_refused(at: At) -> None:
    assert refusal(at("mapping"), "comunicate") == "error.unknown_command"


@pytest.mark.parametrize("place", OPEN_PLACES)
def test_a_rest_ends_exactly_where_it_began(at: At, place: str) -> None:
    driver = at(place)
    before, timers = own(driver)["configuration"], live(driver)
    drive_to(driver.app, driver.clock, "kol", "paused")
    driver.do("resume")
    assert (own(driver)["configuration"], live(driver)) == (before, timers)
    assert verify(driver.app) == ()


def live(driver: Driver) -> list[tuple[object, ...]]:
    return [(one["kind"], one["occurrence"], one["due_at"]) for one in rows(driver, Timer, state=TimerState.LIVE)]


def test_a_rest_keeps_open_tasks_as_they_are(at: At) -> None:
    driver = at("mapping")
    before = [task["ref"] for task in rows(driver, Task, state=TaskState.OPEN)]
    drive_to(driver.app, driver.clock, "kol", "paused")
    assert [task["ref"] for task in rows(driver, Task, state=TaskState.OPEN)] == before


@pytest.mark.parametrize(
    ("command", "data", "reason", "sentence"),
    [
        ("pause", {"until_on": "2022-01-01"}, None, "reason_missing"),
        ("pause", {"until_on": "2021-06-09"}, "Pandemi", "error.not_in_the_future"),
        ("pause", {}, "Pandemi", "until_on:order.missing"),
        ("resume", {}, None, "not_possible_here"),
        ("stop", {}, None, "reason_missing"),
        ("migrate", {}, None, "error.newest_chart"),
        ("correct", {"undo_to": 1}, None, "reason_missing"),
        ("correct", {"undo_to": 0}, "Fel", "undo_to:order.too_small"),
        ("correct", {"undo_to": 99}, "Fel", "error.nothing_to_undo"),
    ],
)
def test_what_the_frame_does_not_allow_is_refused(
    at: At, command: str, data: Data, reason: str | None, sentence: str
) -> None:
    assert refusal(at("mapping"), command, reason=reason, **data) == sentence


def test_a_rest_cannot_be_doubled(at: At) -> None:
    driver = at("mapping")
    drive_to(driver.app, driver.clock, "kol", "paused")
    assert refusal(driver, "pause", reason="Mer", until_on="2023-01-01") == "not_possible_here"


@pytest.mark.parametrize("end", ["closed", "stopped"])
@pytest.mark.parametrize(
    ("command", "data"),
    [
        ("create_task", {"title": "Ring", "due_on": "2030-01-01"}),
        ("appoint", {"person": "m1", "role": "lag_chair"}),
        ("arrange_patient_perspective", {"how": "survey"}),
        ("report", {}),
        ("stop", {}),
        ("pause", {"until_on": "2030-01-01"}),
    ],
)
def test_an_introduction_that_has_ended_is_written_to_no_more(at: At, end: str, command: str, data: Data) -> None:
    driver = at("closed" if end == "closed" else "mapping")
    if end == "stopped":
        driver.do("stop", reason="Drogs tillbaka")
    assert refusal(driver, command, reason="Ändå", **data) == "not_possible_here"


def test_a_stop_withdraws_open_tasks_and_timers(at: At) -> None:
    driver = at("executing")
    driver.do("stop", reason="Drogs tillbaka")
    assert rows(driver, Task, state=TaskState.OPEN) == []
    assert live(driver) == []


@pytest.mark.parametrize("place", ["mapping", "communicated", "ranking", "awaiting_decision", "executing"])
def test_a_correction_puts_the_last_move_right(at: At, place: str) -> None:
    driver = at(place)
    seq = own(driver)["version"]
    before = previous_place(driver)
    driver.do("correct", undo_to=seq - 1, reason="Fel knapp")
    assert driver.place() == before
    assert verify(driver.app) == ()


def previous_place(driver: Driver) -> str:
    return WAY[WAY.index(str(driver.place())) - 1]


def test_a_correction_says_what_it_undoes_and_deletes_nothing(at: At) -> None:
    driver = at("executing")
    seq = own(driver)["version"]
    driver.do("correct", undo_to=seq - 1, reason="Fel nämnd")
    event = last_event(driver)
    assert (event["seq"], event["command"], event["payload"]["given"]) == (seq + 1, "correct", {"undo_to": seq - 1})


def test_a_corrected_decision_is_void_and_the_case_waits_again(at: At) -> None:
    driver = at("executing")
    driver.do("correct", undo_to=own(driver)["version"] - 1, reason="Fel nämnd")
    assert (rows(driver, Decision), row(driver, BoardCase)["closed"], own(driver)["anchor_on"]) == ([], False, None)


def test_what_others_wrote_since_stays(at: At) -> None:
    driver = at("mapping")
    seq = own(driver)["version"] - 1
    driver.do("appoint", person="lg", role="lag_member")
    driver.do("correct", undo_to=seq, reason="För tidigt")
    assert driver.place() == "preparation"
    assert len(rows(driver, Appointment, until_on=None)) == 6


def test_a_stop_can_be_put_right(at: At) -> None:
    driver = at("mapping")
    seq = own(driver)["version"]
    tasks = [task["item"] for task in rows(driver, Task, state=TaskState.OPEN)]
    driver.do("stop", reason="Fel")
    driver.do("correct", undo_to=seq, reason="Fel förlopp")
    assert driver.place() == "mapping"
    assert [task["item"] for task in rows(driver, Task, state=TaskState.OPEN)] == tasks


def test_there_is_nothing_to_undo_where_nothing_moved(at: At) -> None:
    driver = at("mapping")
    seq = own(driver)["version"]
    driver.do("report", reason="Läget")
    assert refusal(driver, "correct", undo_to=seq, reason="Fel") == "error.nothing_to_undo"


def test_a_clock_that_went_back_is_refused(at: At) -> None:
    driver = at("mapping")
    driver.clock.set(driver.clock.now() - timedelta(minutes=1))
    assert refusal(driver, "report") == "error.clock_went_back"


def test_a_clock_a_few_seconds_behind_writes_no_time_before_the_newest_event(at: At) -> None:
    driver = at("mapping")
    newest = own(driver)["last_event_at"]
    driver.clock.set(newest - timedelta(seconds=3))
    driver.do("report")
    assert own(driver)["last_event_at"] == newest
