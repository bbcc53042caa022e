"""`/forlopp/tidslinje`: the same view of the board along a line of days, drawn and as a table."""

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.queries.board_choice import Choice
from pathways.queries.timeline import Lane, timeline
from pathways.web.board_address import BOARD, TIMELINE, Asked, address_of, read_address
from pathways.web.board_form import describe, is_form_open, list_fields, list_filters, list_views
from pathways.web.board_shown import Shown, moment_of, pick
from pathways.web.board_words import summary_in_words
from pathways.web.gantt import scale_for
from pathways.web.timeline_words import lane_words
from pathways.web.visit import Visit, VisitDep

router = APIRouter()
LEGEND = ("actual", "forecast", "rest")
POINTS = ("done", "planned", "late")


@router.get(TIMELINE)
def show_timeline(visit: VisitDep) -> Response:
    """Show the timeline; 422 with what is wrong where the address cannot be used as it is."""
    visit.require("see_board")
    asked = read_address(visit.request.query_params, today=visit.today)
    lanes = {lane.line.row.introduction_id: lane for lane in _read(visit, asked)}
    everything = tuple(lane.line for lane in lanes.values())
    shown = Shown(asked, pick(visit, asked.choice, everything), everything)
    chosen = [lanes[line.row.introduction_id] for line in shown.lines]
    day = asked.day or visit.today
    here = address_of(TIMELINE, asked)
    return visit.page(
        "board/timeline.html",
        status=shown.status,
        shown=shown,
        lanes=[(lane, lane_words(visit, lane, day)) for lane in chosen],
        scale=scale_for(chosen, today=day),
        legend_bars=LEGEND,
        legend_points=POINTS,
        summary=summary_in_words(visit, shown.summary),
        fields=list_fields(visit, shown),
        views=list_views(visit, asked, TIMELINE),
        filters=list_filters(visit, asked, TIMELINE),
        described=describe(visit, asked),
        has_errors=bool(asked.errors),
        form_open=is_form_open(asked),
        here=here,
        whole_address=f"{visit.config.base_url}{here}",
        unfiltered=address_of(TIMELINE, Asked(Choice(), asked.day)),
        now_href=address_of(TIMELINE, Asked(asked.choice, None)),
        other_look=address_of(BOARD, asked),
    )


def _read(visit: Visit, asked: Asked) -> tuple[Lane, ...]:
    if "datum" in asked.errors:
        return ()
    moment = moment_of(visit, asked.day)
    with visit.read() as work:
        return timeline(work, region_id=visit.visitor.region_id, profile=visit.profile, today=visit.today, as_of=moment)
