"""`/moten/{body}/{day}/arende/...`: putting an item on the agenda, changing it, its annexes; and proposing one."""

from collections.abc import Mapping
from datetime import date

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.errors import InvalidOrder, Unknown
from pathways.queries.meeting_choices import list_documents_for
from pathways.queries.meeting_page import ItemLine, MeetingPage
from pathways.services.meeting.add_item import add_item
from pathways.services.meeting.annex import add_annex, remove_annex
from pathways.services.meeting.change_item import change_item
from pathways.services.meeting.item import find_possible_meeting
from pathways.services.meeting.sitting import sitting_of
from pathways.web.forms import Field, Option, first
from pathways.web.introduction_sections import list_sections
from pathways.web.meeting_fields import (
    AT,
    LATE,
    MEETING,
    Typed,
    faults_in,
    item_fields,
    meeting_field,
    order_of,
    typed_of,
)
from pathways.web.meeting_read import day_in, item_in, open_meeting
from pathways.web.meeting_sections import list_meeting_sections
from pathways.web.meeting_shown import MANAGE, attempt
from pathways.web.office import look
from pathways.web.plan_shown import read_plan
from pathways.web.posted import FormDep
from pathways.web.visit import NotFound, Visit, VisitDep

router = APIRouter()
MEETINGS = "/moten/{body}/{day}/arende"
UNREADABLE = 422
PASSED = ("title", "kind", "matter", "introduction", "presenter", "proposal")
"""What goes along when an item is put on a later meeting instead."""


@router.get(f"{MEETINGS}/nytt")
def ask_new(visit: VisitDep, body: str, day: str) -> Response:
    """Ask what is to be taken up; the address may hold answers."""
    page = _changeable(visit, body, day)
    query = visit.request.query_params
    typed = {name: [query[name]] for name in PASSED if name in query}
    return _new_page(visit, page, typed, {})


@router.post(f"{MEETINGS}/nytt")
def add(visit: VisitDep, body: str, day: str, form: FormDep) -> Response:
    """Put the item on the agenda; 422 with what was typed wrong, or with the next meeting where it comes too late."""
    page = _changeable(visit, body, day)
    faults = _add(visit, body, page.sitting.held_on, form)
    if faults:
        return _new_page(visit, page, form, faults)
    return visit.redirect(page.address, "web.meeting.told.added", title=first(form, "title")[:120])


@router.get(f"{MEETINGS}/{{item}}/andra")
def ask_change(visit: VisitDep, body: str, day: str, item: str) -> Response:
    """Show an item's answers, to be changed, and its annexes."""
    page = _changeable(visit, body, day)
    return _change_page(visit, page, _undecided(page, item))


@router.post(f"{MEETINGS}/{{item}}/andra")
def change(visit: VisitDep, body: str, day: str, item: str, form: FormDep) -> Response:
    """Change the item; 422 with what was typed wrong."""
    page = _changeable(visit, body, day)
    line = _undecided(page, item)
    held_on, profile = page.sitting.held_on, visit.profile
    try:
        order = order_of(form)
    except InvalidOrder as error:
        return _change_page(visit, page, line, form, faults_in(visit, error))
    refused = attempt(
        visit,
        lambda office: change_item(office, body, order, held_on=held_on, item_id=line.item_id, profile=profile),
    )
    if refused:
        return _change_page(visit, page, line, form, {AT.get(refused[0], "title"): refused[1]})
    return visit.redirect(page.address, "web.meeting.told.changed", title=order.title[:120])


@router.post(f"{MEETINGS}/{{item}}/bilaga")
def annex(visit: VisitDep, body: str, day: str, item: str, form: FormDep) -> Response:
    """Add an annex to the item."""
    page = _changeable(visit, body, day)
    line = _undecided(page, item)
    held_on, document = page.sitting.held_on, first(form, "document")
    given = int(document) if document.isdecimal() and len(document) < 10 else None
    letters: list[str] = []
    refused = attempt(
        visit,
        lambda office: letters.append(
            add_annex(
                office,
                body,
                held_on=held_on,
                item_id=line.item_id,
                title=first(form, "annex_title"),
                link=first(form, "link") or None,
                document_id=given,
            )
        ),
    )
    if refused:
        at = {"error.annex_link": "link", "error.annex_one_source": "link"}.get(refused[0], "annex_title")
        return _change_page(visit, page, line, typed_of(line), {at: refused[1]}, annex=form)
    here = f"{page.address}/arende/{line.item_id}/andra"
    return visit.redirect(f"{here}#bilagor", "web.meeting.told.annex", letter=letters[-1])


@router.post(f"{MEETINGS}/{{item}}/bilaga/{{letter}}/ta-bort")
def no_annex(visit: VisitDep, body: str, day: str, item: str, letter: str) -> Response:
    """Take an annex away."""
    page = _changeable(visit, body, day)
    line = _undecided(page, item)
    held_on = page.sitting.held_on
    try:
        attempt(visit, lambda office: remove_annex(office, body, held_on=held_on, item_id=line.item_id, letter=letter))
    except Unknown as error:
        raise NotFound from error
    here = f"{page.address}/arende/{line.item_id}/andra"
    return visit.redirect(f"{here}#bilagor", "web.meeting.told.annex_removed", letter=letter)


@router.get("/forlopp/{slug}/arende")
def ask_proposal(visit: VisitDep, slug: str) -> Response:
    """Ask to which meeting an introduction is to go, and with what."""
    return _proposal_page(visit, slug, {}, {})


@router.post("/forlopp/{slug}/arende")
def propose(visit: VisitDep, slug: str, form: FormDep) -> Response:
    """Put an item about the introduction on the chosen meeting's agenda."""
    visit.require(MANAGE)
    body, _, day = first(form, MEETING).partition("/")
    if not day:
        return _proposal_page(visit, slug, form, {MEETING: visit.texts.say("web.frame.choose")})
    faults = _add(visit, body, day_in(day), {**form, "introduction": [slug]})
    if faults:
        return _proposal_page(visit, slug, form, faults)
    return visit.redirect(f"/moten/{body}/{day}", "web.meeting.told.added", title=first(form, "title")[:120])


def _add(visit: Visit, body: str, held_on: date, form: Typed) -> dict[str, str]:
    """Add the item; return what is wrong, by question."""
    try:
        order = order_of(form)
    except InvalidOrder as error:
        return faults_in(visit, error)
    profile, late = visit.profile, first(form, LATE)
    refused = attempt(
        visit,
        lambda office: add_item(office, body, order, held_on=held_on, profile=profile, although_late=late),
    )
    return {AT.get(refused[0], "title"): refused[1]} if refused else {}


def _changeable(visit: Visit, body: str, day: str) -> MeetingPage:
    visit.require(MANAGE)
    return open_meeting(visit, body, day)


def _undecided(page: MeetingPage, item: str) -> ItemLine:
    line = item_in(page, item)
    if line.is_decided:
        raise NotFound
    return line


def _new_page(visit: Visit, page: MeetingPage, typed: Typed, faults: Mapping[str, str]) -> Response:
    late = visit.today > page.sitting.hand_in_on
    with visit.read() as work:
        fields = item_fields(visit, work, about=True, late=late or LATE in faults)
    values = {"next_meeting": _next(visit, page), "passed": _passed(typed)} if late else {}
    return _form(visit, page, fields, typed, faults, heading="web.meeting.form.new", path="/arende/nytt", **values)


def _next(visit: Visit, page: MeetingPage) -> date | None:
    """Return the body's next meeting that can still be met."""
    body, held_on = page.sitting.body, page.sitting.held_on
    found = look(
        visit,
        MANAGE,
        lambda office: find_possible_meeting(office, sitting_of(office, body, held_on), profile=visit.profile),
    )
    return found if found != held_on else None


def _passed(typed: Typed) -> list[tuple[str, str]]:
    return [(name, said) for name in PASSED if (said := first(typed, name))]


def _change_page(
    visit: Visit,
    page: MeetingPage,
    line: ItemLine,
    typed: Typed | None = None,
    faults: Mapping[str, str] | None = None,
    *,
    annex: Typed | None = None,
) -> Response:
    with visit.read() as work:
        fields = item_fields(visit, work, about=False, late=False)
        region_id, case = visit.visitor.region_id, line.row["introduction_id"]
        documents = list_documents_for(work, region_id=region_id, introduction_id=case)
    wrong, say = faults or {}, visit.texts.say
    asked = [
        Field(name="annex_title", label=say("web.meeting.field.annex_title"), max_length=200),
        Field(
            name="link",
            label=say("web.meeting.field.annex_link"),
            help=say("web.meeting.field.annex_link_help"),
            required=False,
        ),
    ]
    if documents:
        options = tuple(Option(value=str(row["id"]), label=row["title"]) for row in documents)
        label = say("web.meeting.field.annex_document")
        asked.append(Field(name="document", label=label, kind="select", options=options, required=False))
    return _form(
        visit,
        page,
        fields,
        typed if typed is not None else typed_of(line),
        wrong,
        heading="web.meeting.form.change",
        path=f"/arende/{line.item_id}/andra",
        item=line,
        annex_fields=[one.filled(annex or {}, wrong) for one in asked],
    )


def _form(
    visit: Visit,
    page: MeetingPage,
    fields: list[Field],
    typed: Typed,
    faults: Mapping[str, str],
    *,
    heading: str,
    path: str,
    **values: object,
) -> Response:
    shown = [one.filled(typed, faults) if typed or faults else one for one in fields]
    if not first(typed, "kind"):
        shown = [fields[at] if one.name == "kind" and not one.error else one for at, one in enumerate(shown)]
    named = {one.name for one in fields} | {"annex_title", "link"}
    return visit.page(
        "meeting/item.html",
        status=UNREADABLE if faults else 200,
        page=page,
        sections=list_meeting_sections(visit, page, ""),
        heading=visit.texts.say(heading),
        action=f"{page.address}{path}",
        fields=shown,
        others=[text for name, text in faults.items() if name not in named],
        has_errors=bool(faults),
        **{"item": None, "annex_fields": [], "next_meeting": None, "passed": [], **values},
    )


def _proposal_page(visit: Visit, slug: str, typed: Typed, faults: Mapping[str, str]) -> Response:
    visit.require("see_introduction")
    visit.require(MANAGE)
    with visit.read() as work:
        head = read_plan(visit, work, slug).head
        meeting = meeting_field(visit, work)
        fields = [meeting, *item_fields(visit, work, about=False, late=LATE in faults or bool(first(typed, LATE)))]
    begun: Typed = typed or {"title": [head.pathway], "kind": ["decision"], "matter": ["plan"]}
    return visit.page(
        "meeting/proposal.html",
        status=UNREADABLE if faults else 200,
        head=head,
        sections=list_sections(visit, slug, "/beslut"),
        has_meetings=bool(meeting.options),
        fields=[one.filled(begun, faults) for one in fields],
        others=[text for name, text in faults.items() if name not in {one.name for one in fields}],
        has_errors=bool(faults),
    )
