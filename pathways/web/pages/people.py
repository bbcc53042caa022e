"""`/forlopp/{slug}/manniskor`: who takes part in an introduction, how patients are heard, and who is informed."""

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.profiles.vocabulary import Role
from pathways.queries.team import team
from pathways.services.people.appoint import APPOINTABLE
from pathways.web.introduction_read import read_view
from pathways.web.introduction_sections import list_sections
from pathways.web.visit import VisitDep

router = APIRouter()
TEAM = tuple(role for role in Role if role in APPOINTABLE)


@router.get("/forlopp/{slug}/manniskor")
def show_people(visit: VisitDep, slug: str) -> Response:
    """Show the roles of the working group with their holders, and the region's own roles around it."""
    visit.require("see_introduction")
    with visit.read() as work:
        asked, view = read_view(visit, work, slug)
        around = team(work, region_id=visit.visitor.region_id, introduction_id=view.position.introduction_id)
    return visit.page(
        "introduction/people.html",
        status=asked.status,
        view=view,
        row=view.position,
        as_of=asked,
        has_errors=bool(asked.field.error),
        sections=list_sections(visit, slug, "/manniskor", asked.query),
        held=[(role, [one for one in view.people if one.role == role]) for role in TEAM],
        members_required=visit.profile.preparation.members_required,
        slugs=around.slugs,
        former=() if asked.day else around.former,
        regional=() if asked.day else around.regional,
    )
