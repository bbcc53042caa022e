"""`/logga-in/oidc`: to the region's own login service, and back with its answer."""

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from pathways.errors import LoginRefused, PathwaysError
from pathways.models.access import LoginWay
from pathways.services.access.link_target import HOME
from pathways.services.access.oidc_login import Vouched, admit, follow_groups
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web.config import WebConfig
from pathways.web.login.arrive import arrive, begin
from pathways.web.login.oidc_attempt import LIFE, LoginInterrupted, LoginServiceSilent, begin_attempt, resume_attempt
from pathways.web.login.rate import LINK_LIMIT
from pathways.web.visit import MaybeVisitDep, NotFound, Visit

if TYPE_CHECKING:
    from pathways.web.login.oidc import LoginService

router = APIRouter()
COOKIE = "forlopp_oidc"
REFUSED = 403


@router.get("/logga-in/oidc", dependencies=[LINK_LIMIT])
def go_there(visit: MaybeVisitDep, till: str = HOME) -> Response:
    """Send the browser to the login service. A link leads here, since forms may not be sent to another site."""
    service, now = service_of(visit.request), visit.now
    attempt, cookie = begin_attempt(till, secret=visit.installation.secret, now=now)
    try:
        address = service.address_for(attempt, now=now)
    except LoginServiceSilent as refusal:
        return _not_in(visit, refusal, LoginServiceSilent.status)
    answer = RedirectResponse(address, status_code=303)
    answer.set_cookie(
        cookie_name(visit.config),
        cookie,
        max_age=int(LIFE.total_seconds()),
        path="/",
        secure=visit.config.is_https,
        httponly=True,
        samesite="lax",  # it must come along when the service sends the browser back
    )
    return answer


@router.get("/logga-in/oidc/svar", dependencies=[LINK_LIMIT])
def come_back(visit: MaybeVisitDep, state: str = "", code: str = "", iss: str = "") -> Response:
    """Begin the session of the person whom the service vouches for, or say why not."""
    service = service_of(visit.request)
    try:
        answer = _let_in(visit, service, state=state, code=code, iss=iss)
    except (LoginInterrupted, LoginServiceSilent) as refusal:
        answer = _not_in(visit, refusal, refusal.status)
    except LoginRefused as refusal:
        answer = _not_in(visit, refusal, REFUSED)
    answer.delete_cookie(cookie_name(visit.config), path="/", secure=visit.config.is_https, httponly=True)
    return answer


def service_of(request: Request) -> "LoginService":
    """Return the login service of the installation; without one there is no such page."""
    state = request.app.state
    if not state.installation.settings.has_oidc:
        raise NotFound
    from pathways.web.login.oidc import LoginService  # noqa: PLC0415  14 MB that most installations need not carry

    if not hasattr(state, "login_service"):
        state.login_service = LoginService(state.installation.settings, state.config.base_url)
    service = state.login_service
    assert isinstance(service, LoginService)
    return service


def cookie_name(config: WebConfig) -> str:
    """Return the name of the cookie that holds an attempt."""
    return f"__Host-{COOKIE}" if config.is_https else COOKIE


def _let_in(visit: Visit, service: "LoginService", *, state: str, code: str, iss: str) -> Response:
    cookie = visit.request.cookies.get(cookie_name(visit.config), "")
    attempt = resume_attempt(cookie, state, secret=visit.installation.secret, now=visit.now)
    if not code or iss.rstrip("/") not in {"", service.settings.oidc_issuer}:
        raise LoginInterrupted
    vouched = service.vouch(attempt, code, now=visit.now)
    visit.installation.retry(lambda work: follow_groups(work, vouched, now=visit.now))
    session = visit.installation.retry(lambda work: _begin(visit, work, vouched))
    return arrive(visit, session, attempt.target)


def _begin(visit: Visit, work: UnitOfWork, vouched: Vouched) -> str:
    return begin(visit, work, admit(work, vouched, now=visit.now), way=LoginWay.OIDC)


def _not_in(visit: Visit, refusal: PathwaysError, status: int) -> Response:
    told = visit.texts.say(refusal.sentence)
    return visit.page("login/not_in.html", status=status, told=told, is_known=status == REFUSED)
