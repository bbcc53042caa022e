"""`/forlopp/{slug}/beslut`: the way to the board and what it decided, and the consultation response."""

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.profiles.vocabulary import Matter
from pathways.queries.handling import Handling, list_handling
from pathways.queries.views import IntroductionView
from pathways.services.plan.endorse import OPEN_IN
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web.decisions_shown import list_matters, plan_to_meeting
from pathways.web.demand_shown import warn_before_decision
from pathways.web.introduction_read import read_view
from pathways.web.introduction_sections import list_sections
from pathways.web.introduction_shown import RESPONSE, list_onward, tell_region
from pathways.web.visit import Visit, VisitDep
from states.snapshot import Phase

router = APIRouter()


@router.get("/forlopp/{slug}/beslut")
def show_decisions(visit: VisitDep, slug: str) -> Response:
    """Show the meeting that is to decide with the way back from it, the decisions as minuted, and the response."""
    visit.require("see_introduction")
    with visit.read() as work:
        asked, view = read_view(visit, work, slug)
        handlings = _handlings(visit, work, view) if asked.day is None else ()
    waits = asked.day is None and view.position.phase == Phase.PRIORITISATION
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
        crowded=warn_before_decision(visit, slug) if waits else "",
        handlings=handlings,
    )


def _handlings(visit: Visit, work: UnitOfWork, view: IntroductionView) -> tuple[Handling, ...]:
    """Return how each body handles the introduction's matters, those that wait for one now included."""
    row = view.position
    waiting = [Matter.PLAN] if row.place in OPEN_IN[Matter.PLAN] else []
    waiting += [Matter.RESPONSE] if OPEN_IN[Matter.RESPONSE] & set(row.configuration) else []
    return list_handling(
        work,
        region_id=visit.visitor.region_id,
        introduction_id=row.introduction_id,
        profile=visit.profile,
        expected=waiting,
    )
