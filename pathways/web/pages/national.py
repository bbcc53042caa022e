"""`/nationellt` and `/nationellt/erfarenheter`: the regions of one installation together, and what they have shared."""

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.queries.national_view import FEWEST, list_experiences, national_view
from pathways.services.national.behind import list_behind
from pathways.web.forms import Field
from pathways.web.national_sections import list_sections
from pathways.web.visit import VisitDep

router = APIRouter(prefix="/nationellt")
WANTED = "q"
LONGEST = 100


@router.get("")
def show_nation(visit: VisitDep) -> Response:
    """Show which region follows which version, and phases and times as sums."""
    visit.require("see_national")
    with visit.read() as work:
        found = national_view(work, region_id=visit.visitor.region_id, zone=visit.profile.region.zone)
        behind = list_behind(work, region_id=visit.visitor.region_id)
    return visit.page(
        "national/nation.html",
        found=found,
        behind=behind,
        fewest=FEWEST,
        sections=list_sections(visit, "/nationellt"),
    )


@router.get("/erfarenheter")
def show_experiences(visit: VisitDep) -> Response:
    """Show what regions have shared, all of it or what fits the words."""
    visit.require("see_national")
    wanted = visit.request.query_params.get(WANTED, "").strip()[:LONGEST]
    with visit.read() as work:
        found = list_experiences(work, wanted=wanted)
    field = Field(name=WANTED, label=visit.texts.say("web.national.search"), value=wanted, required=False)
    return visit.page(
        "national/experiences.html",
        found=found,
        wanted=wanted,
        field=field,
        sections=list_sections(visit, "/nationellt/erfarenheter"),
    )
