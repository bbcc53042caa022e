"""`/admin`: the rooms of the administration, the permission table, and the log of what was changed there."""

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.profiles.vocabulary import Role
from pathways.queries.region_log import RegionChange, list_region_events
from pathways.services.policy import ADMINISTRATION, OWN, POLICY, VIEWS
from pathways.web.office import Cell, Line, Sheet, show_sheet
from pathways.web.visit import NotFound, Visit, VisitDep

router = APIRouter()

# address, name, and what opens it
ROOMS = (
    ("/admin/personer", "people", "see_people"),
    ("/admin/enheter", "units", "see_people"),
    ("/admin/import", "imports", "manage_people"),
    ("/admin/organ", "bodies", "manage_bodies"),
    ("/admin/stangda-dagar", "closing_days", "manage_closing_days"),
    ("/admin/franvaro", "absences", "manage_absences"),
    ("/admin/meddelanden", "messages", "see_messages"),
    ("/admin/katalog", "catalogue", "manage_catalogue"),
    ("/admin/wordmallar", "templates", "manage_templates"),
    ("/admin/profil", "profile", "see_profile"),
    ("/admin/behorigheter", "permissions", "see_permissions"),
    ("/admin/inloggning", "login", "manage_login"),
    ("/admin/nycklar", "tokens", "manage_tokens"),
    ("/admin/webhookar", "webhooks", "manage_tokens"),
    ("/admin/logg", "log", "see_people"),
)


@router.get("/admin")
def index(visit: VisitDep) -> Response:
    """Show the rooms that are open to the visitor."""
    rooms = [(href, name) for href, name, view in ROOMS if visit.may(view)]
    if not visit.visitor.may_see("see_people") and not visit.visitor.may_see("see_profile"):
        raise NotFound
    return visit.page("admin/index.html", rooms=rooms)


@router.get("/admin/behorigheter")
def permissions(visit: VisitDep) -> Response:
    """Show who may do what: the policy table itself, printable."""
    visit.require("see_permissions")
    roles = [*Role, OWN]
    tables = (("command", POLICY), ("web.admin.view", VIEWS), ("web.admin.view", ADMINISTRATION))
    rows = [
        (visit.texts.word(family, action), [role in allowed for role in roles])
        for family, table in tables
        for action, allowed in table.items()
    ]
    return visit.page("admin/permissions.html", roles=roles, rows=rows)


@router.get("/admin/logg")
def log(visit: VisitDep) -> Response:
    """Show what was changed about the region, the newest first."""
    visit.require("see_people")
    with visit.read() as work:
        events = list_region_events(work, region_id=visit.visitor.region_id)
    say, formats = visit.texts.say, visit.formats
    lines = tuple(
        Line(
            (
                Cell(formats.moment(event.at)),
                Cell(event.actor or say("actor.system")),
                Cell(visit.texts.word("web.admin.action", event.action)),
                Cell(_subject(visit, event)),
            )
        )
        for event in events
    )
    heads = tuple(say(f"web.admin.head.{name}") for name in ("when", "who", "what", "subject"))
    sheet = Sheet(title=say("web.admin.room.log"), heads=heads, lines=lines, empty=say("web.admin.empty.log"))
    return show_sheet(visit, sheet)


def _subject(visit: Visit, event: RegionChange) -> str:
    """Return what was changed, with the reason where an item came after the last day to hand in."""
    reason = event.values.get("late_reason")
    if not reason:
        return event.subject
    return visit.texts.say("web.admin.late_reason", subject=event.subject, reason=str(reason))
