"""A region whose flow can be told: ten introductions, eight of which have been through the preparation."""

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

QUICK = (
    "sepsis",
    "kritisk-benischemi",
    "hjartsvikt-nydebuterad",
    "osteoporos-sekundarprevention",
    "stroke-tia-tidiga-insatser",
    "hoftledsartros-primarvard",
    "knaledsartros",
)
SLOW = "kol"
AWAITING = "reumatoid-artrit-etablerad"
FRESH = "epilepsi"


def furnish(app: App, clock: SetClock) -> Driver:
    """Drives seven through the preparation in 10 to 22 days, one before the board; one stays behind, one begins."""
    slow = drive_to(app, clock, SLOW, "preparation")
    for number, slug in enumerate(QUICK):
        later(drive_to(app, clock, slug, "preparation"), days=10 + 2 * number)
        drive_to(app, clock, slug, "mapping")
    drive_to(app, clock, AWAITING, "awaiting_decision")
    slow.go_to(slow.today + timedelta(days=20))
    drive_to(app, clock, FRESH, "preparation")
    return slow


@pytest.fixture(scope="session")
def flow_made(furnished_file: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, datetime]:
    """A database with the ten, made once, and the instant it was left at; tests work on copies."""
    file = tmp_path_factory.mktemp("flow") / "forlopp.db"
    shutil.copy(furnished_file, file)
    clock = SetClock(START)
    made = build_app(Settings(), clock=clock, database_url=f"sqlite:///{file}")
    furnish(made, clock)
    made.database.dispose()
    return file, clock.now()


@pytest.fixture
def flowing(flow_made: tuple[Path, datetime], tmp_path: Path) -> Iterator[Web]:
    """The web over the ten."""
    file, now = flow_made
    copy = tmp_path / "flow.db"
    shutil.copy(file, copy)
    clock = SetClock(now)
    made = build_app(Settings(), clock=clock, database_url=f"sqlite:///{copy}")
    yield over(made, clock)
    made.database.dispose()
