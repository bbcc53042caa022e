"""`/larande`: how learning goes over all pathways, and what the management group has been asked."""

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.queries.portfolio import portfolio
from pathways.web.review_shown import tell_false_alarms
from pathways.web.visit import VisitDep

router = APIRouter(prefix="/larande")
USUAL = 10
"""So many indicators a pathway has, about: the sentence on false alarms is told for them."""
VERDICTS = ("keep", "adjust", "stop", "extend")


@router.get("")
def show_portfolio(visit: VisitDep) -> Response:
    """Show every pathway that has come to learning."""
    visit.require("see_portfolio")
    with visit.read() as work:
        found = portfolio(work, region_id=visit.visitor.region_id, profile=visit.profile, today=visit.today)
    return visit.page(
        "review/portfolio.html",
        found=found,
        verdicts=VERDICTS,
        false_alarms=tell_false_alarms(visit, USUAL),
    )
