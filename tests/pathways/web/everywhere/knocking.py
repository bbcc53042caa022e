"""Knocks at doors as one kind of visitor, and tells where the answer, or what it left behind, is not as it should be.

After a deed that was allowed the database is put back, so that every door is knocked at in the same region.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256

from httpx2 import Cookies, Response
from starlette.testclient import TestClient

from pathways.web.login.rate import Turnstile
from tests.pathways.web.conftest import Web
from tests.pathways.web.everywhere.doors import Door
from tests.pathways.web.everywhere.people import KINDS, NOT_LOGGED_IN, OF_ANOTHER_REGION
from tests.pathways.web.everywhere.scene import MARK, Scene

LOGIN = "/logga-in"
FILE = {"file": ("Plan.pdf", b"%PDF-1.7 x")}


class Watched:
    """The database of a test, looked at from beside: whether anything was committed, and what."""

    def __init__(self, file: str) -> None:
        self._connection = sqlite3.connect(file)
        self._kept = sqlite3.connect(":memory:")
        self._version: int = 0
        self._digests: dict[str, str] = {}
        self.settle()

    def close(self) -> None:
        """Let go of the file."""
        self._kept.close()
        self._connection.close()

    def changed_tables(self) -> list[str]:
        """Return the tables whose content is not what it was, by name."""
        version = self._read_version()
        if version == self._version:
            return []  # nobody has committed anything
        self._version, found = version, self._digest()
        return sorted(name for name, digest in found.items() if digest != self._digests[name])

    def settle(self) -> None:
        """Take what has been committed since as the beginning."""
        self._connection.backup(self._kept)
        self._digests, self._version = self._digest(), self._read_version()

    def put_back(self) -> None:
        """Make the database what it was at the beginning."""
        self._kept.backup(self._connection)
        self._version = self._read_version()

    def _read_version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def _digest(self) -> dict[str, str]:
        names = self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {name: self._digest_of(name) for (name,) in names}

    def _digest_of(self, table: str) -> str:
        rows = self._connection.execute(f'SELECT * FROM "{table}" ORDER BY rowid')
        return sha256("\n".join(map(repr, rows)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Knocker:
    """One visitor before all doors."""

    kind: str
    web: Web
    client: TestClient
    cookies: Cookies
    scene: Scene
    watched: Watched

    def faults(self, door: Door) -> Iterator[str]:
        """Knock, and yield what is wrong with the answer."""
        self.web.fast.state.turnstile = Turnstile()  # who knocks at every door is in more haste than any person
        answer = self._knock(door)
        if fault := self._fault(door, answer):
            yield f"{door.name}: {fault}"
        if fault := _unguarded(answer):
            yield f"{door.name}: {fault}"
        if self.kind in OF_ANOTHER_REGION and not door.route.startswith("/u/") and MARK in _asked_back(answer, door):
            yield f"{door.name}: shows what belongs to another region"
        changed = self.watched.changed_tables()
        wrong = [
            name for name in changed if not self._is_let_in(door) or (door.method != "POST" and name != door.keeps)
        ]
        if wrong:
            yield f"{door.name}: wrote into {', '.join(wrong)}"
        if changed:
            self.watched.put_back()

    def _knock(self, door: Door) -> Response:
        self.client.cookies.clear()  # the door before this one may have led out
        self.client.cookies.update(self.cookies)
        address = door.address(self.scene.names)
        if door.method == "GET":
            return self.client.get(address)
        return self.client.post(address, data=dict(door.form), files=FILE if door.has_file else None)

    def _is_let_in(self, door: Door) -> bool:
        return self.kind in door.who

    def _fault(self, door: Door, answer: Response) -> str:
        status, where = answer.status_code, answer.headers.get("location", "")
        told = f"answers {status}{f' to {where}' if where else ''}"
        to_login = status == 303 and (where == LOGIN or where.startswith(f"{LOGIN}?till="))
        if self._is_let_in(door):
            return "" if status in door.says and not to_login else f"{told}, not {door.says}"
        if door.others:
            return "" if status in door.others else f"{told}, not {door.others}"
        if self.kind in NOT_LOGGED_IN:
            return "" if to_login else f"{told}, not to the login"
        return "" if status == 404 else f"{told}, not 404"


def _unguarded(answer: Response) -> str:
    """Return what an answer lacks of the headers that protect it."""
    policy = answer.headers.get("content-security-policy", "")
    if "default-src" not in policy or "unsafe" in policy:
        return f"has the policy {policy!r}"
    if answer.headers.get("x-content-type-options") != "nosniff" or "no-store" not in answer.headers["cache-control"]:
        return "may be guessed at or kept"
    return ""


def _asked_back(answer: Response, door: Door) -> str:
    """Return the answer without what was typed: a search shows its own words again."""
    return "" if door.query else answer.text


@contextmanager
def knocker(kind: str, web: Web, scene: Scene, file: str) -> Iterator[Knocker]:
    """Give a visitor of a kind, standing outside."""
    whose = KINDS[kind]
    client = web.as_(whose.slug, code=whose.code) if whose.slug else web.anonymous()
    watched = Watched(file)
    with client, closing(watched):
        if kind == "link":
            client.get(f"/u/{scene.names['link']}")
        yield Knocker(kind, web, client, Cookies(client.cookies), scene, watched)
