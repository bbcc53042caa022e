"""`/nationellt/remisser`: the nation's consultations as a calendar, and how the region's responses stand in them."""

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.planning.backward import WindowCheck
from pathways.queries.consultations import InConsultation, consultations
from pathways.queries.region_meetings import profile_with_meetings
from pathways.web.back_plan_asked import name_of
from pathways.web.national_sections import list_sections
from pathways.web.visit import Visit, VisitDep

router = APIRouter()
PAGE = "/nationellt/remisser"


@dataclass(frozen=True, slots=True)
class Standing:
    """How an introduction stands in a consultation: its response, whether it can be in time, and its time plan."""

    name: str
    href: str
    response: str
    told: str
    tone: str
    plan: str


@router.get(PAGE)
def show_consultations(visit: VisitDep) -> Response:
    """Show what is open and what comes."""
    visit.require("see_national")
    region_id = visit.visitor.region_id
    with visit.read() as work:
        profile = profile_with_meetings(work, region_id=region_id, profile=visit.profile, today=visit.today)
        found = consultations(work, region_id=region_id, profile=profile, today=visit.today)
    return visit.page(
        "calendar/consultations.html",
        found=found,
        sections=list_sections(visit, PAGE),
        standing={one.window: [_standing(visit, each) for each in one.introductions] for one in found.open_now},
        next=[(one, _tell_window(visit, one)) for one in found.next],
        waiting=[_standing(visit, one) for one in found.waiting],
    )


def _standing(visit: Visit, one: InConsultation) -> Standing:
    told, tone = _tell(visit, one)
    root = f"/forlopp/{one.head.slug}"
    plan = f"{root}/tidsplan?remiss={one.check.window.opens_on.isoformat()}" if one.check else ""
    return Standing(one.head.pathway, root, visit.texts.word("state", one.response), told, tone, plan)


def _tell(visit: Visit, one: InConsultation) -> tuple[str, str]:
    say = visit.texts.say
    if one.response == "submitted":
        return say("web.calendar.national.submitted"), "good"
    if one.is_decided:
        return say("web.calendar.national.decided"), "good"
    if one.response == "not_due":
        return say("web.calendar.national.no_response"), "neutral"
    if one.check is None:
        return say("web.calendar.national.closed"), "bad"
    return _tell_check(visit, one.check)


def _tell_check(visit: Visit, check: WindowCheck) -> tuple[str, str]:
    say = visit.texts.say
    if check.meeting is None:
        return say("web.calendar.national.no_meeting"), "bad"
    hand_in = visit.formats.day(check.meeting.hand_in_on)
    if not check.can_be_met:
        return say("web.calendar.national.cannot", hand_in=hand_in), "bad"
    return say("web.calendar.national.can", hand_in=hand_in), "good"


def _tell_window(visit: Visit, check: WindowCheck) -> str:
    """Return what a response in a coming window would take."""
    if check.meeting is None:
        return visit.texts.say("web.calendar.national.no_meeting")
    body = visit.profile.responding_body
    return visit.texts.say(
        "web.calendar.national.takes",
        body=name_of(body) if body else "",
        day=visit.formats.day(check.meeting.meeting_on),
        hand_in=visit.formats.day(check.meeting.hand_in_on),
        n=check.analysis_workdays,
    )
