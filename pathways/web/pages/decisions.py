"""`/forlopp/{slug}/beslut`: the way to the board and what it decided, and the consultation response."""

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.web.decisions_shown import list_matters, plan_to_meeting
from pathways.web.introduction_read import read_view
from pathways.web.introduction_sections import list_sections
from pathways.web.introduction_shown import RESPONSE, list_onward, tell_region
from pathways.web.visit import VisitDep

router = APIRouter()


@router.get("/forlopp/{slug}/beslut")
def show_decisions(visit: VisitDep, slug: str) -> Response:
    """Show the meeting that is to decide with the way back from it, the decisions as minuted, and the response."""
    visit.require("see_introduction")
    with visit.read() as work:
        asked, view = read_view(visit, work, slug)
    return visit.page(
        "introduction/decisions.html",
        status=asked.status,
        view=view,
        row=view.position,
        as_of=asked,
        has_errors=bool(asked.field.error),
        sections=list_sections(visit, slug, "/beslut", asked.query),
        matters=list_matters(list_onward(visit, view)),
        response=tell_region(visit, view, RESPONSE),
        way=plan_to_meeting(visit, view) if asked.day is None else None,
    )
