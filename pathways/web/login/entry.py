"""`/logga-in`: which ways in there are, and the form that asks for a link by mail.

Whether an address is known is not told: not by the words, not by the status, not by the time it takes.
"""

import re
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from pathways.services.access.link_target import HOME, own_path
from pathways.services.access.login_link import LIFE, mail_login_link
from pathways.web.forms import Field
from pathways.web.login.demo import demo_people
from pathways.web.login.rate import ADDRESS, FORM_LIMIT, turnstile_of
from pathways.web.visit import MaybeVisitDep, NotFound, Visit

router = APIRouter()
LONGEST_ADDRESS = 254
MAIL_ADDRESS = re.compile(r"[^@\s/:]+@[^@\s/:]+\.[^@\s/:.]+")


@router.get("/logga-in")
def show_ways_in(visit: MaybeVisitDep, till: str = HOME, besked: str = "") -> Response:
    """Show the ways in; somebody who is in already goes straight on."""
    if visit.found is not None:
        return RedirectResponse(own_path(till), status_code=303)
    return _page(visit, till=till, besked=besked)


@router.post("/logga-in", dependencies=[FORM_LIMIT])
def send_link(
    visit: MaybeVisitDep, address: Annotated[str, Form()] = "", till: Annotated[str, Form()] = HOME
) -> Response:
    """Mail a link to whoever has the address, and say that it is on its way if there is such a person."""
    if not offers_mail(visit):
        raise NotFound
    address = address.strip()
    if problem := _problem_of(address):
        return _page(visit, till=till, address=address, problem=problem, status=422)
    turnstile_of(visit.request).count(ADDRESS, "address", address.lower())
    secret, now = visit.installation.secret, visit.now
    visit.installation.retry(lambda work: mail_login_link(work, address, secret=secret, target=till, now=now))
    return RedirectResponse("/logga-in/skickat", status_code=303)


@router.get("/logga-in/skickat")
def tell_sent(visit: MaybeVisitDep) -> Response:
    """Say what happens now, the same for every address."""
    return visit.page("login/sent.html", minutes=int(LIFE.total_seconds()) // 60)


def offers_mail(visit: Visit) -> bool:
    """Say whether a link by mail is a way in: the region has no login service of its own, and a mail server is set."""
    settings = visit.installation.settings
    return bool(settings.mail_url) and not settings.has_oidc


def _problem_of(address: str) -> str:
    if not address:
        return "web.login.address_missing"
    if len(address) > LONGEST_ADDRESS or not address.isprintable() or not MAIL_ADDRESS.fullmatch(address):
        return "web.login.address_wrong"
    return ""


def _page(
    visit: Visit, *, till: str, address: str = "", problem: str = "", besked: str = "", status: int = 200
) -> Response:
    say = visit.texts.say
    field = Field(
        name="address",
        label=say("web.login.address"),
        help=say("web.login.address_help"),
        kind="email",
        value=address,
        error=say(problem) if problem else "",
        autocomplete="email",
    )
    return visit.page(
        "login/login.html",
        status=status,
        field=field,
        has_errors=bool(problem),
        till=own_path(till),
        besked=besked,
        offers_mail=offers_mail(visit),
        offers_oidc=visit.installation.settings.has_oidc,
        people=demo_people(visit),
    )
