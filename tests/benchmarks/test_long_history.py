"""What a step costs an introduction that has lived long: with 5,000 events it should cost what it costs with 50."""

from datetime import timedelta

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from tests.benchmarks.staging import START
from tests.benchmarks.table import Sheet
from tests.benchmarks.timing import in_turns, middle
from tests.pathways.drive import Driver, drive_to
from tests.pathways.furnished import furnished_app

YOUNG, OLD = 50, 5_000
TIMES = 100


@pytest.mark.benchmark
def test_a_step_at_event_5000_against_event_50(database: tuple[str, str], sheet: Sheet) -> None:
    name, url = database
    clock = SetClock(START)
    app = furnished_app(url, clock)
    young = _grown(app, clock, "kol", YOUNG)
    old = _grown(app, clock, "epilepsi", OLD)
    for what, step in (("a report", _report), ("a pause and the return", _rest)):
        small, large = in_turns(TIMES, lambda _, step=step: step(young), lambda _, step=step: step(old))  # type: ignore[misc]  # binds the loop's value
        sheet.growth(
            f"{what} at event 5,000 against event 50", name, small=middle(small), large=middle(large), goal=1.2
        )
    app.database.dispose()


def _grown(app: App, clock: SetClock, slug: str, events: int) -> Driver:
    """An introduction in the midst of its work whose log has so many events: reports, and tasks made and done."""
    driver = drive_to(app, clock, slug, "executing")
    due_on = (driver.today + timedelta(days=90)).isoformat()
    while (row := driver.row()) is not None and row["version"] < events:
        made = driver.do("create_task", title="Ring enheten", role="coordinator", due_on=due_on, person="sam")
        driver.do("complete_task", task=made.made[0][1], outcome="Klart")
        driver.do("report", reason="Vi ligger i fas")
    return driver


def _report(driver: Driver) -> None:
    driver.do("report", reason="Vi ligger i fas")


def _rest(driver: Driver) -> None:
    driver.do("pause", reason="Vi vilar", until_on=(driver.today + timedelta(days=30)).isoformat())
    driver.do("resume")
