"""A desk to work at: KOL in its gap analysis, sepsis in preparation, and a task for whoever needs one."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event
from starlette.testclient import TestClient

from pathways.bootstrap import App, build_app
from pathways.clock import SetClock
from pathways.models.organisation import Absence
from pathways.models.task import Task
from pathways.settings import Settings
from pathways.storage.unit_of_work import Row
from tests.browser import chromium, open_page
from tests.pathways.conftest import START, _wait_for_no_disk
from tests.pathways.drive import Driver, drive_to
from tests.pathways.services.judge import person_id, row
from tests.pathways.web.conftest import Web, over

__all__ = ["chromium", "open_page"]


@dataclass(frozen=True, slots=True)
class Desk:
    """Two introductions and the web over them. It is Wednesday 9 June 2021 in Falun."""

    web: Web
    kol: Driver
    sepsis: Driver

    @property
    def app(self) -> App:
        """The application."""
        return self.web.app

    def as_(self, person: str) -> TestClient:
        """A browser in which one of the cast is logged in."""
        return self.web.as_(person)

    def task(self, person: str | None = "m1", *, due_on: str = "2021-06-18", title: str = "Ring Mora") -> str:
        """Make a task of KOL for somebody and give its ref."""
        made = self.kol.do("create_task", title=title, due_on=due_on, person=person).made
        return next(ref for table, ref in made if table == "task")

    def row(self, ref: str) -> Row:
        """The row of a task of KOL."""
        return row(self.kol, Task, ref=ref)

    def send_away(self, person: str, substitute: str) -> None:
        """Let somebody be away until Midsummer."""
        days = {"from_on": date(2021, 6, 1), "until_on": date(2021, 6, 25)}
        people = {"person_id": person_id(self.app, person), "substitute_id": person_id(self.app, substitute)}
        with self.app.write() as work:
            work.insert_one(Absence, {**people, **days})
            work.commit()

    def days_pass(self, days: int) -> None:
        """Move the clock on."""
        self.web.clock.set(self.web.clock.now() + timedelta(days=days))


@pytest.fixture(scope="session")
def desk_file(furnished_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with both introductions, made once."""
    file = Path(shutil.copy(furnished_file, tmp_path_factory.mktemp("desk") / "forlopp.db"))
    clock = SetClock(START)
    app = build_app(Settings(), clock=clock, database_url=f"sqlite:///{file}")
    drive_to(app, clock, "kol", "mapping")
    drive_to(app, clock, "sepsis", "preparation")
    app.database.dispose()
    return file


@pytest.fixture
def desk(desk_file: Path, tmp_path: Path, clock: SetClock) -> Iterator[Desk]:
    """The desk on a database of its own."""
    copy = shutil.copy(desk_file, tmp_path / "forlopp.db")
    settings = Settings(home=tmp_path, mail_url="smtp://127.0.0.1:1")
    app = build_app(settings, clock=clock, database_url=f"sqlite:///{copy}")
    event.listen(app.database.engine, "connect", _wait_for_no_disk)
    yield Desk(over(app, clock), Driver(app, clock, "kol"), Driver(app, clock, "sepsis"))
    app.database.dispose()
