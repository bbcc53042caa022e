"""Which timers an introduction wants where it stands, and that its rows follow by themselves."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from pathways.models.introduction import Timer, TimerKind, TimerState
from pathways.models.loop import LoopState
from pathways.profiles.load import load_shipped_profile
from pathways.services.clockwork.sweep import sweep
from pathways.services.timers import Standpoint, wanted
from tests.pathways.drive import Driver, drive_to
from tests.pathways.services.conftest import WAY, At
from tests.pathways.services.judge import row, rows

PROFILE = load_shipped_profile()
TODAY = date(2021, 10, 1)
OPEN = {"number": 2, "state": LoopState.OPEN, "opened_on": date(2022, 3, 22)}
HELD = {"number": 1, "state": LoopState.HELD, "opened_on": date(2021, 12, 22)}


def planned(months: int, due_on: date, *, round_: int = 40, recorded_on: date | None = None) -> dict[str, object]:
    return {"months": months, "due_on": due_on, "round": round_, "recorded_on": recorded_on}


SIX, TWELVE = planned(6, date(2022, 9, 22)), planned(12, date(2023, 3, 22))
ANCHOR = {"anchor_on": date(2021, 9, 22)}


@pytest.mark.parametrize(
    ("place", "facts", "timers"),
    [
        ("preparation", {}, {}),
        ("mapping", {}, {}),
        ("ranking", {}, {}),
        ("awaiting_decision", {}, {}),
        (
            "awaiting_decision",  # the morning after the meeting, in winter and in summer time
            {"meeting_on": date(2021, 11, 23)},
            {(TimerKind.DECISION, 1): datetime(2021, 11, 24, 7, tzinfo=UTC)},
        ),
        (
            "awaiting_decision",
            {"meeting_on": date(2021, 9, 21)},
            {(TimerKind.DECISION, 1): datetime(2021, 9, 22, 6, tzinfo=UTC)},
        ),
        ("executing", {}, {}),
        ("executing", ANCHOR, {(TimerKind.LEARNING_LOOP, 1): datetime(2021, 12, 22, 7, tzinfo=UTC)}),
        (
            "executing",
            {**ANCHOR, "loops": (HELD,)},
            {(TimerKind.LEARNING_LOOP, 2): datetime(2022, 3, 22, 7, tzinfo=UTC)},
        ),
        (
            "executing",  # 24 September 2021 + 3 months is Christmas Eve: the first working day after the holidays
            {"anchor_on": date(2021, 9, 24)},
            {(TimerKind.LEARNING_LOOP, 1): datetime(2021, 12, 27, 7, tzinfo=UTC)},
        ),
        (
            "executing",  # the last of November + 3 months is clamped to the last of February
            {"anchor_on": date(2021, 11, 30)},
            {(TimerKind.LEARNING_LOOP, 1): datetime(2022, 2, 28, 7, tzinfo=UTC)},
        ),
        (
            "reviewing",  # ten working days to hold it, reminded on the eleventh
            {**ANCHOR, "loops": (HELD, OPEN)},
            {(TimerKind.LOOP_OVERDUE, 2): datetime(2022, 4, 6, 6, tzinfo=UTC)},
        ),
        ("reviewing", {**ANCHOR, "loops": (HELD,)}, {}),
        ("adjusting", ANCHOR, {}),
        ("evaluating", ANCHOR, {}),
        ("celebrated", ANCHOR, {}),
        (
            "finished",
            {"follow_ups": (SIX, TWELVE)},
            {
                (TimerKind.FOLLOW_UP, 6): datetime(2022, 9, 22, 6, tzinfo=UTC),
                (TimerKind.FOLLOW_UP, 12): datetime(2023, 3, 22, 7, tzinfo=UTC),
            },
        ),
        (
            "finished",  # what was recorded is not waited for
            {"follow_ups": (planned(6, date(2022, 9, 22), recorded_on=date(2022, 9, 22)), TWELVE)},
            {(TimerKind.FOLLOW_UP, 12): datetime(2023, 3, 22, 7, tzinfo=UTC)},
        ),
        (
            "finished",  # those of an earlier round are over
            {"follow_ups": (SIX, TWELVE, planned(6, date(2024, 1, 15), round_=60))},
            {(TimerKind.FOLLOW_UP, 6): datetime(2024, 1, 15, 7, tzinfo=UTC)},
        ),
        ("paused", ANCHOR, {}),
        (
            "paused",
            {**ANCHOR, "return_on": date(2022, 1, 10)},
            {(TimerKind.RETURN, 1): datetime(2022, 1, 10, 7, tzinfo=UTC)},
        ),
        ("stopped", ANCHOR, {}),
        ("closed", {"follow_ups": (SIX, TWELVE)}, {}),
    ],
)
def test_the_timers_wanted_follow_from_the_place(
    place: str,
    facts: Mapping[str, Any],  # Any: a standpoint's fields are of many types
    timers: dict[tuple[TimerKind, int], datetime],
) -> None:
    assert wanted(Standpoint(place=place, today=TODAY, **facts), PROFILE) == timers


LIVE = {
    "awaiting_decision": {TimerKind.DECISION},
    "executing": {TimerKind.LEARNING_LOOP},
    "executing again": {TimerKind.LEARNING_LOOP},
    "reviewing": {TimerKind.LOOP_OVERDUE},
    "finished": {TimerKind.FOLLOW_UP},
}


def live(driver: Driver) -> list[Any]:  # Any: rows have columns of many types
    return rows(driver, Timer, state=TimerState.LIVE)


@pytest.mark.parametrize("place", WAY)
def test_the_rows_follow_the_place(at: At, place: str) -> None:
    assert {timer["kind"] for timer in live(at(place))} == LIVE.get(place, set())


def test_a_moved_meeting_moves_its_timer(at: At) -> None:
    driver = at("awaiting_decision")
    before = row(driver, Timer, state=TimerState.LIVE)
    driver.do("make_decision_basis", body="hsn", meeting_on="2021-11-23", basis="Nytt underlag")
    after = row(driver, Timer, state=TimerState.LIVE)
    assert after["due_at"] == datetime(2021, 11, 24, 7, tzinfo=UTC)
    assert row(driver, Timer, ref=before["ref"])["state"] == TimerState.CANCELLED


def test_a_command_that_changes_nothing_leaves_the_timer_alone(at: At) -> None:
    driver = at("executing")
    before = row(driver, Timer, state=TimerState.LIVE)
    driver.do("report")
    driver.do("arrange_patient_perspective", how="survey")
    assert row(driver, Timer, state=TimerState.LIVE) == before


def test_a_timer_rings_once(at: At) -> None:
    driver = at("awaiting_decision")
    driver.clock.set(row(driver, Timer, state=TimerState.LIVE)["due_at"])
    assert sweep(driver.app, now=driver.clock.now()).timers_fired == 1
    assert sweep(driver.app, now=driver.clock.now()).timers_fired == 0


def test_a_loop_timer_is_left_to_the_loop(at: At) -> None:
    driver = at("executing")
    driver.clock.set(row(driver, Timer, state=TimerState.LIVE)["due_at"])
    report = sweep(driver.app, now=driver.clock.now())
    assert (report.timers_fired, [loop.number for loop in report.loops_due]) == (0, [1])


def test_a_timer_that_rang_is_not_set_again_by_the_next_command(at: At) -> None:
    driver = at("awaiting_decision")
    driver.clock.set(row(driver, Timer, state=TimerState.LIVE)["due_at"])
    sweep(driver.app, now=driver.clock.now())
    driver.do("pause", reason="Sommar", until_on="2022-01-10")
    driver.do("resume")
    assert live(driver) == []


@pytest.mark.parametrize(("kind", "item"), [("return", "prova-aterstart"), ("follow_up", "gor-uppfoljningen")])
def test_a_moments_timer_makes_its_task(at: At, kind: str, item: str) -> None:
    driver = at("finished" if kind == "follow_up" else "executing")
    if kind == "return":
        drive_to(driver.app, driver.clock, "kol", "paused")
    driver.clock.set(min(timer["due_at"] for timer in live(driver)))
    sweep(driver.app, now=driver.clock.now())
    assert item in {task["item"] for task in driver._own(of_table="task") if task["state"] == "open"}
