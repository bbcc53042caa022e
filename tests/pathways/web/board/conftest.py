"""A board with six introductions in six places, and the browser that looks at it."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pathways.bootstrap import App, build_app
from pathways.clock import SetClock
from pathways.settings import Settings
from tests.browser import chromium, open_page
from tests.pathways.conftest import START
from tests.pathways.drive import Driver, drive_to
from tests.pathways.queries.reading import later
from tests.pathways.web.conftest import Web, over

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
def six_made(furnished_file: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, datetime]:
    """A database with the six, made once, and the instant it was left at; tests work on copies."""
    file = tmp_path_factory.mktemp("six") / "forlopp.db"
    shutil.copy(furnished_file, file)
    clock = SetClock(START)
    made = build_app(Settings(), clock=clock, database_url=f"sqlite:///{file}")
    furnish(made, clock)
    made.database.dispose()
    return file, clock.now()


@pytest.fixture
def six(six_made: tuple[Path, datetime], tmp_path: Path) -> Iterator[Web]:
    """The web over the six."""
    file, now = six_made
    copy = tmp_path / "six.db"
    shutil.copy(file, copy)
    clock = SetClock(now)
    made = build_app(Settings(), clock=clock, database_url=f"sqlite:///{copy}")
    yield over(made, clock)
    made.database.dispose()
