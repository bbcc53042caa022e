"""A region whose flow can be told: ten introductions, eight of which have been through the preparation."""

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
    later(drive_to(app, clock, AWAITING, "preparation"), days=16)
    drive_to(app, clock, AWAITING, "awaiting_decision")
    slow.go_to(slow.today + timedelta(days=20))
    drive_to(app, clock, FRESH, "preparation")
    return slow


@pytest.fixture(scope="session")
def flow_made(furnished_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A database with the ten, made once, and the instant it was left at; tests work on copies."""
    return make_once(furnish, furnished_file, tmp_path_factory.mktemp("flow"))


@pytest.fixture
def flowing(flow_made: Made, tmp_path: Path) -> Iterator[Web]:
    """The web over the ten."""
    with over_copy(flow_made, tmp_path) as web:
        yield web
