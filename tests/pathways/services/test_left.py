"""Somebody who has left: is given nothing more, and what they hold can be ended and handed on."""

from datetime import timedelta

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.errors import PersonHasLeft, Unknown
from pathways.models.introduction import Appointment
from pathways.models.organisation import Absence, Person
from pathways.models.task import Task
from tests.pathways.drive import Driver, drive_to
from tests.pathways.services.judge import person_id, row


def leave(app: App, person: str) -> None:
    """Somebody leaves, and nothing is handed over."""
    with app.write() as work:
        work.update(Person, {"slug": person}, {"active": False})
        work.commit()


@pytest.fixture
def driver(app: App, clock: SetClock) -> Driver:
    """KOL with its people appointed."""
    return drive_to(app, clock, "kol", "mapping")


def make_task(driver: Driver, person: str) -> str:
    made = driver.do("create_task", title="Ring Mora", due_on=driver.today.isoformat(), person=person).made
    return next(ref for table, ref in made if table == "task")


def test_a_task_is_not_handed_to_somebody_who_has_left_and_the_roles_holder_is_named_instead(driver: Driver) -> None:
    task = make_task(driver, "m1")
    leave(driver.app, "m2")
    with pytest.raises(PersonHasLeft) as refused:
        driver.do("delegate_task", task=task, to="m2")
    assert refused.value.sentence == "error.person_has_left"
    assert refused.value.values["person"] == "Ali Haddad"
    assert str(refused.value.values["instead"]).startswith("Rut Ängström")


def test_nobody_is_appointed_who_has_left(driver: Driver) -> None:
    leave(driver.app, "ana")
    with pytest.raises(PersonHasLeft) as refused:
        driver.do("appoint", person="ana", role="lag_member")
    assert "Rut Ängström" in str(refused.value.values["instead"]) or refused.value.values["instead"]


def test_a_name_that_nobody_has_is_unknown_as_before(driver: Driver) -> None:
    with pytest.raises(Unknown) as refused:
        driver.do("appoint", person="finns-inte", role="lag_member")
    assert not isinstance(refused.value, PersonHasLeft)


def test_the_appointment_of_somebody_who_has_left_can_be_ended(driver: Driver) -> None:
    leave(driver.app, "m1")
    driver.do("dismiss", person="m1", role="lag_member")
    held = row(driver, Appointment, person_id=person_id(driver.app, "m1"))
    assert held["until_on"] == driver.today


def test_the_task_of_somebody_who_has_left_can_be_handed_on(driver: Driver) -> None:
    task = make_task(driver, "m1")
    leave(driver.app, "m1")
    driver.do("delegate_task", task=task, to="m2")
    assert row(driver, Task, ref=task)["assignee_id"] == person_id(driver.app, "m2")


def test_a_substitute_who_has_left_gets_no_tasks(driver: Driver) -> None:
    app = driver.app
    days = {"from_on": driver.today, "until_on": driver.today + timedelta(days=9)}
    people = {"person_id": person_id(app, "m1"), "substitute_id": person_id(app, "m2")}
    with app.write() as work:
        work.insert_one(Absence, {**people, **days})
        work.commit()
    leave(app, "m2")
    task = make_task(driver, "m3")
    driver.do("delegate_task", task=task, to="m1")
    assert row(driver, Task, ref=task)["assignee_id"] == person_id(app, "m1")
