"""A worklist holds what a person is to do, the soonest first, and says why it came to them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.errors import Unknown
from pathways.models.organisation import Absence, Person
from pathways.queries.views import WorklistRow
from pathways.storage.unit_of_work import table_of
from tests.pathways.drive import Driver, drive_to
from tests.pathways.furnished import furnished_app
from tests.pathways.queries.reading import later, read_worklist
from tests.pathways.queries.watching import watched


def refs(rows: tuple[WorklistRow, ...]) -> list[tuple[str, str]]:
    """Which tasks a list holds."""
    return [(row.slug, row.ref) for row in rows]


def ask(driver: Driver, person: str, *, days: int) -> str:
    """Asks a person to do something in so many days, and gives the task's ref."""
    due_on = driver.today + timedelta(days=days)
    made = driver.do("create_task", title="Ring upp", due_on=due_on.isoformat(), person=person).made
    return next(ref for table, ref in made if table == "task")


def leave(driver: Driver, person: str, substitute: str) -> None:
    """Lets a person be away this week, with somebody in their place."""
    person_table = table_of(Person)
    mine = person_table.c.region_id == driver.app.region_id()
    with driver.app.write() as work:
        ids = {row["slug"]: row["id"] for row in work.rows(select(person_table).where(mine))}
        week = {"from_on": driver.today, "until_on": driver.today + timedelta(days=7)}
        work.insert_one(Absence, {"person_id": ids[person], "substitute_id": ids[substitute], **week})
        work.commit()


def test_the_soonest_task_comes_first(either_app: App, clock: SetClock) -> None:
    driver = drive_to(either_app, clock, "kol", "preparation")
    other = drive_to(either_app, clock, "sepsis", "preparation")
    wanted = [("kol", ask(driver, "ana", days=20)), ("sepsis", ask(other, "ana", days=3))]
    assert refs(read_worklist(either_app, "ana")) == list(reversed(wanted))


def test_a_task_says_why_it_came_where_and_what_it_opens(either_app: App, clock: SetClock) -> None:
    driver = drive_to(either_app, clock, "kol", "preparation")
    task = next(row for row in driver._own(of_table="task") if row["required_for"])
    driver.do("delegate_task", task=task["ref"], to="res")
    (row,) = read_worklist(either_app, "res")
    assert (row.why, row.phase, row.then) == ("development_resource", "preparation", ("start_gap_analysis",))
    assert (row.pathway, row.item, row.instead_of) == ("KOL", "lista-berorda-enheter", None)


def test_a_unit_representative_sees_for_which_unit(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "mapping")
    driver.do("invite_units", units=["vc-falun"], due_on=driver.today.isoformat())
    (row,) = read_worklist(app, "vcf")
    assert (row.why, row.unit) == ("unit_representative", "Vårdcentralen Falun")


def test_a_done_task_leaves_the_list(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "preparation")
    driver.do("complete_task", task=ask(driver, "ana", days=3), outcome="klart")
    assert read_worklist(app, "ana") == ()


def test_a_late_task_says_how_late(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "preparation")
    ask(driver, "ana", days=3)
    later(driver, days=5)
    assert [row.days_late for row in read_worklist(app, "ana")] == [2]


@pytest.mark.parametrize("place", ["paused", "stopped"])
def test_what_rests_or_has_ended_is_on_nobodys_list(either_app: App, clock: SetClock, place: str) -> None:
    driver = drive_to(either_app, clock, "kol", "preparation")
    ask(driver, "ana", days=3)
    drive_to(either_app, clock, "kol", place)
    assert read_worklist(either_app, "ana") == ()


def test_a_substitute_sees_the_tasks_of_whoever_is_away(either_app: App, clock: SetClock) -> None:
    driver = drive_to(either_app, clock, "kol", "preparation")
    task = ask(driver, "ana", days=3)
    leave(driver, "ana", "reg")
    (row,) = read_worklist(either_app, "reg")
    assert (row.ref, row.instead_of) == (task, "Anders Nyström")


def test_a_substitute_who_is_away_too_hands_on(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "preparation")
    task = ask(driver, "ana", days=3)
    leave(driver, "ana", "reg")
    leave(driver, "reg", "adm")
    assert (refs(read_worklist(app, "adm")), read_worklist(app, "reg")) == ([("kol", task)], ())


def test_after_the_absence_the_substitute_sees_it_no_more(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "preparation")
    ask(driver, "ana", days=30)
    leave(driver, "ana", "reg")
    later(driver, days=8)
    assert read_worklist(app, "reg") == ()


def test_an_unknown_person_is_refused_with_the_nearest(app: App) -> None:
    with pytest.raises(Unknown) as refusal:
        read_worklist(app, "samm")
    assert refusal.value.nearest[0] == "sam"


def test_a_namesake_in_another_region_has_a_list_of_their_own(app: App, clock: SetClock) -> None:
    neighbour = furnished_app(str(app.database.url), clock, code="SE-X", name="Region Gävleborg")
    try:
        ask(drive_to(neighbour, clock, "kol", "preparation"), "ana", days=3)
        assert read_worklist(app, "ana") == ()
    finally:
        neighbour.database.dispose()


def test_a_long_list_takes_as_many_statements_as_a_short_one(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "preparation")
    ask(driver, "ana", days=1)
    with watched(app) as short:
        read_worklist(app, "ana")
    for days in range(2, 12):
        ask(driver, "ana", days=days)
    with watched(app) as long:
        assert len(read_worklist(app, "ana")) == 11
    assert len(long) == len(short)
    assert [statement for statement in long if "region_id = " not in statement] == []
