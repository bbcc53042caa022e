"""A region as it was left, looked at by several people in both languages; nothing that a test does to it stays."""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from httpx2 import Cookies, Response
from sqlalchemy import event
from starlette.testclient import TestClient

from pathways.bootstrap import build_app
from pathways.clock import SetClock
from pathways.services.access.session import choose_language
from pathways.services.access.token import digest_of
from pathways.settings import Settings
from pathways.web.login.rate import Turnstile
from pathways.web.sessions import cookie_name
from pathways.web.visit import LANGUAGE_COOKIE
from tests.pathways.conftest import _wait_for_no_disk
from tests.pathways.furnished import profile_named
from tests.pathways.web.conftest import Web, over
from tests.pathways.web.everywhere.knocking import FILE, Watched
from tests.pathways.web.everywhere.pages import Page
from tests.pathways.web.everywhere.people import THEIRS
from tests.pathways.web.everywhere.scene import Scene

BARE_ID = re.compile(r"[a-z0-9_.-]+")


@dataclass
class Standing:
    """The region, and the cookies of those who look at it, by person and language."""

    web: Web
    scene: Scene
    watched: Watched
    written: frozenset[str]
    _cookies: dict[tuple[str, str], Cookies] = field(default_factory=dict)

    def cookies(self, person: str, language: str) -> dict[str, str]:
        """Return what the browser of a person holds who has chosen a language; nobody's is an empty name."""
        if (person, language) not in self._cookies:
            made = {LANGUAGE_COOKIE: language}
            if person:
                made[cookie_name(self.web.config)] = self._session(person, language)
                self.watched.settle()
            self._cookies[person, language] = Cookies(made)
        return dict(self._cookies[person, language])

    def answer(self, page: Page, language: str) -> Response:
        """Return a page as a browser without script gets it."""
        self.web.fast.state.turnstile = Turnstile()
        client = TestClient(self.web.fast, base_url=self.web.config.base_url, follow_redirects=False)
        client.headers["origin"] = self.web.config.base_url
        client.cookies = Cookies(self.cookies(page.person, language))
        address = page.address(self.scene.names)
        if page.form is None:
            return client.get(address)
        answer = client.post(address, data=dict(page.form), files=FILE if page.has_file else None)
        if self.watched.changed_tables():
            self.watched.put_back()
        return answer

    def _session(self, person: str, language: str) -> str:
        secret = self.web.session_of(person)
        with self.web.app.write() as work:
            choose_language(work, digest_of(secret), language)
            work.commit()
        return secret


def stand(scene: Scene, folder: Path) -> Standing:
    """Open a region as it was left."""
    settings = Settings(home=folder, mail_url="smtp://127.0.0.1:1")
    app = build_app(settings, clock=SetClock(scene.now), database_url=f"sqlite:///{scene.file}")
    app.profiles = {**app.profiles, THEIRS: profile_named(app.profile, THEIRS, "Region Exempel")}
    event.listen(app.database.engine, "connect", _wait_for_no_disk)
    return Standing(over(app, SetClock(scene.now)), scene, Watched(str(scene.file)), frozenset(_written(scene.file)))


def _written(file: Path) -> Iterator[str]:
    """Yield what people have written or were sent, as a page shows it; names that programs use are none of it."""
    with closing(sqlite3.connect(file)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in names:
            values = (value for row in connection.execute(f'SELECT * FROM "{table}"') for value in row)
            texts = (" ".join(text.split()) for text in _texts_in(values))
            yield from (text for text in texts if not BARE_ID.fullmatch(text))


def _texts_in(values: Iterable[object]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str) and value.startswith(("{", "[")):
            yield from _texts_in([json.loads(value)])
        elif isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from _texts_in(value.values())
        elif isinstance(value, list):
            yield from _texts_in(value)
