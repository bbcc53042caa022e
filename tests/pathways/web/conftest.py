"""The web for tests: the real application over a furnished region, clients for its people, and a live server."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Page
from sqlalchemy import select
from starlette.testclient import TestClient

from pathways.bootstrap import App, build_app
from pathways.clock import SetClock
from pathways.models.organisation import Person
from pathways.services.access.session import start_session
from pathways.settings import Settings
from pathways.storage.unit_of_work import table_of
from pathways.web.app import build_web
from pathways.web.config import WebConfig
from pathways.web.observe import configure_logs
from pathways.web.sessions import cookie_name
from tests.browser import OpenPage
from tests.pathways.conftest import START

BASE = "http://127.0.0.1"
QUICK = frozenset({"test_frame.py"})
HERE = Path(__file__).parent
_person = table_of(Person)

Furnish = Callable[[App, SetClock], object]
Made = tuple[Path, datetime]
"""A database that was furnished once, and the instant it was left at."""
LogIn = Callable[[Page, str], Page]
Open = Callable[..., Page]


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Where no test of a page is asked for, do not even read them."""
    spared = "not pages" in config.option.markexpr and collection_path.name.startswith("test_")
    return True if spared and collection_path.suffix == ".py" and collection_path.name not in QUICK else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the default run quick: of the pages it opens the frame alone."""
    for item in items:
        if item.path.is_relative_to(HERE) and item.path.name not in QUICK:
            item.add_marker(pytest.mark.pages)


@dataclass(slots=True)
class Web:
    """The web application of a test, and the people who use it."""

    app: App
    clock: SetClock
    fast: FastAPI
    config: WebConfig

    def anonymous(self) -> TestClient:
        """Return a browser in which nobody is logged in; it does not follow redirects."""
        return TestClient(
            self.fast,
            base_url=BASE,
            headers={"origin": BASE},
            follow_redirects=False,
            raise_server_exceptions=False,
        )

    def as_(self, slug: str, *, code: str | None = None) -> TestClient:
        """Return a browser in which a person of a region is logged in."""
        client = self.anonymous()
        client.cookies.set(cookie_name(self.config), self.session_of(slug, code=code), domain="127.0.0.1")
        return client

    def session_of(self, slug: str, *, code: str | None = None) -> str:
        """Begin a session and return the secret that its cookie holds."""
        region_id = self.app.region_id(code)
        with self.app.write() as work:
            person = work.value(select(_person.c.id).where(_person.c.region_id == region_id, _person.c.slug == slug))
            token = start_session(work, int(person), now=self.app.clock.now())
            work.commit()
        return token

    @contextmanager
    def served(self) -> Iterator[str]:
        """Serve the application on a port of its own for as long as the block lasts; gives its address."""
        server = uvicorn.Server(uvicorn.Config(self.fast, port=0, log_level="error", lifespan="off"))
        thread = Thread(target=server.run, daemon=True)
        thread.start()
        until = monotonic() + 10
        while not server.started and monotonic() < until:
            sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        try:
            yield f"{BASE}:{port}"
        finally:
            server.should_exit = True
            thread.join(10)


@pytest.fixture(scope="session", autouse=True)
def plain_logs() -> None:
    """Logs as in production: the library's own colours and local variables are slow, and not ours."""
    configure_logs()


@pytest.fixture
def web(app: App, clock: SetClock) -> Web:
    """Give the web over the furnished region."""
    return over(app, clock)


def over(app: App, clock: SetClock, *, demo: bool = False, base_url: str = BASE) -> Web:
    """Return the web over an application."""
    config = WebConfig(base_url=base_url, demo=demo)
    return Web(app, clock, build_web(app, config), config)


@pytest.fixture
def address(web: Web) -> Iterator[str]:
    """Where the application answers."""
    with web.served() as served:
        yield served


@pytest.fixture
def log_in(web: Web) -> LogIn:
    """Gives a tab the session of a person."""
    return lambda page, person: enter(page, web, person)


def enter(page: Page, web: Web, person: str) -> Page:
    """Give a tab the session of a person."""
    name, token = cookie_name(web.config), web.session_of(person)
    page.context.add_cookies([{"name": name, "value": token, "domain": "127.0.0.1", "path": "/"}])
    return page


@contextmanager
def opened_as(web: Web, person: str, open_page: OpenPage) -> Iterator[Open]:
    """Give what opens an address of ours, in any mode, with the person logged in."""
    with web.served() as address:

        def go(path: str, **mode: object) -> Page:
            page = enter(open_page(**mode), web, person)  # type: ignore[arg-type]  # the parts of a mode
            page.goto(address + path)
            return page

        yield go


def make_once(furnish: Furnish, empty: Path, folder: Path) -> Made:
    """Furnish a copy of a database, for tests that work on copies of it."""
    file = folder / "forlopp.db"
    shutil.copy(empty, file)
    clock = SetClock(START)
    made = build_app(Settings(), clock=clock, database_url=f"sqlite:///{file}")
    furnish(made, clock)
    made.database.dispose()
    return file, clock.now()


@contextmanager
def over_copy(made: Made, folder: Path) -> Iterator[Web]:
    """Give the web over a copy of what was made once."""
    file, now = made
    copy = folder / "copy.db"
    shutil.copy(file, copy)
    clock = SetClock(now)
    app = build_app(Settings(), clock=clock, database_url=f"sqlite:///{copy}")
    yield over(app, clock)
    app.database.dispose()
