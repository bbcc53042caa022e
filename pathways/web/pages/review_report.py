"""`/forlopp/{slug}/loop/{n}/rapport`: one page for the management group, from a signed review."""

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.charts.figure import Figure
from pathways.queries.review import ReviewPage
from pathways.web.review_read import read_review
from pathways.web.review_shown import show_figures, tell_part
from pathways.web.visit import NotFound, Visit, VisitDep

router = APIRouter(prefix="/forlopp/{slug}/loop/{number}/rapport")
MOST_FIGURES = 3
TELLING = ("improvement", "concern", "changed", "up", "down", "quiet", "too_early")


@router.get("")
def show_report(visit: VisitDep, slug: str, number: str) -> Response:
    """Show the whole, the curves that carry the decision, and the decisions; before the sign-off there is none."""
    visit.require("see_review")
    page = read_review(visit, slug, number)
    if page.signed is None:
        raise NotFound
    return visit.page(
        "review/report.html",
        page=page,
        figures=_telling_first(visit, page),
        whole=tell_part(visit, "w", page.signed, ("closing", "closing_why", "risks", "help_wanted", "celebrate")),
        has_errors=False,
    )


def _telling_first(visit: Visit, page: ReviewPage) -> list[Figure]:
    """Return the curves that say most, three at most."""
    figures = show_figures(visit, page)
    status = {f"{row['indicator']}-{row['unit_id'] or 0}": _status(row["snapshot"]) for row in page.stored}
    order = sorted(figures, key=lambda about: TELLING.index(status[about]))
    return [figures[about] for about in order[:MOST_FIGURES]]


def _status(snapshot: dict[str, dict[str, str]]) -> str:
    return snapshot["judgement"]["status"]
