"""`/kalender/{secret}.ics`: a calendar as phones and Outlook read it, without a login, for whoever has the address.

An address that is unknown or revoked, or whose person has left, is answered as if it had never been.
"""

from hashlib import sha256

from fastapi import APIRouter, Request
from fastapi.responses import Response

from pathways.documents.calendar_file import make_calendar_file
from pathways.locale import DEFAULT, LANGUAGES, texts
from pathways.models.calendar import FeedScope
from pathways.queries.calendar_feed import feed_entries
from pathways.services.access.calendar_feed import Feed, find_feed
from pathways.web.calendar_words import CalendarWords
from pathways.web.login.rate import LINK_LIMIT
from pathways.web.visit import MaybeVisitDep, NotFound, Visit

router = APIRouter(dependencies=[LINK_LIMIT])
CALENDAR = "text/calendar; charset=utf-8"
LONGEST = 80
"""No secret of ours is longer; what is, is not even looked up."""


@router.head("/kalender/{secret}.ics")
@router.get("/kalender/{secret}.ics")
def send_calendar(visit: MaybeVisitDep, secret: str) -> Response:
    """Send the calendar; to a reader that has it already, only that nothing has changed (304)."""
    if len(secret) > LONGEST:
        raise NotFound
    with visit.installation.database.read(visit.now) as work:
        feed = find_feed(work, secret)
        if feed is None or feed.region_code not in visit.installation.profiles:
            raise NotFound
        profile = visit.installation.profiles[feed.region_code]
        dates = feed_entries(work, feed, profile)
    words = CalendarWords(texts=texts(_language(feed)), profile=profile, base_url=visit.config.base_url)
    content = make_calendar_file(words.tell(dates), name=_name(words, feed), zone=profile.region.zone)
    headers = {
        "etag": f'"{sha256(content).hexdigest()}"',
        "cache-control": "private, no-cache",
        "content-disposition": 'inline; filename="forlopp.ics"',
        "x-robots-tag": "noindex",
    }
    if _has_it(visit.request, headers["etag"]):
        return Response(status_code=304, headers=headers)
    if visit.request.method == "HEAD":  # what a calendar asks before it fetches: the same answer without the content
        return Response(media_type=CALENDAR, headers={**headers, "content-length": str(len(content))})
    return Response(content, media_type=CALENDAR, headers=headers)


def feed_address(visit: Visit, secret: str) -> str:
    """Return the whole address of a feed."""
    return f"{visit.config.base_url.rstrip('/')}/kalender/{secret}.ics"


def _language(feed: Feed) -> str:
    return feed.language if feed.language in LANGUAGES else DEFAULT


def _name(words: CalendarWords, feed: Feed) -> str:
    if feed.scope is FeedScope.REGION:
        return words.texts.say("web.calendar.feed.name_region", region=feed.region_name)
    return words.texts.say("web.calendar.feed.name_personal", region=feed.region_name)


def _has_it(request: Request, tag: str) -> bool:
    """Say whether the reader names this very content among what it has; a weak mark counts too."""
    named = request.headers.get("if-none-match", "")
    return tag in {one.strip().removeprefix("W/") for one in named.split(",")}
