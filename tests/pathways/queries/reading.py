"""Short ways for tests to ask the queries through the application they hold."""

from datetime import date, datetime, timedelta

from pathways.bootstrap import App
from pathways.planning.instants import local_date
from pathways.queries.board import board
from pathways.queries.introduction import introduction
from pathways.queries.views import BoardRow, IntroductionView, WorklistRow
from pathways.queries.worklist import worklist
from tests.pathways.drive import Driver

ONE_TICK = timedelta(microseconds=1)


def today(app: App) -> date:
    """The date on the region's calendars."""
    return local_date(app.clock.now(), app.profile.region.zone)


def read_board(app: App, as_of: datetime | None = None) -> tuple[BoardRow, ...]:
    """The board of the application's region."""
    with app.read() as work:
        return board(work, region_id=app.region_id(), profile=app.profile, today=today(app), as_of=as_of)


def read_row(app: App, slug: str, as_of: datetime | None = None) -> BoardRow:
    """One introduction's row of the board."""
    return next(row for row in read_board(app, as_of) if row.slug == slug)


def show(app: App, slug: str, as_of: datetime | None = None) -> IntroductionView:
    """One introduction's page."""
    with app.read() as work:
        return introduction(
            work, region_id=app.region_id(), slug=slug, profile=app.profile, now=app.clock.now(), as_of=as_of
        )


def read_worklist(app: App, person: str) -> tuple[WorklistRow, ...]:
    """One person's worklist."""
    with app.read() as work:
        return worklist(work, region_id=app.region_id(), person=person, today=today(app))


def later(driver: Driver, days: int = 1) -> datetime:
    """Moves the clock on, and gives the new instant."""
    driver.go_to(driver.today + timedelta(days=days))
    return driver.clock.now()
