"""Reads the meeting that an address names, for every page beneath it; what is no meeting of the region is not there."""

from datetime import date

from pathways.queries.meeting_page import ItemLine, MeetingPage, read_meeting
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web.visit import NotFound, Visit


def day_in(text: str) -> date:
    """Return the day that an address names, in the one spelling it has; anything else is no page."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise NotFound from error
    if day.isoformat() != text:
        raise NotFound
    return day


def find_meeting(visit: Visit, work: UnitOfWork, body: str, day: str) -> MeetingPage:
    """Return the meeting for a reader who may see meetings; there is no such page for others."""
    visit.require("see_meetings")
    region_id = visit.visitor.region_id
    page = read_meeting(work, region_id=region_id, profile=visit.profile, body=body, held_on=day_in(day))
    if page is None:
        raise NotFound
    return page


def open_meeting(visit: Visit, body: str, day: str) -> MeetingPage:
    """Return the meeting, read in a transaction of its own."""
    with visit.read() as work:
        return find_meeting(visit, work, body, day)


def item_in(page: MeetingPage, item: str) -> ItemLine:
    """Return the item that an address names, if it stands on the agenda."""
    found = page.find_item(int(item)) if item.isdecimal() and len(item) < 10 else None
    if found is None:
        raise NotFound
    return found
