"""What programs read of meetings: those that come, one with its agenda, and its frozen pack as it was frozen."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Header, Path, Query, Response
from pydantic import BaseModel

from pathways.errors import Unknown
from pathways.planning.instants import local_date
from pathways.queries.meeting_page import ItemLine, MeetingPage, read_meeting
from pathways.queries.meetings import MeetingLine, list_coming
from pathways.services.pack.meeting import find_meeting
from pathways.services.pack.shelf import choose_pack, list_packs, read_content
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web.api.caller import Call, Reading

router = APIRouter(tags=["meetings"])
JSON = "application/json"
Body = Annotated[str, Path(pattern=r"^[a-z0-9_-]{1,60}$", description="The body's name in addresses")]
Day = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,10}$", description="The day of the meeting, as 2026-12-03")]
Number = Annotated[int | None, Query(ge=1, le=9999, description="Which pack; without it the newest")]


class MeetingOut(BaseModel):
    """One meeting. `starts_at` stands on the region's clock, null while it is not decided.

    `items` is how many stand on its agenda.
    """

    body: str
    name: str
    held_on: date
    hand_in_on: date
    starts_at: str | None
    place: str | None
    cancelled: bool
    items: int


class MeetingsOut(BaseModel):
    """The meetings of all bodies from today on, the soonest first."""

    meetings: list[MeetingOut]


class AnnexOut(BaseModel):
    """A document of an item, by its letter."""

    letter: str
    title: str
    link: str | None


class AgendaItemOut(BaseModel):
    """One item of an agenda, and what became of it; nobody is named."""

    number: int
    kind: str
    matter: str | None
    title: str
    introduction: str | None
    starts_at: str | None
    minutes: int | None
    outcome: str | None
    paragraph_no: str | None
    register_no: str | None
    annexes: list[AnnexOut]


class OneMeetingOut(MeetingOut):
    """A meeting with its agenda. `approved` says that its minutes are: nothing about it changes any more."""

    approved: bool
    moved_to: date | None
    packs: int
    agenda: list[AgendaItemOut]


@router.get("/meetings")
def get_meetings(call: Reading) -> MeetingsOut:
    """Return the meetings that come."""
    call.require_view("see_meetings")
    today = local_date(call.now, call.app.profile.region.zone)
    with call.app.read() as work:
        lines = list_coming(work, region_id=call.caller.region_id, today=today)
    return MeetingsOut(meetings=[_line(one) for one in lines])


@router.get("/meetings/{body}/{day}")
def get_meeting(call: Reading, body: Body, day: Day) -> OneMeetingOut:
    """Return one meeting with its agenda."""
    call.require_view("see_meetings")
    with call.app.read() as work:
        page = _page(work, call, body, day)
        meeting = find_meeting(work, region_id=call.caller.region_id, body=body, day=page.sitting.held_on)
        packs = len(list_packs(work, meeting))
    sitting = page.sitting
    return OneMeetingOut(
        body=sitting.body,
        name=sitting.name,
        held_on=sitting.held_on,
        hand_in_on=sitting.hand_in_on,
        starts_at=sitting.starts_at,
        place=sitting.place,
        cancelled=sitting.cancelled,
        items=len(page.items),
        approved=sitting.closed,
        moved_to=page.moved_to,
        packs=packs,
        agenda=[_item(one) for one in page.items],
    )


@router.get("/meetings/{body}/{day}/pack")
def get_pack(
    call: Reading,
    body: Body,
    day: Day,
    number: Number = None,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """Return a frozen pack, byte by byte as it was frozen; the ETag is the SHA-256 of what is sent."""
    call.require_view("see_meetings")
    call.require_view("export")
    region_id = call.caller.region_id
    with call.app.read() as work:
        meeting = find_meeting(work, region_id=region_id, body=body, day=_day(day))
        pack = choose_pack(list_packs(work, meeting), number)
        headers = {"etag": f'"{pack.sha256}"'}
        if if_none_match is not None and headers["etag"] in if_none_match:
            return Response(status_code=304, headers=headers)
        content = read_content(work, pack, region_id=region_id)
    return Response(content.encode(), media_type=JSON, headers=headers)


def _page(work: UnitOfWork, call: Call, body: str, day: str) -> MeetingPage:
    held_on, region_id = _day(day), call.caller.region_id
    find_meeting(work, region_id=region_id, body=body, day=held_on)  # refuses with the nearest bodies and days
    page = read_meeting(work, region_id=region_id, profile=call.app.profile, body=body, held_on=held_on)
    assert page is not None
    return page


def _day(typed: str) -> date:
    """Return the day of an address; what is none is no meeting."""
    try:
        day = date.fromisoformat(typed)
    except ValueError as error:
        raise Unknown("meeting", typed, ()) from error
    if day.isoformat() != typed:
        raise Unknown("meeting", typed, (day.isoformat(),))
    return day


def _line(one: MeetingLine) -> MeetingOut:
    names = ("body", "name", "held_on", "hand_in_on", "starts_at", "place", "cancelled", "items")
    return MeetingOut(**{name: getattr(one, name) for name in names})


def _item(one: ItemLine) -> AgendaItemOut:
    same = ("kind", "matter", "title", "introduction", "starts_at", "minutes", "outcome", "paragraph_no", "register_no")
    return AgendaItemOut(
        number=one.number,
        annexes=[AnnexOut(letter=row["letter"], title=row["title"], link=row["link"]) for row in one.annexes],
        **{name: one.row[name] for name in same},
    )
