"""The region of every page, made once; each test works on a copy of it, and looks at it in a browser or without."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import event

from pathways.bootstrap import App, build_app
from pathways.clock import SetClock
from pathways.settings import Settings
from tests.browser import chromium, open_page
from tests.pathways.conftest import _wait_for_no_disk
from tests.pathways.furnished import profile_named
from tests.pathways.web.conftest import Web
from tests.pathways.web.everywhere.knocking import Knocker, knocker
from tests.pathways.web.everywhere.pages import build_empty, build_places
from tests.pathways.web.everywhere.people import THEIRS
from tests.pathways.web.everywhere.scene import Scene, build_scene
from tests.pathways.web.everywhere.standing import Standing, stand

Stands = Callable[[str], Standing]

__all__ = ["chromium", "open_page"]


@pytest.fixture(scope="session")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """Both regions as they were left."""
    return build_scene(tmp_path_factory.mktemp("everywhere") / "forlopp.db")


@pytest.fixture
def clock(scene: Scene) -> SetClock:
    """The clock, standing where the scene was left."""
    return SetClock(scene.now)


@pytest.fixture
def file(scene: Scene, tmp_path: Path) -> str:
    """The database of the test."""
    return str(shutil.copy(scene.file, tmp_path / "forlopp.db"))


@pytest.fixture
def app(file: str, tmp_path: Path, clock: SetClock) -> Iterator[App]:
    """The installation over a copy; it serves both regions and has a mail server to name."""
    settings = Settings(home=tmp_path, mail_url="smtp://127.0.0.1:1")
    made = build_app(settings, clock=clock, database_url=f"sqlite:///{file}")
    made.profiles = {**made.profiles, THEIRS: profile_named(made.profile, THEIRS, "Region Exempel")}
    event.listen(made.database.engine, "connect", _wait_for_no_disk)
    yield made
    made.database.dispose()


@pytest.fixture(scope="session")
def stands(scene: Scene, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stands]:
    """Gives a region as it was left, by the name of its state; each is opened once."""
    opened: dict[str, Standing] = {}
    makers = {"scene": lambda file: replace(scene, file=Path(shutil.copy(scene.file, file)))}
    makers |= {"empty": build_empty, "places": build_places}

    def opening(state: str) -> Standing:
        if state not in opened:
            folder = tmp_path_factory.mktemp(state)
            opened[state] = stand(makers[state](folder / "forlopp.db"), folder)
        return opened[state]

    yield opening
    for standing in opened.values():
        standing.watched.close()
        standing.web.app.database.dispose()


@pytest.fixture
def knocking(web: Web, scene: Scene, file: str) -> Callable[[str], AbstractContextManager[Knocker]]:
    """Gives a visitor of a kind before all doors."""
    return partial(knocker, web=web, scene=scene, file=file)
