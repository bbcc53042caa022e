"""`/moten/{body}/{day}/flytta` and `/kallelse`: another day, time or place for a meeting, and summoning its members."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import ValidationError

from pathways.errors import Refused
from pathways.planning.meetings import Setting, lead_date, usual_setting
from pathways.planning.rules import Lead
from pathways.profiles.schema import LONGEST_PLACE
from pathways.queries.meeting_page import MeetingPage
from pathways.services.administration.office import Office
from pathways.services.meeting.plan_meeting import move_with_all
from pathways.services.meeting.send_summons import send_summons
from pathways.services.meeting.setting import SettingOrder
from pathways.services.orders import problems_of
from pathways.web.forms import YES, Field, first
from pathways.web.meeting_fields import faults_in
from pathways.web.meeting_read import open_meeting
from pathways.web.meeting_sections import list_meeting_sections
from pathways.web.meeting_shown import attempt, show_meeting_page
from pathways.web.office import administer, words_of
from pathways.web.posted import FormDep
from pathways.web.visit import NotFound, Visit, VisitDep

router = APIRouter(prefix="/moten/{body}/{day}")
MOVE = "manage_bodies"
UNREADABLE = 422
DAYS = ("held_on", "hand_in_on")


@router.get("/flytta")
def ask_move(visit: VisitDep, body: str, day: str) -> Response:
    """Ask for the new days."""
    return _page(visit, _movable(visit, body, day))


@router.post("/flytta")
def move(visit: VisitDep, body: str, day: str, form: FormDep) -> Response:
    """Move the meeting, or change its time and place; on a day off it is warned once, with the nearest working days."""
    page = _movable(visit, body, day)
    days = {name: _day(first(form, name)) for name in DAYS}
    held_on = days["held_on"]
    if held_on is not None and not first(form, "hand_in_on"):
        stays = held_on == page.sitting.held_on
        days["hand_in_on"] = page.sitting.hand_in_on if stays else _by_lead(visit, page, held_on)
    hand_in_on = days["hand_in_on"]
    setting, faults = _setting(visit, form)
    if held_on is None or hand_in_on is None or faults:
        example = (visit.today + timedelta(days=30)).isoformat()
        wrong = visit.texts.say("web.admin.no_day", example=example)
        return _page(visit, page, form, {**{name: wrong for name, one in days.items() if one is None}, **faults})

    def act(office: Office) -> None:
        move_with_all(
            office,
            body,
            was_on=page.sitting.held_on,
            held_on=held_on,
            hand_in_on=hand_in_on,
            profile=visit.profile,
            salter=visit.app.salter,
            although_free=first(form, "although_free") == YES,
            setting=setting,
        )

    try:
        administer(visit, MOVE, act)
    except Refused as error:
        at = "hand_in_on" if error.sentence == "error.hand_in_after" else "held_on"
        return _page(visit, page, form, {at: words_of(visit, error)[1]})
    there = f"/moten/{body}/{held_on.isoformat()}"
    if held_on == page.sitting.held_on:
        return visit.redirect(there, "web.meeting.told.meeting_changed")
    return visit.redirect(there, "web.meeting.told.meeting_moved", day=visit.formats.day(held_on))


@router.post("/kallelse")
def summon(visit: VisitDep, body: str, day: str, form: FormDep) -> Response:
    """Summon the members."""
    page = open_meeting(visit, body, day)
    held_on, seen = page.sitting.held_on, first(form, "seen")
    last = int(seen) if seen.isdecimal() and len(seen) < 10 else None
    told: list[int] = []
    refused = attempt(
        visit,
        lambda office: told.append(send_summons(office, body, held_on=held_on, profile=visit.profile, seen=last)),
    )
    if refused:
        return show_meeting_page(visit, page, others=[refused[1]])
    return visit.redirect(f"{page.address}#kallelse", "web.meeting.told.summoned", n=told[-1])


def _movable(visit: Visit, body: str, day: str) -> MeetingPage:
    visit.require(MOVE)
    page = open_meeting(visit, body, day)
    if not page.can_change or page.sitting.held_on < visit.today:
        raise NotFound
    return page


def _setting(visit: Visit, form: Mapping[str, Sequence[str]]) -> tuple[Setting | None, dict[str, str]]:
    """Return the time and place that are asked for, None where nobody asked about them, and what is wrong with them."""
    if not any(name in form for name in Setting._fields):
        return None, {}
    try:
        order = SettingOrder.model_validate({name: said for name in Setting._fields if (said := first(form, name))})
    except ValidationError as error:
        return None, faults_in(visit, problems_of("move_meeting", error))
    return order.setting, {}


def _usual_help(visit: Visit, usual: str | None) -> str:
    return visit.texts.say("web.meeting.field.usual_help", usual=usual) if usual else ""


def _by_lead(visit: Visit, page: MeetingPage, held_on: date) -> date:
    """Return the last day to hand in that the body's lead gives; the meeting's own day where there is no rule."""
    rule = visit.profile.find_body(page.sitting.body)
    return lead_date(rule, held_on, lead=Lead.HAND_IN, workdays=visit.profile.workdays) if rule else held_on


def _page(
    visit: Visit,
    page: MeetingPage,
    typed: Mapping[str, Sequence[str]] | None = None,
    faults: Mapping[str, str] | None = None,
) -> Response:
    say, known = visit.texts.say, page.sitting
    usual = usual_setting(visit.profile.find_body(known.body))
    fields = [
        Field(name="held_on", label=say("web.meeting.field.held_on"), kind="date", value=known.held_on.isoformat()),
        Field(
            name="hand_in_on",
            label=say("web.meeting.column.hand_in"),
            help=say("web.meeting.field.hand_in_help"),
            kind="date",
            required=False,
        ),
        Field(
            name="starts_at",
            label=say("web.meeting.field.starts_at"),
            help=_usual_help(visit, visit.formats.clock(usual.starts_at)) or say("web.meeting.field.starts_at_help"),
            value=visit.formats.clock(known.starts_at),
            required=False,
        ),
        Field(
            name="place",
            label=say("web.meeting.field.place"),
            help=_usual_help(visit, usual.place) or say("web.meeting.field.place_help"),
            value=known.place or "",
            required=False,
            max_length=LONGEST_PLACE,
        ),
        Field(name="although_free", label=say("web.admin.field.although_free"), kind="checkbox", required=False),
    ]
    return visit.page(
        "meeting/move.html",
        status=UNREADABLE if faults else 200,
        page=page,
        sections=list_meeting_sections(visit, page, ""),
        fields=[one.filled(typed, faults or {}) for one in fields] if typed is not None else fields,
        has_errors=bool(faults),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
