"""Introductions at the places that the pages of one introduction are looked at, and a browser for the slow tests."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import select

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.models.introduction import Event, Introduction
from pathways.storage.unit_of_work import Row, table_of
from tests.browser import chromium, open_page
from tests.pathways.drive import ONWARD, Driver, drive_to

__all__ = ["chromium", "open_page"]

SLUG = "kol"
_event, _introduction = table_of(Event), table_of(Introduction)
At = Callable[[str], Driver]


@pytest.fixture
def at(app: App, clock: SetClock) -> At:
    """Gives the driver of an introduction that stands at a place."""
    return lambda place: drive_to(app, clock, SLUG, place)


def walk(app: App, clock: SetClock) -> Iterator[Driver]:
    """Gives the driver at one place after the other: the whole way to the end, a rest, and a stop."""
    for place in [place for place in ONWARD if place not in {"adjusting", "paused"}]:
        yield drive_to(app, clock, SLUG, place)
    yield drive_to(app, clock, SLUG, "closed")
    yield drive_to(app, clock, SLUG, "reviewing")
    yield drive_to(app, clock, SLUG, "adjusting")
    yield drive_to(app, clock, SLUG, "paused")
    yield drive_to(app, clock, SLUG, "stopped")


def events_of(app: App) -> list[Row]:
    """Every event, the oldest first."""
    with app.read() as work:
        return work.rows(select(_event).order_by(_event.c.seq))


def version_of(app: App) -> int:
    """The version of the one introduction."""
    with app.read() as work:
        return int(work.value(select(_introduction.c.version).order_by(_introduction.c.number.desc())))
