"""An introduction rests, the process ends, another one takes it up: it stands exactly where it stood."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from pathways.bootstrap import App, build_app
from pathways.clock import SetClock
from pathways.models.introduction import Introduction
from pathways.models.task import Task
from pathways.services.ask import Ask
from pathways.settings import Settings
from pathways.storage.unit_of_work import Row, table_of
from tests.invariants import assert_promise_kept
from tests.pathways.drive import PLACES, drive_to
from tests.pathways.services.orders import add_version

_introduction, _task = table_of(Introduction), table_of(Task)
RESTING = [place for place in PLACES if place not in {"paused", "closed", "stopped"}]


def row(app: App, slug: str) -> Row:
    """The introduction as it stands."""
    with app.read() as work:
        found = work.find(select(_introduction).where(_introduction.c.slug == slug))
    assert found is not None
    return found


def tasks(app: App) -> dict[str, str]:
    """Every task with its state."""
    with app.read() as work:
        return {found["ref"]: found["state"] for found in work.rows(select(_task))}


def rest_and_return(app: App, clock: SetClock, slug: str, *, days: int = 30) -> None:
    """Pauses, ends the process, and resumes in a new one some time later."""
    until = (clock.now() + timedelta(days=days)).date().isoformat()
    app.run(slug, "pause", {"until_on": until}, Ask(actor="sam", reason="Pandemi"))
    app.database.dispose()
    clock.set(clock.now() + timedelta(days=days))
    another = build_app(Settings(), clock=clock, database_url=str(app.database.url))
    another.run(slug, "resume", {}, Ask(actor="sam"))
    another.database.dispose()


@pytest.mark.parametrize("place", RESTING)
def test_after_a_rest_and_a_new_process_it_stands_where_it_stood(app: App, clock: SetClock, place: str) -> None:
    drive_to(app, clock, "kol", place)
    stood, had = row(app, "kol"), tasks(app)
    rest_and_return(app, clock, "kol")
    assert row(app, "kol")["configuration"] == stood["configuration"]
    assert tasks(app) == had, "no task is lost by a rest, and none is made twice"
    assert_promise_kept(app, {})


def test_all_three_regions_come_back_to_where_they_were(app: App, clock: SetClock) -> None:
    add_version(app, "svarlakta-sar", final=False)
    driver = drive_to(app, clock, "svarlakta-sar", "communicated")
    driver.do("withdraw_nationally", reason="Dras tillbaka")
    configuration = row(app, "svarlakta-sar")["configuration"]
    assert {"communicated", "withdrawn", "drafting"} <= set(configuration)
    rest_and_return(app, clock, "svarlakta-sar")
    assert row(app, "svarlakta-sar")["configuration"] == configuration
    assert_promise_kept(app, {})


def test_a_loop_that_decides_to_rest_brings_the_tasks_of_the_work_that_goes_on(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "reviewing")
    until = (driver.today + timedelta(days=60)).isoformat()
    review: dict[str, Any] = {"held_on": driver.today.isoformat(), "attendees": ["lag_chair"], "summary": "Vi vilar"}
    driver.do("hold_loop", reason="Semester", decision="pause", until_on=until, **review)
    clock.set(clock.now() + timedelta(days=61))
    driver.do("resume")
    assert driver.place() == "executing"
    with app.read() as work:
        query = select(_task.c.item).where(_task.c.state == "open", _task.c.belongs_to == "executing")
        items = work.values(query)
    assert sorted(items).count("bestam-tid-for-loopen") == 1
    assert_promise_kept(app, {})
