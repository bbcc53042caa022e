"""`/moten` and `/moten/{body}`: all bodies with their next meetings, and one body with its mandate and members."""

from collections.abc import Callable, Sequence

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.errors import Refused
from pathways.profiles.vocabulary import Role
from pathways.queries.choices import list_people
from pathways.queries.meetings import list_bodies, list_coming, read_body
from pathways.services.administration.office import Office
from pathways.services.meeting.membership import MEMBER_ROLES, add_member, remove_member
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web.forms import Field, Option, first
from pathways.web.office import administer, words_of
from pathways.web.posted import FormDep
from pathways.web.visit import NotFound, Visit, VisitDep

router = APIRouter()
SHOWN = 20
"""Meetings in the list of all bodies."""
PEOPLE = "manage_people"
CONFLICT, UNREADABLE = 409, 422


@router.get("/moten")
def show_bodies(visit: VisitDep) -> Response:
    """Show the next meetings in order, and every body."""
    visit.require("see_meetings")
    with visit.read() as work:
        coming = list_coming(work, region_id=visit.visitor.region_id, today=visit.today)
        bodies = list_bodies(work, region_id=visit.visitor.region_id, coming=coming)
    return visit.page("meeting/bodies.html", coming=coming[:SHOWN], bodies=bodies)


@router.get("/moten/{body}")
def show_body(visit: VisitDep, body: str) -> Response:
    """Show one body: what it decides, who belongs to it, and its meetings."""
    return _page(visit, body)


@router.post("/moten/{body}/ledamoter")
def join(visit: VisitDep, body: str, form: FormDep) -> Response:
    """Make somebody a member of the body."""
    visit.require(PEOPLE)
    person, role = first(form, "person"), first(form, "role")
    if not person or role not in MEMBER_ROLES:
        return _page(visit, body, others=[visit.texts.say("web.meeting.choose_member")], status=UNREADABLE)
    return _change(
        visit, body, lambda office: add_member(office, body, person=person, role=Role(role)), "web.meeting.told.joined"
    )


@router.post("/moten/{body}/ledamoter/{person}/ta-bort")
def leave(visit: VisitDep, body: str, person: str) -> Response:
    """End somebody's membership of the body."""
    return _change(visit, body, lambda office: remove_member(office, body, person=person), "web.meeting.told.left")


def _change(visit: Visit, body: str, act: Callable[[Office], None], notice: str) -> Response:
    try:
        administer(visit, PEOPLE, act)
    except Refused as error:
        return _page(visit, body, others=[words_of(visit, error)[1]], status=CONFLICT)
    return visit.redirect(f"/moten/{body}#ledamoter", notice)


def _page(visit: Visit, body: str, *, others: Sequence[str] = (), status: int = 200) -> Response:
    visit.require("see_meetings")
    region_id = visit.visitor.region_id
    with visit.read() as work:
        page = read_body(work, region_id=region_id, profile=visit.profile, slug=body, today=visit.today)
        if page is None:
            raise NotFound
        fields = _member_fields(visit, work) if visit.may(PEOPLE) else []
    return visit.page(
        "meeting/body.html", status=status, page=page, fields=fields, others=others, has_errors=bool(others)
    )


def _member_fields(visit: Visit, work: UnitOfWork) -> list[Field]:
    say = visit.texts.say
    people = tuple(
        Option(value=row["slug"], label=row["name"]) for row in list_people(work, region_id=visit.visitor.region_id)
    )
    roles = tuple(Option(value=role.value, label=visit.texts.word("role", role)) for role in MEMBER_ROLES)
    return [
        Field(name="person", label=say("web.meeting.column.name"), kind="select", options=people),
        Field(name="role", label=say("web.meeting.column.role"), kind="select", options=roles),
    ]
