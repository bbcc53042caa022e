"""A region with a plan before the board, a learning loop and a curve: what a pack has something to show of."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from tests.browser import chromium, open_page
from tests.pathways.drive import Driver
from tests.pathways.packing import Scene, meeting_of, next_case, set_scene
from tests.pathways.web.conftest import Made, Web, make_once, over_copy

__all__ = ["chromium", "open_page"]


def furnish(app: App, clock: SetClock) -> Driver:
    """Drives the region to where the scene begins."""
    return set_scene(app, clock).waiting


@pytest.fixture(scope="session")
def pack_made(furnished_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A database with the scene, made once; tests work on copies."""
    return make_once(furnish, furnished_file, tmp_path_factory.mktemp("pack"))


@pytest.fixture
def meeting_web(pack_made: Made, tmp_path: Path) -> Iterator[Web]:
    """The web over the scene."""
    with over_copy(pack_made, tmp_path) as web:
        yield web


@pytest.fixture
def scene(meeting_web: Web) -> Scene:
    """The scene on the web's own database."""
    app, clock = meeting_web.app, meeting_web.clock
    waiting = Driver(app, clock, "knaledsartros")
    return Scene(app, clock, waiting, Driver(app, clock, "sepsis"), meeting_of(app, "hsn", next_case(waiting)))
