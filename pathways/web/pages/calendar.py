"""`/kalender`: a person's own calendar addresses: made, shown this once, ended, made anew, and how to use them."""

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.models.calendar import FeedScope
from pathways.services.access.calendar_feed import list_feeds, make_feed, revoke_feed
from pathways.web.pages.calendar_feed import feed_address
from pathways.web.posted import FormDep
from pathways.web.visit import NotFound, Visit, VisitDep

router = APIRouter(prefix="/kalender")
PROGRAMS = ("outlook", "iphone", "android")
SCOPES = {"egen": FeedScope.PERSONAL, "regionen": FeedScope.REGION}


@router.get("")
def show_calendars(visit: VisitDep) -> Response:
    """Show which addresses the person has, and how to subscribe."""
    return _page(visit)


@router.post("/{scope}/skapa")
def make(visit: VisitDep, scope: str, _form: FormDep) -> Response:
    """Make an address and show it this once; an earlier one ends at once."""
    wanted = _scope(visit, scope)
    region_id, person_id = visit.visitor.region_id, visit.visitor.person_id
    secret = visit.app.retry(lambda work: make_feed(work, region_id=region_id, person_id=person_id, scope=wanted))
    return _page(visit, made=(wanted, feed_address(visit, secret)))


@router.post("/{scope}/sluta")
def revoke(visit: VisitDep, scope: str, _form: FormDep) -> Response:
    """End an address; where there was none, nothing happens."""
    wanted = _scope(visit, scope)
    region_id, person_id = visit.visitor.region_id, visit.visitor.person_id
    visit.app.retry(lambda work: revoke_feed(work, region_id=region_id, person_id=person_id, scope=wanted))
    return visit.redirect("/kalender", "web.calendar.feed.ended")


def _scope(visit: Visit, name: str) -> FeedScope:
    """Return which dates are meant; the region's only for those who may see its board."""
    if name not in SCOPES:
        raise NotFound
    if SCOPES[name] is FeedScope.REGION:
        visit.require("see_board")
    return SCOPES[name]


def _page(visit: Visit, made: tuple[FeedScope, str] | None = None) -> Response:
    with visit.read() as work:
        since = list_feeds(work, region_id=visit.visitor.region_id, person_id=visit.visitor.person_id)
    may_see_region = visit.may("see_board")
    feeds = [
        (name, scope, since.get(scope))
        for name, scope in SCOPES.items()
        if scope is FeedScope.PERSONAL or may_see_region
    ]
    address = made[1] if made else ""
    return visit.page(
        "calendar/feeds.html",
        feeds=feeds,
        made=made[0] if made else None,
        address=address,
        webcal="webcal://" + address.partition("://")[2],
        programs=PROGRAMS,
    )
