"""`/forlopp`: the department's status table, live or as of a day, in the view that the address asks for."""

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.queries.board_choice import Choice
from pathways.queries.board_page import STAGES
from pathways.queries.longest_waits import longest_waits
from pathways.web.board_address import BOARD, TIMELINE, Asked, address_of
from pathways.web.board_form import describe, is_form_open, list_fields, list_filters, list_heads, list_views
from pathways.web.board_shown import read_shown
from pathways.web.board_words import summary_in_words, words_of
from pathways.web.flow_shown import WaitShown, longest_shown
from pathways.web.visit import Visit, VisitDep

router = APIRouter()
FILES = ("xlsx", "csv", "json")
SHOWN = 200


@router.get(BOARD)
def show_board(visit: VisitDep) -> Response:
    """Show the table; 422 with what is wrong where the address cannot be used as it is."""
    visit.require("see_board")
    shown = read_shown(visit)
    asked = shown.asked
    here = address_of(BOARD, asked)
    return visit.page(
        "board/board.html",
        status=shown.status,
        shown=shown,
        lines=[(line, words_of(visit, line)) for line in shown.lines],
        stages=STAGES,
        summary=summary_in_words(visit, shown.summary),
        fields=list_fields(visit, shown),
        views=list_views(visit, asked, BOARD),
        heads=list_heads(asked, BOARD),
        filters=list_filters(visit, asked, BOARD),
        described=describe(visit, asked),
        has_errors=bool(asked.errors),
        form_open=is_form_open(asked),
        here=here,
        whole_address=f"{visit.config.base_url}{here}",
        unfiltered=address_of(BOARD, Asked(Choice(), asked.day)),
        now_href=address_of(BOARD, Asked(asked.choice, None)),
        other_look=address_of(TIMELINE, asked),
        files=[(kind, address_of(f"{BOARD}.{kind}", asked)) for kind in FILES],
        longest=[] if asked.day or shown.status != SHOWN else _longest(visit),
    )


def _longest(visit: Visit) -> list[WaitShown]:
    """Return what has waited the longest now, whatever the view; of an earlier day that is not told."""
    if not visit.may("see_flow"):
        return []
    zone = visit.profile.region.zone
    with visit.read() as work:
        waits = longest_waits(work, region_id=visit.visitor.region_id, zone=zone, today=visit.today)
    return longest_shown(visit, waits)
