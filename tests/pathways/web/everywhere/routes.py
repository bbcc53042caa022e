"""Which routes the web application answers, as (method, template): pages, exports, and the API's own application."""

from collections.abc import Iterable, Iterator

from fastapi import FastAPI
from starlette.routing import BaseRoute, Mount

FILES = "/static"
"""Served from a folder, open to everybody: what lies there is in the repository."""


def list_routes(web: FastAPI) -> set[tuple[str, str]]:
    """Return every route, those of included routers and of applications that are mounted too."""
    return set(_walk(web.routes, ""))


def _walk(routes: Iterable[BaseRoute], before: str) -> Iterator[tuple[str, str]]:
    for route in routes:
        included = getattr(route, "original_router", None)  # FastAPI keeps what it includes whole from 0.150 on
        if included is not None:
            yield from _walk(included.routes, before + getattr(route, "include_context").prefix)  # noqa: B009 - as above
        elif isinstance(route, Mount):
            if route.path != FILES:
                yield from _walk(route.routes, before + route.path)
        else:
            path, methods = getattr(route, "path", ""), getattr(route, "methods", None) or set()
            yield from ((method, before + path) for method in methods - {"HEAD"})
