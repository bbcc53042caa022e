"""The due list holds tasks and timers whose time has come, the most overdue first."""

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.queries.due import due
from pathways.queries.views import DueRow
from tests.pathways.drive import drive_to
from tests.pathways.furnished import furnished_app
from tests.pathways.queries.reading import later
from tests.pathways.queries.watching import watched


def read_due(app: App, *, limit: int = 100) -> tuple[DueRow, ...]:
    """The due list of the application's region."""
    with app.read() as work:
        return due(work, region_id=app.region_id(), now=app.clock.now(), limit=limit)


def test_on_its_last_day_a_task_is_not_overdue(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "preparation")
    driver.do("create_task", title="Ring upp", due_on=driver.today.isoformat(), person="ana")
    assert read_due(app) == ()
    later(driver)
    assert [(row.what, row.days_late, row.person) for row in read_due(app)] == [("Ring upp", 1, "Anders Nyström")]


def test_the_most_overdue_comes_first_and_the_rest_is_cut_off(either_app: App, clock: SetClock) -> None:
    driver = drive_to(either_app, clock, "kol", "executing")
    later(driver, days=120)
    rows = read_due(either_app)
    assert [row.days_late for row in rows] == sorted((row.days_late for row in rows), reverse=True)
    assert read_due(either_app, limit=2) == rows[:2]


def test_a_timer_that_nobody_fired_is_on_the_list(either_app: App, clock: SetClock) -> None:
    driver = drive_to(either_app, clock, "kol", "executing")
    later(driver, days=120)
    assert [row.what for row in read_due(either_app) if row.kind == "timer"] == ["learning_loop"]


def test_tasks_of_what_rests_are_not_due_but_its_return_is(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "preparation")
    drive_to(app, clock, "kol", "paused")
    later(driver, days=120)
    assert [(row.kind, row.what) for row in read_due(app)] == [("timer", "return")]


def test_another_regions_tasks_are_not_on_the_list(app: App, clock: SetClock) -> None:
    neighbour = furnished_app(str(app.database.url), clock, code="SE-X", name="Region Gävleborg")
    try:
        later(drive_to(neighbour, clock, "kol", "executing"), days=120)
        app.region_id()  # the application looks its region up once
        with watched(app) as sent:
            assert read_due(app) == ()
        assert len(sent) == 3
    finally:
        neighbour.database.dispose()
