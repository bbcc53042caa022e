"""The board says of every introduction where it stands, since when, who has the ball and what is due."""

from datetime import timedelta

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.queries.views import Waiting
from tests.pathways.drive import drive_to
from tests.pathways.furnished import furnished_app
from tests.pathways.queries.reading import later, read_board, read_row
from tests.pathways.queries.watching import watched

SLUGS = ("kol", "sepsis", "kritisk-benischemi", "hjartsvikt-nydebuterad", "osteoporos-sekundarprevention")


def test_a_region_without_introductions_has_an_empty_board(either_app: App) -> None:
    assert read_board(either_app) == ()


def test_pathways_stand_in_swedish_order(either_app: App, clock: SetClock) -> None:
    for slug in ("stroke-tia-tidiga-insatser", "kol", "hoftledsartros-primarvard", "sepsis"):
        drive_to(either_app, clock, slug, "preparation")
    names = [row.pathway for row in read_board(either_app)]
    assert [name[0] for name in names] == ["H", "K", "S", "S"]


def test_the_days_in_phase_count_from_its_first_day(either_app: App, clock: SetClock) -> None:
    driver = drive_to(either_app, clock, "kol", "preparation")
    later(driver, days=12)
    driver.do("report", reason="Vi väntar på ordföranden")
    assert read_row(either_app, "kol").days_in_phase == 12


def test_a_rest_counts_its_own_days(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "mapping")
    later(driver, days=5)
    drive_to(app, clock, "kol", "paused")
    later(driver, days=3)
    row = read_row(app, "kol")
    assert (row.phase, row.place, row.days_in_phase) == ("gap_analysis", "paused", 3)


def test_the_holder_of_the_soonest_required_task_has_the_ball(either_app: App, clock: SetClock) -> None:
    driver = drive_to(either_app, clock, "kol", "preparation")
    driver.do("appoint", person="res", role="development_resource")
    task = next(row for row in driver._own(of_table="task") if row["required_for"])
    driver.do("delegate_task", task=task["ref"], to="res")
    (waiting,) = read_row(either_app, "kol").waits_for
    assert (waiting.role, waiting.person) == ("development_resource", "Rut Ängström")


def test_without_required_tasks_those_who_can_meet_what_is_unmet_have_the_ball(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "preparation")
    driver.complete_required_tasks()
    assert [one.person for one in read_row(app, "kol").waits_for] == ["Örjan Ek", "Sara Åkesson", None]


def test_where_nothing_stands_in_the_way_whoever_acts_next_has_the_ball(either_app: App, clock: SetClock) -> None:
    drive_to(either_app, clock, "kol", "awaiting_decision")
    (waiting,) = read_row(either_app, "kol").waits_for
    assert (waiting.role, waiting.person) == ("registrar", "Regina Strand")


def test_several_holders_of_a_role_are_not_named(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "mapping")
    driver.do("invite_units", units=["vc-falun", "medicin"], due_on=driver.today.isoformat())
    driver.complete_required_tasks()
    assert Waiting("unit_representative", None, None) in read_row(app, "kol").waits_for


@pytest.mark.parametrize("place", ["stopped", "closed"])
def test_what_has_ended_waits_for_nobody_and_has_nothing_due(app: App, clock: SetClock, place: str) -> None:
    drive_to(app, clock, "kol", place)
    row = read_row(app, "kol")
    assert (row.waits_for, row.next_due, row.next_due_what, row.late) == ((), None, "", 0)


def test_the_next_thing_due_is_the_soonest_task(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "preparation")
    driver.do("create_task", title="Ring Älvdalen", due_on=driver.today.isoformat(), role="coordinator")
    row = read_row(app, "kol")
    assert (row.next_due, row.next_due_what) == (driver.today, "Ring Älvdalen")


def test_a_rest_has_only_its_return_due_and_nothing_late(either_app: App, clock: SetClock) -> None:
    driver = drive_to(either_app, clock, "kol", "preparation")
    drive_to(either_app, clock, "kol", "paused")
    returns_on = driver.today + timedelta(days=90)
    later(driver, days=60)
    row = read_row(either_app, "kol")
    assert (row.next_due, row.next_due_what, row.late) == (returns_on, "return", 0)


def test_open_tasks_past_their_last_day_are_late(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "preparation")
    later(driver, days=60)
    assert read_row(app, "kol").late == 3


def test_another_regions_introductions_are_not_on_the_board(app: App, clock: SetClock) -> None:
    neighbour = furnished_app(str(app.database.url), clock, code="SE-X", name="Region Gävleborg")
    try:
        drive_to(neighbour, clock, "kol", "executing")
        drive_to(app, clock, "sepsis", "preparation")
        assert [row.slug for row in read_board(app)] == ["sepsis"]
    finally:
        neighbour.database.dispose()


@pytest.mark.parametrize("is_past", [False, True], ids=["now", "as of then"])
def test_a_long_board_takes_as_many_statements_as_a_short_one(app: App, clock: SetClock, is_past: bool) -> None:
    drive_to(app, clock, SLUGS[0], "mapping")
    as_of = clock.now() if is_past else None
    with watched(app) as short:
        read_board(app, as_of)
    for slug, place in zip(SLUGS[1:], ("preparation", "ranking", "adjusting", "closed"), strict=True):
        drive_to(app, clock, slug, place)
    as_of = clock.now() if is_past else None
    with watched(app) as long:
        assert len(read_board(app, as_of)) == len(SLUGS)
    assert len(long) == len(short) < 20


@pytest.mark.parametrize("is_past", [False, True], ids=["now", "as of then"])
def test_every_statement_of_the_board_is_filtered_by_region(app: App, clock: SetClock, is_past: bool) -> None:
    drive_to(app, clock, "kol", "ranking")
    with watched(app) as sent:
        read_board(app, clock.now() if is_past else None)
    assert [statement for statement in sent if "region_id = " not in statement] == []
