"""`/moten/{body}/{day}`: one meeting with its days, its agenda, who was there, and the summons."""

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.services.meeting.attendance import record_attendance
from pathways.services.meeting.move_item import move_item
from pathways.services.meeting.withdraw_item import withdraw_item
from pathways.web.forms import first
from pathways.web.meeting_read import item_in, open_meeting
from pathways.web.meeting_shown import attempt, show_meeting_page
from pathways.web.posted import FormDep
from pathways.web.visit import NotFound, VisitDep

router = APIRouter(prefix="/moten/{body}/{day}")
MOVES = {"upp": -1, "ner": 1}


@router.get("")
def show_meeting(visit: VisitDep, body: str, day: str) -> Response:
    """Show the meeting."""
    return show_meeting_page(visit, open_meeting(visit, body, day))


@router.post("/arende/{item}/flytta")
def move(visit: VisitDep, body: str, day: str, item: str, form: FormDep) -> Response:
    """Move an item one place up or down."""
    page = open_meeting(visit, body, day)
    line, step = item_in(page, item), MOVES.get(first(form, "vart"))
    if step is None:
        raise NotFound
    held_on, item_id, place = page.sitting.held_on, line.item_id, line.number + step
    refused = attempt(visit, lambda office: move_item(office, body, held_on=held_on, item_id=item_id, place=place))
    if refused:
        return show_meeting_page(visit, page, others=[refused[1]])
    return visit.redirect(f"{page.address}#arende-{item_id}", "web.meeting.told.moved", title=line.row["title"])


@router.post("/arende/{item}/ta-bort")
def withdraw(visit: VisitDep, body: str, day: str, item: str) -> Response:
    """Take an item off the agenda."""
    page = open_meeting(visit, body, day)
    line = item_in(page, item)
    held_on = page.sitting.held_on
    refused = attempt(visit, lambda office: withdraw_item(office, body, held_on=held_on, item_id=line.item_id))
    if refused:
        return show_meeting_page(visit, page, others=[refused[1]])
    return visit.redirect(page.address, "web.meeting.told.withdrawn", title=line.row["title"])


@router.post("/narvaro")
def attend(visit: VisitDep, body: str, day: str, form: FormDep) -> Response:
    """Write who is there."""
    page = open_meeting(visit, body, day)
    present = [slug for slug in form.get("present", ()) if slug]
    held_on = page.sitting.held_on
    refused = attempt(visit, lambda office: record_attendance(office, body, held_on=held_on, present=present))
    if refused:
        return show_meeting_page(visit, page, others=[refused[1]])
    return visit.redirect(f"{page.address}#narvaro", "web.meeting.told.attendance", n=len(set(present)))
