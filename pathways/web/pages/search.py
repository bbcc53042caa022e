"""`/sok`: one search over pathways, open tasks, decisions and, for those who may see them, people."""

from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.queries.search import search
from pathways.web.board_address import BOARD
from pathways.web.forms import Field
from pathways.web.visit import VisitDep

router = APIRouter()
LABELS = {True: "web.board.search_label_people", False: "web.board.search_label"}
_LONGEST = 100


@router.get("/sok")
def show_search(visit: VisitDep, q: str = "") -> Response:
    """Show what holds the words that were typed, group by group."""
    visit.require("see_board")
    words = q.strip()[:_LONGEST]
    with_people = visit.may("see_people")
    with visit.read() as work:
        found = search(
            work,
            region_id=visit.visitor.region_id,
            words=words,
            titles=visit.wording.titles or {},
            with_people=with_people,
        )
    return visit.page(
        "board/search.html",
        asked=words,
        found=found,
        with_people=with_people,
        field=Field(name="q", label=visit.texts.say(LABELS[with_people]), value=words),
        ways_to_people={one.slug: f"{BOARD}?{urlencode({'q': one.name})}" for one in found.people},
    )
