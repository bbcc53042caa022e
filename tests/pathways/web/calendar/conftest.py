"""A region with something in its calendar: one introduction analysing, one carrying out, one in consultation."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from pathways.bootstrap import build_app
from pathways.clock import SetClock
from pathways.services.ask import Ask
from pathways.settings import Settings
from tests.browser import chromium, open_page
from tests.pathways.conftest import START
from tests.pathways.drive import drive_to
from tests.pathways.services.judge import CONSULTED, publish
from tests.pathways.web.conftest import Web, over

__all__ = ["chromium", "open_page"]

ANALYSING, CARRIED_OUT = "kol", "sepsis"


@pytest.fixture(scope="session")
def dated_made(furnished_file: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, datetime]:
    """A database with the three, made once, and the instant it was left at; tests work on copies."""
    file = tmp_path_factory.mktemp("dated") / "forlopp.db"
    shutil.copy(furnished_file, file)
    clock = SetClock(START)
    made = build_app(Settings(), clock=clock, database_url=f"sqlite:///{file}")
    drive_to(made, clock, CARRIED_OUT, "executing")
    drive_to(made, clock, ANALYSING, "mapping")
    publish(made, ("remiss 2021", "consultation"))
    made.run(CONSULTED, "start", {}, Ask(actor="sam"))
    made.database.dispose()
    return file, clock.now()


@pytest.fixture
def dated(dated_made: tuple[Path, datetime], tmp_path: Path) -> Iterator[Web]:
    """The web over the three."""
    file, now = dated_made
    copy = tmp_path / "dated.db"
    shutil.copy(file, copy)
    clock = SetClock(now)
    made = build_app(Settings(), clock=clock, database_url=f"sqlite:///{copy}")
    yield over(made, clock)
    made.database.dispose()
