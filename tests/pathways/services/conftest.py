"""An introduction at every place of its way, driven there once; each test works on a copy of its own."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import event

from pathways.bootstrap import App, build_app
from pathways.clock import SetClock
from pathways.settings import Settings
from tests.pathways.conftest import START, _wait_for_no_disk
from tests.pathways.drive import Driver, drive_to
from tests.pathways.services.judge import CONSULTED, publish

WAY = (
    *("preparation", "mapping", "communicated", "ranking", "awaiting_decision", "executing", "reviewing", "adjusting"),
    *("executing again", "evaluating", "celebrated", "finished", "closed"),
)
At = Callable[[str], Driver]


@pytest.fixture(scope="session")
def stations(furnished_file: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, datetime]]:
    """A database with KOL at each place, and when it came there; `consulted` is a pathway open for views."""
    folder = tmp_path_factory.mktemp("stations")
    file, clock = folder / "forlopp.db", SetClock(START)
    shutil.copy(furnished_file, file)
    made = {}
    for place in ("consulted", *WAY):
        app = build_app(Settings(), clock=clock, database_url=f"sqlite:///{file}")
        if place == "consulted":
            publish(app, ("remiss 2021", "consultation"))
            Driver(app, clock, CONSULTED).do("start")
        else:
            drive_to(app, clock, "kol", place.removesuffix(" again"))
        app.database.dispose()  # closing it writes the journal into the file
        made[place] = (Path(shutil.copy(file, folder / f"{place}.db")), clock.now())
    return made


@pytest.fixture(scope="session")
def desks(tmp_path_factory: pytest.TempPathFactory) -> list[App]:
    """Two applications whose databases are laid out anew for each test; statements once compiled stay compiled."""
    folder = tmp_path_factory.mktemp("desks")
    made = [build_app(Settings(), database_url=f"sqlite:///{folder / f'{number}.db'}") for number in range(2)]
    for desk in made:
        event.listen(desk.database.engine, "connect", _wait_for_no_disk)
    return made


@pytest.fixture
def at(stations: dict[str, tuple[Path, datetime]], desks: list[App], clock: SetClock) -> Iterator[At]:
    """Gives the driver of an introduction that stands at a place, on a database of its own; twice in a test at most."""
    free = iter(desks)

    def go(place: str) -> Driver:
        file, now = stations[place]
        desk = next(free)
        assert desk.database.file is not None
        shutil.copy(file, desk.database.file)
        clock.set(now)
        app = App(settings=desk.settings, database=desk.database, clock=clock, profiles=desk.profiles)
        return Driver(app, clock, CONSULTED if place == "consulted" else "kol")

    yield go
    for desk in desks:
        desk.database.dispose()  # the next test lays out another file
