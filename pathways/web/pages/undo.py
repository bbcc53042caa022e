"""`/forlopp/{slug}/angra/{number}`: take back the move one has just made, with nothing but a confirmation."""

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.errors import PathwaysError
from pathways.queries.log_page import LoggedEvent, log_page
from pathways.queries.material import Head
from pathways.queries.present import load_head
from pathways.web.command_review import Review, build_review
from pathways.web.forms import Keys, keys_of
from pathways.web.history_shown import tell_event
from pathways.web.introduction_undo import newest_undo
from pathways.web.posted import FormDep
from pathways.web.visit import NotFound, Visit, VisitDep
from states.errors import StatesError

router = APIRouter()
CORRECT = "correct"
TOO_LATE = 409


@router.get("/forlopp/{slug}/angra/{number}")
def ask(visit: VisitDep, slug: str, number: int) -> Response:
    """Tell what would be undone; where it is too late, where it can be corrected instead."""
    head, newest = _find(visit, slug)
    if not _may_undo(visit, head, newest, number):
        return _too_late(visit, head, number, status=200)
    keys = Keys(version=head.version)
    try:
        return _page(visit, head, newest, keys, _preview(visit, head, newest, keys))
    except (PathwaysError, StatesError):
        return _too_late(visit, head, number, status=200)


@router.post("/forlopp/{slug}/angra/{number}")
def undo(visit: VisitDep, slug: str, number: int, form: FormDep) -> Response:
    """Undo it, once; 409 where somebody else was first or the time is out."""
    head, newest = _find(visit, slug)
    undone = newest.command == CORRECT and newest.seq == number + 1 and newest.actor_id == visit.visitor.person_id
    if not undone:
        if not _may_undo(visit, head, newest, number):
            return _too_late(visit, head, number, status=TOO_LATE)
        try:
            visit.run(slug, CORRECT, {"undo_to": number - 1}, keys=keys_of(form), reason=_reason(visit))
        except (PathwaysError, StatesError):
            return _too_late(visit, head, number, status=TOO_LATE)
    return visit.redirect(f"/forlopp/{slug}", notice="web.intro.undo.done")


def _find(visit: Visit, slug: str) -> tuple[Head, LoggedEvent]:
    """Return the introduction and its newest event."""
    visit.require("see_introduction")
    with visit.read() as work:
        head = load_head(work, region_id=visit.visitor.region_id, slug=slug)
        if not visit.may(CORRECT, head.introduction_id):
            raise NotFound
        page = log_page(work, region_id=visit.visitor.region_id, introduction_id=head.introduction_id, limit=1)
    return head, page.rows[0]


def _may_undo(visit: Visit, head: Head, newest: LoggedEvent, number: int) -> bool:
    return newest.seq == number and newest_undo(visit, head.slug, newest, head.introduction_id) is not None


def _preview(visit: Visit, head: Head, newest: LoggedEvent, keys: Keys) -> Review:
    ask_with = visit.ask(keys, reason=_reason(visit))
    ahead = visit.app.preview(head.slug, CORRECT, {"undo_to": newest.seq - 1}, ask_with)
    return build_review(visit, ahead, before=visit.wording.position(head.phase, head.place), given=())


def _reason(visit: Visit) -> str:
    return visit.texts.say("web.intro.undo.reason")


def _page(visit: Visit, head: Head, newest: LoggedEvent, keys: Keys, review: Review) -> Response:
    return visit.page("introduction/undo.html", head=head, newest=tell_event(visit, newest), keys=keys, review=review)


def _too_late(visit: Visit, head: Head, number: int, *, status: int) -> Response:
    correct = f"/forlopp/{head.slug}/gor/{CORRECT}?undo_to={max(1, number - 1)}"
    return visit.page("introduction/undo_late.html", status=status, head=head, correct=correct, number=number)
