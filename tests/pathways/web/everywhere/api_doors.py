"""Every door of the API: which scope a token needs, and whose. Written by hand, as the doors of the pages are.

A token acts as its person, but only with the roles held in the whole region; what a person has been given counts too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from starlette.testclient import TestClient

from tests.pathways.services.test_policy import MATRIX
from tests.pathways.web.conftest import Web
from tests.pathways.web.everywhere.doors import KIND_OF_ROLE, OWNERS
from tests.pathways.web.everywhere.people import (
    ADMINISTERS,
    EVERYBODY,
    LEADS,
    NOT_LOGGED_IN,
    STAFF,
    STEERS,
    TWINS,
    Kinds,
)
from tests.pathways.web.everywhere.scene import AWARD_YEAR, INDICATOR, LOOPING, OWN_MEETING, Scene

PREFIX = "/api/v1"
SCOPES = ("read", "write", "events")
NO_TOKEN, NOT_FOR_THIS, NO_SUCH, REFUSED = 401, 403, 404, 409
ONLY = {f"only {scope}": scope for scope in SCOPES}
"""The coordinator's tokens of one scope each."""

COOKIE = "cookie"
"""The coordinator's browser: whoever is logged in there is nobody here."""

CALLERS: tuple[str, ...] = ("anonymous", COOKIE, *ONLY, *(kind for kind in EVERYBODY if kind not in NOT_LOGGED_IN))
IN_THE_REGION = STAFF - {"member", "chair", "resource", "chair_elsewhere"}
"""Whose roles are not those of single introductions."""


@dataclass(frozen=True, slots=True)
class ApiDoor:
    """One way to call: the scope it needs, and whose tokens are answered with what it `says`.

    With a `body` it is a call that writes: the data is read, and nothing that it asks for is there to be changed.
    """

    route: str
    scope: str
    who: Kinds
    query: str = ""
    is_ours: bool = False
    body: Mapping[str, object] | None = None
    says: int = 200
    kept_out: int = NOT_FOR_THIS

    @property
    def method(self) -> str:
        """Return how it is called."""
        return "GET" if self.body is None else "POST"

    @property
    def address(self) -> str:
        """Return the address with real names in it."""
        own = {"slug": LOOPING, "indicator": INDICATOR, "body": "hsn", "day": OWN_MEETING.isoformat()}
        return PREFIX + self.route.format(**own, year=AWARD_YEAR) + self.query

    def expected(self, caller: str) -> int:
        """Return the status that a caller is to get."""
        person, scopes = person_of(caller), scopes_of(caller)
        if person is None:
            return NO_TOKEN
        if self.scope not in scopes:
            return NOT_FOR_THIS
        home = next((kind for kind, twin in TWINS.items() if twin == person), person)
        if home not in self.who:
            return self.kept_out
        return NO_SUCH if self.is_ours and home != person else self.says


READING = (
    ApiDoor("/board", "read", IN_THE_REGION),
    ApiDoor("/catalogue", "read", IN_THE_REGION),
    ApiDoor("/introductions/{slug}", "read", IN_THE_REGION, is_ours=True),
    ApiDoor("/introductions/{slug}/history", "read", IN_THE_REGION, is_ours=True),
    ApiDoor("/introductions/{slug}/indicators", "read", IN_THE_REGION, is_ours=True),
    ApiDoor("/introductions/{slug}/indicators/{indicator}", "read", IN_THE_REGION, is_ours=True),
    ApiDoor("/meetings", "read", IN_THE_REGION),
    ApiDoor("/meetings/{body}/{day}", "read", IN_THE_REGION, is_ours=True),
    ApiDoor("/meetings/{body}/{day}/pack", "read", IN_THE_REGION, is_ours=True),
    ApiDoor("/awards", "read", IN_THE_REGION),
    ApiDoor("/awards/{year}", "read", IN_THE_REGION, is_ours=True),
    ApiDoor("/worklist", "read", EVERYBODY),
    ApiDoor("/worklist", "read", ADMINISTERS | {"unit"}, query="?person=vcf"),
    ApiDoor("/events", "events", IN_THE_REGION),
)
_CHOICE = {"nomination": 1, "motive": "Enheten bar det hela vägen"}
AWARDING = (
    ApiDoor(
        "/awards",
        "write",
        STEERS,
        body={"year": 2001, "nominate_until": "2099-01-01", "jurors": []},
        says=REFUSED,
        kept_out=NO_SUCH,
    ),
    ApiDoor(
        "/awards/2001/nominations",
        "write",
        LEADS | {"chair_elsewhere"},
        body={"introduction": "kol", "motive": "Enheten bar det hela vägen"},
        says=REFUSED,
        kept_out=NO_SUCH,
    ),
    ApiDoor("/awards/2001/vote", "write", IN_THE_REGION, body=_CHOICE, says=REFUSED),
    ApiDoor("/awards/2001/result", "write", STEERS, body=_CHOICE, says=REFUSED, kept_out=NO_SUCH),
)
"""Årets implementation of a year that was never opened."""

OPEN = "/openapi.json"
COMMAND = "/introductions/{slug}/commands/"


def list_api_routes() -> set[tuple[str, str]]:
    """Return every route that stands in the table."""
    commands = {("POST", f"{PREFIX}{COMMAND}{command}") for command in MATRIX}
    awards = {("POST", f"{PREFIX}{door.route}".replace("2001", "{year}")) for door in AWARDING}
    return {("GET", PREFIX + OPEN), *(("GET", PREFIX + door.route) for door in READING), *awards, *commands}


def person_of(caller: str) -> str | None:
    """Return whose token it is, None where there is none."""
    if caller in {"anonymous", COOKIE}:
        return None
    return "coordinator" if caller in ONLY else caller


def scopes_of(caller: str) -> tuple[str, ...]:
    """Return what a caller's token is good for."""
    return (ONLY[caller],) if caller in ONLY else SCOPES


def client_of(caller: str, web: Web, scene: Scene) -> TestClient:
    """Return a program that calls."""
    if caller == COOKIE:
        return web.as_("sam")
    client = web.anonymous()
    if caller in scene.tokens:
        client.headers["authorization"] = f"Bearer {scene.tokens[caller]}"
    return client


def may_give(caller: str, command: str) -> bool:
    """Say whether a caller could give a command to the introduction, if its data were right."""
    roles = {KIND_OF_ROLE.get(role, role) for role in MATRIX[command].split()}
    person = person_of(caller)
    if person is None or "write" not in scopes_of(caller):
        return False
    if command == "start":
        return person in {"coordinator", "head", "coordinator_x"}
    owns = person in OWNERS | {"given"} and "own" in roles
    return person in roles or owns


def commands() -> Iterator[tuple[str, str]]:
    """Yield every command with its address."""
    for command in MATRIX:
        yield command, f"{PREFIX}{COMMAND.format(slug=LOOPING)}{command}"
