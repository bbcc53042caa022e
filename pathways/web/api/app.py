"""Builds the API as an application of its own, with its own description and its own way to refuse."""

from fastapi import FastAPI

from pathways.bootstrap import App
from pathways.web.api import awards, commands, events, meetings, reading, series
from pathways.web.api.problems import RESPONSES, handle_refusals

PREFIX = "/api/v1"
ABOUT = (
    "The use cases and queries of Förlopp for programs. A token acts as a person within its scopes (read, write, "
    "events) and within that person's roles. Refusals are problem+json with every unmet reason."
)


def build_api(app: App) -> FastAPI:
    """Return the API over an installation; its description is at `openapi.json`, open to everybody."""
    api = FastAPI(
        title="Förlopp API",
        version="1",
        description=ABOUT,
        docs_url=None,
        redoc_url=None,
        servers=[{"url": PREFIX}],
        root_path_in_servers=False,
    )
    api.state.installation = app
    for router in (reading.router, series.router, meetings.router, awards.router, commands.router, events.router):
        api.include_router(router, responses=RESPONSES)
    handle_refusals(api)
    return api
