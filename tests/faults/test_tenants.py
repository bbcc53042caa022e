"""Two regions in one database: nothing of one is seen or changed through the other."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Table, select

from notifications.channels.memory import MemoryChannel
from notifications.tables import inbox_item, outbox_message
from pathways.bootstrap import App, build_app
from pathways.bootstrap.delivery import build_post
from pathways.clock import SetClock
from pathways.errors import PathwaysError, Refused, Unknown
from pathways.models.case_rows import CASE_TABLES
from pathways.models.introduction import Event, Introduction
from pathways.models.organisation import Person
from pathways.models.task import Task
from pathways.services.ask import Ask
from pathways.services.clockwork.delivery import deliver_due
from pathways.services.clockwork.loops import open_due_loop
from pathways.services.clockwork.sweep import sweep
from pathways.services.verify import verify
from pathways.settings import Settings
from pathways.storage.unit_of_work import Row, table_of
from tests.invariants import assert_promise_kept
from tests.pathways.drive import drive_to
from tests.pathways.furnished import furnished_app

OTHER = "SE-X"
_introduction, _event, _person, _task = (table_of(row) for row in (Introduction, Event, Person, Task))


@pytest.fixture
def neighbour(app: App, clock: SetClock) -> Iterator[App]:
    """The region next door, in the same database, with the same cast and an introduction of the same pathway."""
    made = furnished_app(str(app.database.url), clock, code=OTHER, name="Region Gävleborg")
    drive_to(made, clock, "kol", "executing")
    drive_to(app, clock, "kol", "mapping")
    yield made
    made.database.dispose()


def everything_of(app: App) -> dict[str, list[Row]]:
    """All rows that belong to the application's own region."""
    region = app.region_id()
    mine = select(_introduction.c.id).where(_introduction.c.region_id == region)
    tables: list[Table] = [_event, *(table_of(kind) for kind in CASE_TABLES.values())]
    code = app.profile.region.code
    with app.read() as work:
        found = {t.name: work.rows(select(t).where(t.c.introduction_id.in_(mine))) for t in tables}
        found["introduction"] = work.rows(select(_introduction).where(_introduction.c.region_id == region))
        for told in (outbox_message, inbox_item):
            found[told.name] = work.rows(select(told).where(told.c.region == code))
    return found


def test_commands_of_one_region_leave_every_row_of_the_other_alone(app: App, neighbour: App, clock: SetClock) -> None:
    before = everything_of(neighbour)
    drive_to(app, clock, "kol", "closed")
    assert everything_of(neighbour) == before
    assert_promise_kept(app, {})
    assert_promise_kept(neighbour, {})


def test_the_sweep_of_one_region_neither_stumbles_over_the_other_nor_serves_it(
    app: App, neighbour: App, clock: SetClock
) -> None:
    before = everything_of(neighbour)
    clock.set(clock.now() + timedelta(days=200))
    assert sweep(app, now=clock.now()).loops_due == ()
    introduction = before["introduction"][0]
    assert not open_due_loop(app, introduction_id=introduction["id"], number=1, now=clock.now())
    assert everything_of(neighbour) == before
    assert [loop.number for loop in sweep(neighbour, now=clock.now()).loops_due] == [1]


def test_what_only_the_other_region_has_is_unknown_here(app: App, neighbour: App, clock: SetClock) -> None:
    drive_to(neighbour, clock, "sepsis", "mapping")
    before = everything_of(neighbour)
    with neighbour.write() as work:
        work.update(Person, {"region_id": neighbour.region_id(), "slug": "frammande"}, {"slug": "granne"})
        work.commit()
    with pytest.raises(Unknown) as unknown:
        app.run("sepsis", "report", {}, Ask(actor="sam"))
    assert unknown.value.nearest == ("kol",)
    for data, actor in (({"title": "Ring", "due_on": "2022-12-01", "person": "granne"}, "sam"), ({}, "granne")):
        with pytest.raises(PathwaysError):
            app.run("kol", "create_task" if data else "report", data, Ask(actor=actor))
    with neighbour.read() as work:
        theirs = set(work.values(select(_task.c.ref))) - {row["ref"] for row in everything_of(app)["task"]}
    with pytest.raises(Unknown):
        app.run("kol", "complete_task", {"task": min(theirs), "outcome": "klart"}, Ask(actor="sam"))
    assert everything_of(neighbour) == before


def test_a_command_id_of_the_other_region_tells_nothing(app: App, neighbour: App) -> None:
    ask = Ask(actor="sam", command_id="theirs")
    neighbour.run("kol", "report", {}, ask)
    with pytest.raises(Refused, match=r"error\.command_id_used"):
        app.run("kol", "report", {}, ask)


def test_nobody_is_told_of_the_other_region(app: App, neighbour: App, clock: SetClock) -> None:
    channel = MemoryChannel()
    clock.set(clock.now() + timedelta(days=1))
    both = build_app(Settings(), clock=clock, database_url=str(app.database.url))
    both.profiles = {**app.profiles, **neighbour.profiles}
    deliver_due(both, build_post(both, channel), now=clock.now())
    with app.read() as work:
        home = dict(work.connection.execute(select(_person.c.id, _person.c.region_id)).all())
    regions = {app.profile.region.code: app.region_id(), OTHER: neighbour.region_id()}
    assert {kept.recipient.region for kept in channel.kept} == set(regions)
    for kept in channel.kept:
        assert home[int(kept.recipient.person_id)] == regions[kept.recipient.region]
    both.database.dispose()


def test_a_task_that_strayed_into_another_region_is_found(app: App, neighbour: App) -> None:
    with app.write() as work:
        work.update(Task, {"region_id": app.region_id()}, {"region_id": neighbour.region_id()})
        work.commit()
    found = {(one.sentence, one.values["column"]) for one in verify(app)}
    assert found == {("verify.column_differs", "region_id")}
