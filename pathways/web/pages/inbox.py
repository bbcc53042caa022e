"""`/inkorg`: the messages that Förlopp has sent to whoever is logged in, the newest first."""

from fastapi import APIRouter
from fastapi.responses import Response

from notifications.channels.inbox import list_for, mark_all_read, mark_read
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web.visit import VisitDep

router = APIRouter()
PER_PAGE = 20
LONGEST_NUMBER = 9


@router.get("/inkorg")
def inbox(visit: VisitDep, fore: str = "") -> Response:
    """Show a page of messages: those that came before `fore`, or the newest."""
    before = int(fore) if fore.isdecimal() and len(fore) <= LONGEST_NUMBER else None
    person = str(visit.visitor.person_id)
    with visit.read() as work:
        items = list_for(work.connection, person, limit=PER_PAGE + 1, before=before)
    shown = items[:PER_PAGE]
    older = f"/inkorg?fore={shown[-1].item_id}" if len(items) > PER_PAGE else None
    return visit.page("work/inbox.html", items=shown, older=older, is_first=before is None)


@router.post("/inkorg/lasta")
def read_all(visit: VisitDep) -> Response:
    """Mark everything as read."""

    def mark(work: UnitOfWork) -> int:
        return mark_all_read(work.connection, str(visit.visitor.person_id), now=visit.now)

    visit.app.retry(mark)
    return visit.redirect("/inkorg", "web.work.told.all_read")


@router.post("/inkorg/{item}/last")
def read_one(visit: VisitDep, item: int) -> Response:
    """Mark one message as read; that it was read before, or is somebody else's, changes nothing."""

    def mark(work: UnitOfWork) -> bool:
        return mark_read(work.connection, str(visit.visitor.person_id), item, now=visit.now)

    visit.app.retry(mark)
    return visit.redirect("/inkorg")
