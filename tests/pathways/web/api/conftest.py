"""A program that calls the API over the furnished region."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from pathways.bootstrap import App
from pathways.models.organisation import Person
from pathways.services.access.api_token import SCOPES, make_token
from pathways.storage.unit_of_work import table_of
from pathways.web.api.app import build_api

_person = table_of(Person)
Program = Callable[..., TestClient]


def token_for(app: App, slug: str, scopes: tuple[str, ...] = SCOPES, *, days: int | None = None) -> str:
    """Return a new token that acts as a person."""
    region_id = app.region_id()
    with app.write() as work:
        query = select(_person.c.id).where(_person.c.slug == slug, _person.c.region_id == region_id)
        person_id = int(work.value(query))
        token = make_token(work, region_id=region_id, person_id=person_id, name="Prov", scopes=scopes, days=days)
        work.commit()
    return token


def client_with(app: App, token: str) -> TestClient:
    """Return a client that sends the token with every request."""
    return TestClient(build_api(app), headers={"authorization": f"Bearer {token}"}, raise_server_exceptions=False)


@pytest.fixture
def program(app: App) -> Program:
    """Give clients that act as a person of the cast within scopes."""

    def made(slug: str = "sam", scopes: tuple[str, ...] = SCOPES) -> TestClient:
        return client_with(app, token_for(app, slug, scopes))

    return made
