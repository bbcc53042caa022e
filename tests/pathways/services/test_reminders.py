"""The reminder ladder: which rung falls when, who is told by it, and what an outage leaves of it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pathways.models.task import Task
from pathways.profiles.load import load_shipped_profile
from pathways.services.clockwork.reminders import remind_due
from pathways.services.reminders import first_rung, rung_at
from tests.pathways.drive import Driver, drive_to
from tests.pathways.services.conftest import At
from tests.pathways.services.judge import Told, row, told
from tests.pathways.services.test_task import make, send_away

PROFILE = load_shipped_profile()
WEDNESDAY = date(2021, 6, 16)


def at_eight(day: str, utc_hour: int = 6) -> datetime:
    return datetime.fromisoformat(day).replace(hour=utc_hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due_on", "rung", "day"),
    [
        (WEDNESDAY, 0, "2021-06-09"),  # five working days before
        (WEDNESDAY, 1, "2021-06-16"),  # on the day
        (WEDNESDAY, 2, "2021-06-21"),  # three after, over a weekend
        (WEDNESDAY, 3, "2021-06-29"),  # eight after, over Midsummer
        (WEDNESDAY, 4, "2021-07-08"),  # fifteen after
        (date(2021, 6, 25), 1, "2021-06-28"),  # Midsummer's Eve is no working day: the Monday after
        (date(2021, 6, 26), 0, "2021-06-18"),
    ],
)
def test_a_rung_falls_in_the_morning_so_many_working_days_from_the_due_day(due_on: date, rung: int, day: str) -> None:
    assert rung_at(PROFILE, due_on, rung) == at_eight(day)


def test_above_the_last_rung_there_is_none() -> None:
    assert rung_at(PROFILE, WEDNESDAY, len(PROFILE.ladder)) is None


def test_a_rung_in_winter_falls_at_eight_by_the_winter_clock() -> None:
    assert rung_at(PROFILE, date(2021, 12, 15), 1) == at_eight("2021-12-15", utc_hour=7)


@pytest.mark.parametrize(
    ("now", "rung"),
    [
        ("2021-06-01T12:00", 0),
        ("2021-06-09T05:59", 0),
        ("2021-06-09T06:00", 1),  # a rung that falls this very moment has passed
        ("2021-06-16T12:00", 2),
        ("2021-06-28T12:00", 3),
        ("2021-07-07T12:00", 4),
        ("2021-07-08T06:00", 5),
    ],
)
def test_a_new_task_begins_at_the_first_rung_ahead(now: str, rung: int) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert first_rung(PROFILE, WEDNESDAY, at) == (rung, rung_at(PROFILE, WEDNESDAY, rung))


@pytest.fixture
def driver(at: At) -> Driver:
    """An introduction with one task of M1's, due on a Wednesday in June; nothing else is due so soon."""
    return at("mapping")


def reminders(driver: Driver, day: str) -> list[Told]:
    """What is told about the task when the sweep runs at noon of a day."""
    seen = len(told(driver.app))
    driver.go_to(date.fromisoformat(day))
    remind_due(driver.app, now=driver.clock.now())
    return [one for one in told(driver.app)[seen:] if one.values["task"] == "Ring Mora"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2021-06-11", ("task_reminder", "m1", "before", 1)),
        ("2021-06-18", ("task_reminder", "m1", "due", 1)),
        ("2021-06-23", ("task_reminder", "m1", "overdue", 2)),
        ("2021-07-01", ("escalation", "sam", None, 3)),
        ("2021-07-12", ("escalation", "chef", None, 3)),
    ],
)
def test_each_rung_tells_its_own_person(driver: Driver, day: str, expected: tuple[object, ...]) -> None:
    """One sweep on each rung's day and none before: an outage is told of by the highest rung passed."""
    make(driver, due_on="2021-06-18")
    one = reminders(driver, day)[0]
    assert (one.kind, one.to, one.values.get("rung"), one.values["severity"]) == expected


def test_a_ladder_climbed_day_by_day_tells_five_times(driver: Driver) -> None:
    make(driver, due_on="2021-06-18")
    days = [date(2021, 6, 9) + timedelta(days=n) for n in range(60)]
    people = [one.to for day in days for one in reminders(driver, day.isoformat())]
    assert people == ["m1", "m1", "m1", "sam", "chef"]


def test_after_an_outage_only_the_highest_rung_passed_is_told(driver: Driver) -> None:
    make(driver, due_on="2021-06-18")
    assert [one.to for one in reminders(driver, "2021-08-20")] == ["chef"]


def test_a_second_sweep_tells_nothing(driver: Driver) -> None:
    make(driver, due_on="2021-06-18")
    assert len(reminders(driver, "2021-06-18")) == 1
    assert reminders(driver, "2021-06-18") == []


def test_an_escalation_names_whose_task_it_is(driver: Driver) -> None:
    make(driver, due_on="2021-06-18")
    one = reminders(driver, "2021-07-01")[0]
    assert (one.values["assignee"], one.why, one.values["days"]) == ("Maja Zetterlund", "coordinator", 8)


def test_a_reminder_to_somebody_away_goes_to_the_substitute(driver: Driver) -> None:
    make(driver, due_on="2021-06-18")
    send_away(driver, "m1", "m2")
    assert [one.to for one in reminders(driver, "2021-06-18")] == ["m2"]


def test_a_task_that_nobody_has_is_first_told_of_to_the_coordinator(driver: Driver) -> None:
    driver.do("create_task", title="Ring Mora", due_on="2021-06-18", role="elected_reader")
    assert reminders(driver, "2021-06-23") == []
    assert [one.to for one in reminders(driver, "2021-07-01")] == ["sam"]


def test_a_settled_task_is_not_reminded_of(driver: Driver) -> None:
    ref = make(driver, due_on="2021-06-18")
    driver.do("complete_task", task=ref, outcome="Klart")
    assert reminders(driver, "2021-07-12") == []


def test_a_task_put_off_is_reminded_of_from_its_new_day(driver: Driver) -> None:
    ref = make(driver, due_on="2021-06-18")
    assert len(reminders(driver, "2021-06-18")) == 1
    driver.do("snooze_task", task=ref, due_on="2021-09-01", reason="Semester")
    assert reminders(driver, "2021-08-24") == []
    assert [one.values["rung"] for one in reminders(driver, "2021-08-25")] == ["before"]


def test_a_resting_introduction_reminds_of_nothing_until_it_goes_on(driver: Driver) -> None:
    make(driver, due_on="2021-06-18")
    drive_to(driver.app, driver.clock, "kol", "paused")
    assert reminders(driver, "2021-06-23") == []
    driver.do("resume")
    assert [one.to for one in reminders(driver, "2021-06-23")] == ["m1"]


def test_reminding_leaves_no_event(driver: Driver) -> None:
    ref = make(driver, due_on="2021-06-18")
    version = driver._own(of_table="task")[-1]["made_in"]
    reminders(driver, "2021-06-18")
    found = driver.row()
    assert found is not None
    assert (found["version"], row(driver, Task, ref=ref)["rung"]) == (version, 2)
