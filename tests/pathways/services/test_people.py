"""Who takes part: appointed, dismissed, informed; and how the patients' voice is heard, never whose it is."""

from datetime import timedelta

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.errors import Unknown
from pathways.models.introduction import Appointment
from pathways.models.organisation import Person
from pathways.profiles.vocabulary import Role
from pathways.services.set_up_region import NewPerson, add_person
from tests.pathways.drive import Driver
from tests.pathways.furnished import furnished_app
from tests.pathways.services.conftest import At
from tests.pathways.services.judge import Data, own, person_id, refusal, row, rows


@pytest.fixture
def driver(at: At) -> Driver:
    """An introduction in preparation."""
    return at("preparation")


@pytest.mark.parametrize("role", ["lag_chair", "lag_member", "development_resource"])
def test_somebody_is_appointed_from_today(driver: Driver, role: str) -> None:
    driver.do("appoint", person="ordf", role=role)
    made = row(driver, Appointment, role=Role(role))
    assert (made["person_id"], made["since_on"], made["until_on"]) == (
        person_id(driver.app, "ordf"),
        driver.today,
        None,
    )


def test_a_unit_representative_is_appointed_for_a_unit(driver: Driver) -> None:
    driver.do("appoint", person="alv", role="unit_representative", unit="alvdalen")
    assert row(driver, Appointment)["unit_id"] is not None


def test_a_new_chair_takes_the_place_of_the_old_one(driver: Driver) -> None:
    driver.do("appoint", person="ordf", role="lag_chair")
    driver.do("appoint", person="m1", role="lag_chair")
    standing = row(driver, Appointment, role=Role.LAG_CHAIR, until_on=None)
    assert standing["person_id"] == person_id(driver.app, "m1")


def test_several_members_are_there_side_by_side(driver: Driver) -> None:
    for member in ("m1", "m2", "m3"):
        driver.do("appoint", person=member, role="lag_member")
    assert len(rows(driver, Appointment, until_on=None)) == 3


def test_one_person_may_hold_two_roles(driver: Driver) -> None:
    driver.do("appoint", person="res", role="development_resource")
    driver.do("appoint", person="res", role="lag_member")
    assert len(rows(driver, Appointment, until_on=None)) == 2


def test_a_dismissed_person_may_be_appointed_again(driver: Driver) -> None:
    for command in ("appoint", "dismiss", "appoint"):
        driver.do(command, person="m1", role="lag_member")
    assert [one["until_on"] for one in rows(driver, Appointment)] == [driver.today, None]


@pytest.mark.parametrize(
    ("command", "data", "sentence"),
    [
        ("appoint", {"person": "ordff", "role": "lag_chair"}, "error.unknown_person"),
        ("appoint", {"person": "ordf", "role": "registrar"}, "order.rule"),
        ("appoint", {"person": "ordf", "role": "king"}, "role:order.one_of"),
        ("appoint", {"person": "alv", "role": "unit_representative"}, "order.rule"),
        ("appoint", {"person": "alv", "role": "lag_member", "unit": "alvdalen"}, "order.rule"),
        ("appoint", {"person": "alv", "role": "unit_representative", "unit": "mora"}, "error.unknown_unit"),
        ("appoint", {"person": "ordf"}, "role:order.missing"),
        ("appoint", {"person": "ordf", "role": "lag_chair", "since": "today"}, "since:order.unknown_field"),
        ("appoint", {"person": 7, "role": "lag_chair"}, "person:order.text"),
        ("dismiss", {"person": "m1", "role": "lag_member"}, "error.not_appointed"),
        ("dismiss", {"person": "mm1", "role": "lag_member"}, "error.unknown_person"),
        ("arrange_patient_perspective", {"how": "telepathy"}, "how:order.one_of"),
        ("arrange_patient_perspective", {"how": "interviews", "who": "Kalle"}, "who:order.unknown_field"),
        ("inform", {"body": "lg_hs", "held_on": "2021-06-10"}, "error.not_in_the_past"),
        ("inform", {"body": "lg_hs", "held_on": "1999-12-31"}, "held_on:order.too_small"),
        ("inform", {"body": "lg-hs", "held_on": "2021-06-09"}, "error.unknown_body"),
        ("inform", {"body": "lg_hs", "held_on": "9 juni"}, "held_on:order.date"),
        ("inform", {}, "body:order.missing held_on:order.missing"),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_sentence(
    driver: Driver, command: str, data: Data, sentence: str
) -> None:
    assert refusal(driver, command, **data) == sentence


def test_nobody_is_appointed_twice_to_the_same(driver: Driver) -> None:
    driver.do("appoint", person="m1", role="lag_member")
    assert refusal(driver, "appoint", person="m1", role="lag_member") == "error.already_appointed"


def test_an_unknown_person_is_answered_with_the_nearest(driver: Driver) -> None:
    with pytest.raises(Unknown) as refused:
        driver.do("appoint", person="ordff", role="lag_chair")
    assert "ordf" in refused.value.nearest


@pytest.mark.parametrize("how", ["representative", "interviews", "survey", "patient_board"])
def test_the_patients_voice_is_arranged_in_one_of_four_ways(driver: Driver, how: str) -> None:
    driver.do("arrange_patient_perspective", how=how)
    assert own(driver)["patient_perspective"] == how


def test_the_management_group_was_informed_on_a_day(driver: Driver) -> None:
    held_on = driver.today - timedelta(days=2)
    driver.do("inform", body="lg_hs", held_on=held_on.isoformat())
    assert own(driver)["informed_on"] == held_on


def test_what_is_missing_before_the_gap_analysis_is_told_all_at_once(driver: Driver) -> None:
    assert refusal(driver, "start_gap_analysis") == (
        "chair_missing members_missing development_resource_missing patient_perspective_missing "
        "management_group_uninformed checklist_item_open"
    )


def test_a_person_who_left_cannot_be_appointed(driver: Driver) -> None:
    with driver.app.write() as work:
        work.update(Person, {"slug": "m1"}, {"active": False})
        work.commit()
    assert refusal(driver, "appoint", person="m1", role="lag_member") == "error.person_has_left"


def test_a_person_of_another_region_is_unknown(app: App, clock: SetClock) -> None:
    url = app.database.url.render_as_string(hide_password=False)
    other = furnished_app(url, clock, code="SE-X", name="Region Gävleborg")
    with other.write() as work:
        add_person(work, other.region_id(), NewPerson(slug="gavle", name="Gävle Bo"))
        work.commit()
    driver = Driver(app, clock, "kol")
    driver.do("start")
    assert refusal(driver, "appoint", person="gavle", role="lag_chair") == "error.unknown_person"
    other.database.dispose()
