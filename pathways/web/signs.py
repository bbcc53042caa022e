"""`/health`, `/ready` and `/metrics`: is the engine at work, may this process be sent requests, and its figures."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from pathways.bootstrap import App
from pathways.errors import PathwaysError
from pathways.locale import DEFAULT, texts
from pathways.services.clockwork.heartbeat import health
from pathways.storage.health import check
from pathways.wording import Wording

router = APIRouter()


@router.get("/health")
def tell_health(request: Request) -> Response:
    """Answer 200 with every sign of health, 503 where one is bad."""
    app: App = request.app.state.installation
    words = Wording(texts(DEFAULT), app.profile.region.zone)
    try:
        found = health(app, now=app.clock.now())
    except PathwaysError as error:
        told = [{"name": "database", "ok": False, "text": words.sentence(error.sentence, error.values)}]
        return JSONResponse({"ok": False, "signs": told}, 503)
    signs = [
        {"name": sign.name, "ok": sign.ok, "text": words.sentence(sign.sentence, sign.values)} for sign in found.signs
    ]
    return JSONResponse({"ok": found.ok, "signs": signs}, 200 if found.ok else 503)


@router.get("/ready")
def tell_ready(request: Request) -> Response:
    """Answer 200 where the database is there and fits this release, else 503."""
    app: App = request.app.state.installation
    try:
        check(app.database)
    except PathwaysError as error:
        return JSONResponse({"ready": False, "why": error.sentence}, 503)
    return JSONResponse({"ready": True})


@router.get("/metrics")
def tell_metrics(request: Request) -> Response:
    """Answer with the process's figures in the form that Prometheus reads."""
    return Response(generate_latest(request.app.state.meters.registry), media_type=CONTENT_TYPE_LATEST)
