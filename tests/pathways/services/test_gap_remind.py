"""A unit is reminded when a person asks for it, within reason, besides the ladder that reminds by itself."""

from datetime import timedelta

import pytest

from pathways.models.gap import GapInvitation
from pathways.services.verify import verify
from tests.pathways.drive import Driver
from tests.pathways.services.conftest import At
from tests.pathways.services.judge import refusal, row, told

LATER = "2021-09-01"


@pytest.fixture
def driver(at: At) -> Driver:
    """A gap analysis under way, one unit asked."""
    driver = at("mapping")
    driver.do("invite_units", units=["medicin"], due_on=LATER)
    return driver


def reminders(driver: Driver) -> list[tuple[str, str, object, object]]:
    return [
        (one.to, one.urgency, one.values["rung"], one.values["link"])
        for one in told(driver.app)
        if one.kind == "task_reminder"
    ]


def test_the_units_representative_is_reminded_at_once_with_the_way_to_the_task(driver: Driver) -> None:
    task = driver._own(of_table="task")[-1]
    driver.do("remind_unit", unit="medicin", by="res")
    assert reminders(driver) == [("med", "at_once", "before", f"/forlopp/kol/uppgift/{task['ref']}")]


def test_the_reminder_is_remembered(driver: Driver) -> None:
    driver.do("remind_unit", unit="medicin")
    kept = row(driver, GapInvitation)
    assert (kept["reminded_on"], kept["reminders"]) == (driver.today, 1)
    assert verify(driver.app) == ()


def test_within_three_working_days_a_unit_is_not_reminded_again(driver: Driver) -> None:
    first = driver.today  # a Wednesday
    driver.do("remind_unit", unit="medicin")
    driver.go_to(first + timedelta(days=4))  # Sunday: two working days
    assert refusal(driver, "remind_unit", unit="medicin") == "error.reminded_recently"
    driver.go_to(first + timedelta(days=5))
    driver.do("remind_unit", unit="medicin")
    assert row(driver, GapInvitation)["reminders"] == 2


def test_after_the_last_day_the_reminder_says_how_late_it_is(driver: Driver) -> None:
    driver.go_to(row(driver, GapInvitation)["due_on"] + timedelta(days=5))
    driver.do("remind_unit", unit="medicin")
    assert reminders(driver)[-1][2] == "overdue"


@pytest.mark.parametrize(
    ("unit", "sentence"),
    [("vc-falun", "error.nothing_to_remind"), ("mora", "error.unknown_unit")],
)
def test_a_unit_that_is_not_waited_for_is_not_reminded(driver: Driver, unit: str, sentence: str) -> None:
    assert refusal(driver, "remind_unit", unit=unit) == sentence


def test_an_excused_unit_is_not_reminded(driver: Driver) -> None:
    driver.do("excuse_unit", unit="medicin", reason="Inga patienter")
    assert refusal(driver, "remind_unit", unit="medicin") == "error.nothing_to_remind"


def test_where_nobody_answers_for_the_unit_that_is_said(driver: Driver) -> None:
    driver.do("invite_units", units=["alvdalen"], due_on=LATER)
    with driver.app.write() as work:
        work.connection.exec_driver_sql("update person set active = 0 where slug = 'alv'")
        work.connection.exec_driver_sql(
            "update task set assignee_id = null where unit_id in (select id from unit where slug = 'alvdalen')"
        )
        work.commit()
    assert refusal(driver, "remind_unit", unit="alvdalen") == "error.nobody_to_remind"


@pytest.mark.parametrize("by", ["med", "m1", "lg", "frammande"])
def test_only_those_who_lead_remind(driver: Driver, by: str) -> None:
    assert refusal(driver, "remind_unit", by=by, unit="medicin") == "error.not_allowed"
