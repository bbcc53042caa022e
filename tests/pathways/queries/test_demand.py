"""What is asked of units, and what development resources carry: counted from the rows and the expected course."""

from datetime import timedelta

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.planning.demand import Kind
from pathways.planning.instants import local_date
from pathways.queries.capacity import capacity
from pathways.queries.demand import Demand, UnitDemand, demand, units_of, would_collide
from tests.pathways.drive import UNIT_REPRESENTATIVES, Driver, drive_to
from tests.pathways.queries.watching import watched


def ask(app: App, *, limit: int | None = None) -> Demand:
    profile = app.profile
    if limit is not None:
        workload = profile.workload.model_copy(update={"demands_per_quarter": limit})
        profile = profile.model_copy(update={"workload": workload})
    today = local_date(app.clock.now(), profile.region.zone)
    with app.read() as work:
        return demand(work, region_id=app.region_id(), profile=profile, today=today)


def unit(found: Demand, slug: str) -> UnitDemand:
    (one,) = [one for one in found.units if one.slug == slug]
    return one


def kinds(found: Demand, slug: str) -> set[tuple[Kind, bool]]:
    """What is asked of a unit, and whether all of it is only expected."""
    own = unit(found, slug).by_quarter.values()
    return {(part.kind, part.n == part.expected) for load in own for part in load.parts}


@pytest.fixture
def asked(app: App, clock: SetClock) -> Driver:
    """KOL with two units asked about its gap analysis."""
    driver = drive_to(app, clock, "kol", "mapping")
    due_on = (driver.today + timedelta(days=30)).isoformat()
    driver.do("invite_units", units=list(UNIT_REPRESENTATIVES), due_on=due_on)
    return driver


def test_an_empty_region_asks_nothing_of_anybody(app: App) -> None:
    found = ask(app)
    assert [one.slug for one in found.units] == ["medicin", "vc-falun", "alvdalen"]
    assert all(not one.by_quarter for one in found.units)
    assert found.unplaced == ()


def test_a_unit_that_is_asked_has_the_answer_to_give_and_the_rest_ahead(asked: Driver) -> None:
    found = ask(asked.app)
    told = kinds(found, "vc-falun")
    assert (Kind.GAP_ANALYSIS, False) in told
    assert {(Kind.COMMENT_ROUND, True), (Kind.CHECKLIST, True), (Kind.LOOP, True)} <= told
    assert kinds(found, "alvdalen") == set()


def test_the_answer_is_counted_once_though_it_is_a_task_as_well(asked: Driver) -> None:
    own = unit(ask(asked.app), "vc-falun").by_quarter.values()
    assert sum(part.n for load in own for part in load.parts if part.kind is Kind.GAP_ANALYSIS) == 1


def test_an_introduction_that_has_asked_nobody_is_named_apart(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "preparation")
    found = ask(app)
    (foreseen,) = found.unplaced
    assert foreseen.asker.slug == "kol"
    parts = [part for load in foreseen.by_quarter.values() for part in load.parts]
    assert {Kind.GAP_ANALYSIS, Kind.COMMENT_ROUND} <= {part.kind for part in parts}
    assert all(part.n == part.expected for part in parts)
    assert all(not one.by_quarter for one in found.units)


def test_what_rests_asks_nothing(asked: Driver) -> None:
    drive_to(asked.app, asked.clock, "kol", "paused")
    assert kinds(ask(asked.app), "vc-falun") == set()


def test_activities_are_asked_of_the_units_whose_gaps_they_close(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "executing")
    found = ask(app)
    for slug in UNIT_REPRESENTATIVES:
        assert (Kind.ACTIVITY, False) in kinds(found, slug)
        assert (Kind.LOOP, True) in kinds(found, slug)
    assert kinds(found, "alvdalen") == set()


def test_units_collide_where_more_is_asked_than_they_bear(asked: Driver) -> None:
    app = asked.app
    assert unit(ask(app, limit=1), "vc-falun").crowded
    assert {one.slug for one in units_of(ask(app, limit=1), "kol")} == set(UNIT_REPRESENTATIVES)
    assert units_of(ask(app, limit=9), "kol") == ()
    assert would_collide(ask(app, limit=9)) == ()
    assert {one.slug for one in would_collide(ask(app, limit=1))} == set(UNIT_REPRESENTATIVES)


def test_however_many_introductions_the_statements_are_few(asked: Driver) -> None:
    def sent() -> int:
        with watched(asked.app) as statements:
            ask(asked.app)
        return len(statements)

    before = sent()
    drive_to(asked.app, asked.clock, "epilepsi", "communicated")
    assert sent() == before <= 12


def test_it_is_the_same_on_each_kind_of_database(either_app: App, clock: SetClock) -> None:
    drive_to(either_app, clock, "kol", "executing")
    found = ask(either_app)
    assert (Kind.ACTIVITY, False) in kinds(found, "vc-falun")
    with either_app.read() as work:
        assert capacity(work, region_id=either_app.region_id(), profile=either_app.profile).resources


def test_each_resource_stands_beside_the_figure_and_in_order_of_the_name(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "mapping")
    drive_to(app, clock, "epilepsi", "preparation")
    with app.read() as work:
        found = capacity(work, region_id=app.region_id(), profile=app.profile)
    (rut,) = found.resources
    assert (rut.name, [one.slug for one in rut.introductions]) == ("Rut Ängström", ["kol"])
    assert rut.tasks > 0
    assert not rut.is_over
    assert [one.slug for one in found.unstaffed] == ["epilepsi"]


def test_more_than_the_figure_is_told(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "mapping")
    workload = app.profile.workload.model_copy(update={"tasks_per_resource": 1})
    with app.read() as work:
        profile = app.profile.model_copy(update={"workload": workload})
        found = capacity(work, region_id=app.region_id(), profile=profile)
    assert [one.is_over for one in found.resources] == [True]
