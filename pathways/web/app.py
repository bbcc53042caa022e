"""Builds the web application: pages, API and login around one installation, with every refusal put into a page."""

from collections.abc import Awaitable, Callable
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from pathways.bootstrap import App
from pathways.errors import PathwaysError
from pathways.web import pages, signs
from pathways.web.api.app import PREFIX as API_PREFIX
from pathways.web.api.app import build_api
from pathways.web.assets import StaticAssets
from pathways.web.config import WebConfig
from pathways.web.login import router as login
from pathways.web.observe import Meters, Observer, log, route_of
from pathways.web.refusals import RETRY_SECONDS, Shown, shown
from pathways.web.security import Guard
from pathways.web.unsent import keep_and_lead
from pathways.web.visit import NotFound, NotLoggedIn, Visit, find_visit, way_to_login
from states.errors import StatesError

STATIC = Path(__file__).parent / "static"
PATH_OF_AN_INTRODUCTION = 3
TOO_MUCH = 413


def build_web(app: App, config: WebConfig) -> FastAPI:
    """Return the application that serves `app` as `config` says; nothing is opened before the first request."""
    web = FastAPI(title="Förlopp", docs_url=None, redoc_url=None, openapi_url=None)
    web.state.installation, web.state.config, web.state.meters = app, config, Meters()
    web.mount(API_PREFIX, build_api(app))
    web.mount("/static", StaticAssets(directory=STATIC), name="static")
    for router in _routers():
        web.include_router(router)
    _handle_refusals(web)
    web.add_middleware(Guard, https=config.is_https)
    web.add_middleware(Observer, meters=web.state.meters)
    return web


def _routers() -> list[APIRouter]:
    """Return the router of every module of pages, by the modules' names."""
    found = [import_module(f"{pages.__name__}.{module.name}") for module in iter_modules(pages.__path__)]
    return [signs.router, login.router, *(module.router for module in found)]


def _handle_refusals(web: FastAPI) -> None:
    handlers: dict[type[Exception], Callable[[Request, Exception], Response | Awaitable[Response]]] = {
        NotLoggedIn: _to_login,
        NotFound: _not_found,
        HTTPException: _http,
        RequestValidationError: _not_found,
        PathwaysError: _refused,
        StatesError: _refused,
        Exception: _fault,
    }
    for kind, handler in handlers.items():
        web.add_exception_handler(kind, handler)


async def _to_login(request: Request, _error: Exception) -> Response:
    way = await keep_and_lead(request) if request.method == "POST" else way_to_login(request)
    if request.headers.get("hx-request"):
        return Response(status_code=401, headers={"HX-Redirect": way})
    return RedirectResponse(way, status_code=303)


def _not_found(request: Request, _error: Exception) -> Response:
    visit = _visit_of(request)
    return _answer(visit, Shown(404, "not_found", visit.texts.say("web.frame.not_found")))


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return _not_found(request, error)
    visit = _visit_of(request)
    told = "web.frame.too_much" if error.status_code == TOO_MUCH else "web.frame.not_understood"
    return _answer(visit, Shown(error.status_code, "refused", visit.texts.say(told)))


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, PathwaysError | StatesError)
    visit = _visit_of(request)
    answer = _answer(visit, shown(error, visit.wording, slug=_slug_in(request.url.path)))
    retry_after = getattr(error, "retry_after", RETRY_SECONDS if answer.status_code == 503 else None)
    if retry_after is not None:
        answer.headers["retry-after"] = str(retry_after)
    return answer


def _fault(request: Request, error: Exception) -> Response:
    """Say calmly that something broke; the log keeps what, with the request's id."""
    log.error("fault", route=route_of(request.scope), exc_info=error)
    visit = _visit_of(request)
    return _answer(visit, Shown(500, "fault", visit.texts.say("web.frame.fault")))


def _visit_of(request: Request) -> Visit:
    found = getattr(request.state, "visit", None)
    if isinstance(found, Visit):
        return found
    try:
        return find_visit(request)
    except PathwaysError:  # without a database nobody is known, and the page must still say so
        state = request.app.state
        return Visit(request, state.config, state.installation, None)


def _answer(visit: Visit, told: Shown) -> Response:
    if visit.request.headers.get("hx-request"):
        return visit.fragment("errors/_refusal.html", status=told.status, told=told)
    return visit.page("errors/refusal.html", status=told.status, told=told)


def _slug_in(path: str) -> str:
    parts = path.split("/")
    return parts[2] if len(parts) >= PATH_OF_AN_INTRODUCTION and parts[1] == "forlopp" else ""
