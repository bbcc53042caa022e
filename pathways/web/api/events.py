"""The event feed: everything accepted in the region in one order, page by page after a cursor."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from pathways.queries.feed import MOST, event_form, feed, read_cursor
from pathways.web.api.caller import Following

router = APIRouter(tags=["events"])


class EventOut(BaseModel):
    """One accepted command. `id` never changes; who gave it and why are not told here."""

    id: str
    type: str
    at: str
    introduction: str
    pathway: str
    command: str
    seq: int
    phase: str
    place: str
    standing: str


class FeedOut(BaseModel):
    """A page of the feed; ask again with `cursor` for what comes after. An empty page means: come back later."""

    events: list[EventOut]
    cursor: str


@router.get("/events")
def get_events(
    call: Following,
    cursor: Annotated[str, Query(max_length=60)] = "",
    limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
) -> FeedOut:
    """Return the region's events after a cursor, oldest first; without one from the beginning.

    Events appear ten seconds after they happened, so that none can slip in behind the cursor.
    """
    call.require_view("see_board")
    with call.app.read() as work:
        rows, after = feed(work, region_id=call.caller.region_id, after=read_cursor(cursor), most=limit)
    return FeedOut(events=[EventOut.model_validate(event_form(row)) for row in rows], cursor=str(after))
