"""Calls the API as one program, and tells where the answer, or what it left behind, is not as it should be."""

from collections.abc import Iterator
from contextlib import closing

from fastapi import FastAPI
from starlette.routing import Mount

from pathways.web.login.rate import Turnstile
from tests.pathways.web.conftest import Web
from tests.pathways.web.everywhere.api_doors import (
    AWARDING,
    NO_SUCH,
    NO_TOKEN,
    NOT_FOR_THIS,
    OPEN,
    PREFIX,
    READING,
    client_of,
    commands,
    may_give,
    person_of,
    scopes_of,
)
from tests.pathways.web.everywhere.knocking import Watched
from tests.pathways.web.everywhere.scene import MARK, Scene


def api_faults(caller: str, web: Web, scene: Scene, file: str) -> Iterator[str]:
    """Call every route, and yield what is wrong with the answers."""
    api = api_of(web.fast)
    with client_of(caller, web, scene) as client, closing(Watched(file)) as watched:
        if client.get(PREFIX + OPEN).status_code != 200:
            yield "the description is not open"
        for door in (*READING, *AWARDING):
            api.state.turnstile = Turnstile()
            answer = client.request(door.method, door.address, json=door.body)
            if answer.status_code != door.expected(caller):
                yield f"{door.method} {door.address}: answers {answer.status_code}, not {door.expected(caller)}"
            if caller == "coordinator_x" and MARK in answer.text:
                yield f"{door.method} {door.address}: shows what belongs to another region"
            if changed := watched.changed_tables():
                yield f"{door.method} {door.address}: wrote into {', '.join(changed)}"
        for command, address in commands():
            api.state.turnstile = Turnstile()
            status = client.post(address, json={}).status_code
            if not _is_right(status, caller, command):
                yield f"POST {address}: answers {status}"
            if changed := watched.changed_tables():
                if not may_give(caller, command):
                    yield f"POST {address}: wrote into {', '.join(changed)}"
                watched.put_back()


def _is_right(status: int, caller: str, command: str) -> bool:
    """Say whether an empty order is answered right; what is wrong with its data may be told before who may give it."""
    if person_of(caller) is None:
        return status == NO_TOKEN
    if "write" not in scopes_of(caller):
        return status == NOT_FOR_THIS
    if may_give(caller, command):
        return status in {200, 409, 422}
    told_first = {409} if command == "start" else set()  # that the pathway is being introduced already
    return status in {NO_SUCH, 422} | told_first


def api_of(web: FastAPI) -> FastAPI:
    """Return the API's own application."""
    mounted = next(route.app for route in web.routes if isinstance(route, Mount) and route.path == PREFIX)
    assert isinstance(mounted, FastAPI)
    return mounted
