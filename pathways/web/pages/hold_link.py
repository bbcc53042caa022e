"""`/u/<link>/svara`: the hold check answered from its mail without a login. Handing in uses the link up."""

from contextlib import suppress

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from pathways.errors import LinkUsed
from pathways.queries.holding import find_question
from pathways.services.access.task_link import use_task_link
from pathways.services.hold.open_hold_check import ITEM
from pathways.web import hold_answering as answering
from pathways.web.hold_answering import Sheet
from pathways.web.login.rate import LINK_LIMIT
from pathways.web.pages.task_link import Opened, find_link, open_link
from pathways.web.posted import FormDep
from pathways.web.visit import MaybeVisitDep, NotFound, Visit

router = APIRouter(prefix="/u/{token}/svara", dependencies=[LINK_LIMIT])


@router.get("")
def show_start(visit: MaybeVisitDep, token: str) -> Response:
    """Tell what is asked and how the answers are shown."""
    found = _sheet(visit, token)
    return found if isinstance(found, Response) else answering.show_start(found[1])


@router.get("/alla")
def show_all(visit: MaybeVisitDep, token: str) -> Response:
    """Show all questions on one page."""
    found = _sheet(visit, token)
    return found if isinstance(found, Response) else answering.show_all(found[1])


@router.post("/alla")
def hand_in(visit: MaybeVisitDep, token: str, form: FormDep) -> Response:
    """Hand the answers in and use the link up."""
    found = _sheet(visit, token)
    if isinstance(found, Response):
        return found
    opened, sheet = found
    if (again := answering.hand_in(sheet, form)) is not None:
        return again
    own = opened.visit
    with suppress(LinkUsed):
        own.app.retry(lambda work: use_task_link(work, token, opened.link, now=own.now))
    return own.redirect(sheet.after)


@router.get("/{number}")
def show_question(visit: MaybeVisitDep, token: str, number: int) -> Response:
    """Ask one question."""
    found = _sheet(visit, token)
    return found if isinstance(found, Response) else answering.show_question(found[1], number)


@router.post("/{number}")
def save_question(visit: MaybeVisitDep, token: str, number: int, form: FormDep) -> Response:
    """Keep one answer."""
    found = _sheet(visit, token)
    return found if isinstance(found, Response) else answering.save_question(found[1], number, form)


def _sheet(visit: Visit, token: str) -> tuple[Opened, Sheet] | Response:
    """Return the questions behind a link; of one that is used or too old, the way to the page that says so."""
    found = find_link(visit, token)
    here = f"/u/{token}"
    if found.refusal is not None:
        return RedirectResponse(here, status_code=303)
    opened = open_link(visit, token, found.link)
    if opened.page.item != ITEM or not opened.page.is_mine:
        raise NotFound
    link = opened.link
    with opened.visit.read() as work:
        question = find_question(work, region_id=link.region_id, slug=link.slug, person_id=link.person_id)
    if question is None or opened.page.state != "open":
        return RedirectResponse(here, status_code=303)
    base = f"{here}/svara"
    return opened, Sheet(opened.visit, link.slug, opened.page.pathway, base, here, question, key=link.command_id)
