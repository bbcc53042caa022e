"""`/forlopp/{slug}/prognos`: when an introduction comes to its milestones, and what if the decision moved."""

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.measurement.forecasting import Forecast, Issued
from pathways.queries.milestones import (
    BoardDate,
    WhatIf,
    is_undecided,
    list_board_dates,
    milestones,
    read_ways,
    what_if,
)
from pathways.queries.present import load_head
from pathways.web.flow_words import in_ten, milestone_name, tell_basis, tell_calibration, tell_forecast
from pathways.web.forms import Field, Option
from pathways.web.introduction_sections import list_sections
from pathways.web.visit import Visit, VisitDep

router = APIRouter()
MEETING = "mote"


@router.get("/forlopp/{slug}/prognos")
def show_forecast(visit: VisitDep, slug: str) -> Response:
    """Show the forecasts; a meeting of the address that is not ahead gives 422 and the forecasts without it."""
    visit.require("see_flow")
    visit.require("see_introduction")
    region_id, zone = visit.visitor.region_id, visit.profile.region.zone
    with visit.read() as work:
        head = load_head(work, region_id=region_id, slug=slug)
        ways = read_ways(work, region_id=region_id, zone=zone, today=visit.today)
        meetings = list_board_dates(work, region_id=region_id, profile=visit.profile, today=visit.today)
    asked = visit.request.query_params.get(MEETING, "")
    meeting = next((one for one in meetings if one.key == asked), None)
    field = _field(visit, meetings, asked, is_wrong=bool(asked) and meeting is None)
    found = milestones(ways, head.introduction_id)
    supposed = what_if(ways, head.introduction_id, meeting) if meeting else None
    return visit.page(
        "flow/forecast.html",
        status=422 if field.error else 200,
        head=head,
        sections=list_sections(visit, slug, "/prognos"),
        found=found,
        ahead=[_ahead(visit, one) for one in found.ahead],
        before=[_before(visit, one) for one in found.before],
        calibration=tell_calibration(visit, found.calibration),
        field=field if is_undecided(ways, head.introduction_id) and meetings else None,
        has_errors=bool(field.error),
        supposed=supposed,
        supposed_told=_supposed(visit, supposed) if supposed else "",
        supposed_after=[_ahead(visit, one) for one in supposed.after] if supposed else [],
    )


def _field(visit: Visit, meetings: tuple[BoardDate, ...], asked: str, *, is_wrong: bool) -> Field:
    return Field(
        name=MEETING,
        label=visit.texts.say("web.flow.what_if.field"),
        kind="select",
        value=asked,
        error=visit.texts.say("web.flow.what_if.unknown") if is_wrong else "",
        options=tuple(Option(value=one.key, label=_meeting(visit, one)) for one in meetings),
    )


def _meeting(visit: Visit, one: BoardDate) -> str:
    return visit.texts.say("web.flow.what_if.meeting", body=one.body, day=visit.formats.day(one.held_on))


def _ahead(visit: Visit, one: Forecast) -> tuple[str, str, str, str, str]:
    """Return milestone, likely day, safe day, what they are told from, and all of it as a sentence."""
    unknown = visit.texts.say("web.flow.forecast.not_known")
    likely, safe = (visit.formats.day(on) if on else unknown for on in (one.likely, one.safe))
    return milestone_name(visit, one.milestone), likely, safe, tell_basis(visit, one), tell_forecast(visit, one)


def _before(visit: Visit, one: Issued) -> tuple[str, str, str, str, str, bool]:
    """Return milestone, the day of the forecast, its two days, the day that came, and whether it held."""
    days = (one.made_on, one.forecast.likely, one.forecast.safe, one.came_on)
    made_on, likely, safe, came_on = (visit.formats.day(on) for on in days)
    return milestone_name(visit, one.forecast.milestone), made_on, likely, safe, came_on, one.was_kept


def _supposed(visit: Visit, supposed: WhatIf) -> str:
    meeting, hand_in = _meeting(visit, supposed.meeting), visit.formats.day(supposed.meeting.hand_in_on)
    if supposed.in_time is None:
        return visit.texts.say("web.flow.what_if.told_bare", meeting=meeting, hand_in=hand_in)
    chance = in_ten(visit, supposed.in_time)
    return visit.texts.say("web.flow.what_if.told", meeting=meeting, hand_in=hand_in, chance=chance)
