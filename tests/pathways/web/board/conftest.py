"""A board with six introductions in six places, and the browser that looks at it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from tests.browser import chromium, open_page
from tests.pathways.drive import Driver, drive_to
from tests.pathways.queries.reading import later
from tests.pathways.web.conftest import Made, Web, make_once, over_copy

__all__ = ["chromium", "open_page"]

PLACES = {
    "osteoporos-sekundarprevention": "preparation",
    "sepsis": "mapping",
    "stroke-tia-tidiga-insatser": "paused",
    "kol": "awaiting_decision",
    "hjartsvikt-nydebuterad": "stopped",
    "kritisk-benischemi": "executing",
}


def furnish(app: App, clock: SetClock) -> Driver:
    """Drives six introductions to six places, and lets ten weeks pass."""
    for slug, place in PLACES.items():
        driver = drive_to(app, clock, slug, place)
        later(driver, days=5)
    driver.go_to(driver.today + timedelta(days=70))
    return driver


@pytest.fixture(scope="session")
def six_made(furnished_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A database with the six, made once, and the instant it was left at; tests work on copies."""
    return make_once(furnish, furnished_file, tmp_path_factory.mktemp("board"))


@pytest.fixture
def six(six_made: Made, tmp_path: Path) -> Iterator[Web]:
    """The web over the six."""
    with over_copy(six_made, tmp_path) as web:
        yield web
