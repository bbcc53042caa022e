"""Help, the accessibility statement, and what this product is: open to everybody, also without a login."""

from importlib.metadata import version

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.web.assets import list_vendored
from pathways.web.visit import MaybeVisitDep

router = APIRouter()

# What each audience asks first, in the order of their pages.
HELP_PARTS = ("task", "gap", "board", "advance", "decide", "mail", "undo", "keyboard")
PROMISES = ("once", "timers", "notices", "late", "clock")


@router.get("/hjalp")
def help_page(visit: MaybeVisitDep) -> Response:
    """Show how the commonest things are done."""
    return visit.page("about/help.html", parts=HELP_PARTS)


@router.get("/tillganglighet")
def accessibility(visit: MaybeVisitDep) -> Response:
    """Show the accessibility statement that the Act (2018:1937) on accessibility to digital public service asks for."""
    return visit.page("about/accessibility.html", region=visit.profile.region)


@router.get("/om")
def about(visit: MaybeVisitDep) -> Response:
    """Show which product and release this is, what it promises, and what it is built on."""
    return visit.page("about/about.html", release=version("forlopp"), promises=PROMISES, vendored=list_vendored())
