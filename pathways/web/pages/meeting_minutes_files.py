"""`/moten/{body}/{day}/protokoll.pdf` and `.docx`, and the extract of each item: to read and to take along."""

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.queries.meeting_page import MeetingPage
from pathways.web.document_shown import paper_file
from pathways.web.meeting_read import find_meeting, item_in
from pathways.web.minutes_fields import blocks_of
from pathways.web.minutes_read import PUBLIC, ToRead, is_public, paper_to_read
from pathways.web.visit import NotFound, Visit, VisitDep

router = APIRouter(prefix="/moten/{body}/{day}")
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@router.get("/protokoll.{kind}")
def take_minutes(visit: VisitDep, body: str, day: str, kind: str) -> Response:
    """Send the minutes as a file; of approved ones always the same."""
    with visit.read() as work:
        page = find_meeting(visit, work, body, day)
        found = paper_to_read(visit, work, page)
    return _send(visit, found, kind, f"protokoll-{_name(visit, page)}")


@router.get("/arende/{item}/utdrag")
def show_extract(visit: VisitDep, body: str, day: str, item: str) -> Response:
    """Show the extract of one item."""
    with visit.read() as work:
        page = find_meeting(visit, work, body, day)
        line = item_in(page, item)
        paper = paper_to_read(visit, work, page, line.item_id).paper
    return visit.page(
        "meeting/extract.html",
        page=page,
        line=line,
        paper=paper,
        blocks=blocks_of(paper),
        public=is_public(visit),
        has_errors=False,
    )


@router.get("/arende/{item}/utdrag.{kind}")
def take_extract(visit: VisitDep, body: str, day: str, item: str, kind: str) -> Response:
    """Send the extract of one item as a file; of approved minutes always the same."""
    with visit.read() as work:
        page = find_meeting(visit, work, body, day)
        line = item_in(page, item)
        found = paper_to_read(visit, work, page, line.item_id)
    return _send(visit, found, kind, f"utdrag-{_name(visit, page)}-{line.number}")


def _name(visit: Visit, page: MeetingPage) -> str:
    name = f"{page.sitting.body}-{page.sitting.held_on.isoformat()}"
    return f"{name}-{PUBLIC}" if is_public(visit) else name


def _send(visit: Visit, found: ToRead, kind: str, name: str) -> Response:
    if kind not in MEDIA_TYPES:
        raise NotFound
    content = paper_file(visit, found.paper, kind, found.document, kept_as=found.manner.file(kind))
    headers = {"content-disposition": f'attachment; filename="{name}.{kind}"'}
    return Response(content, media_type=MEDIA_TYPES[kind], headers=headers)
