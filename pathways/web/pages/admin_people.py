"""`/admin/personer`: who works with pathways, the roles they hold in the whole region, and how they are reached."""

from collections.abc import Mapping, Sequence

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.errors import Refused, Unknown
from pathways.locale import LANGUAGES
from pathways.profiles.vocabulary import Role
from pathways.queries.held import count_held
from pathways.queries.register import PersonLine, list_persons, list_units
from pathways.services.administration.people import (
    GIVEN,
    PersonForm,
    add_person,
    bring_back_person,
    change_person,
    retire_person,
)
from pathways.web.forms import Field, Option, first
from pathways.web.office import Cell, Form, Line, Press, Sheet, administer, filled, show_form, show_sheet, words_of
from pathways.web.pages.admin_held import show_held
from pathways.web.posted import FormDep
from pathways.web.visit import NotFound, Visit, VisitDep

router = APIRouter()
HERE = "/admin/personer"
Typed = Mapping[str, Sequence[str]]


@router.get(HERE)
def people(visit: VisitDep) -> Response:
    """Show everybody, those who have left last."""
    return _list(visit)


@router.get(f"{HERE}/ny")
def new(visit: VisitDep) -> Response:
    """Show an empty form."""
    _require(visit)
    return _form(visit, _fields(visit), f"{HERE}/ny")


@router.post(f"{HERE}/ny")
def add(visit: VisitDep, form: FormDep) -> Response:
    """Add somebody."""
    try:
        administer(visit, "manage_people", lambda office: add_person(office, _person_in(form)))
    except (Refused, Unknown) as error:
        return _refused(visit, form, error, f"{HERE}/ny")
    return visit.redirect(HERE, "web.admin.told.person_added", name=first(form, "full_name"))


@router.get(f"{HERE}/{{slug}}")
def one(visit: VisitDep, slug: str) -> Response:
    """Show what stands about somebody, to be changed."""
    _require(visit)
    return _form(visit, _fields(visit, _found(visit, slug)), f"{HERE}/{slug}", name=_found(visit, slug).name)


@router.post(f"{HERE}/{{slug}}")
def change(visit: VisitDep, slug: str, form: FormDep) -> Response:
    """Change what stands about somebody."""
    name = _found(visit, slug).name
    try:
        administer(visit, "manage_people", lambda office: change_person(office, slug, _person_in(form)))
    except (Refused, Unknown) as error:
        return _refused(visit, form, error, f"{HERE}/{slug}", name=name)
    return visit.redirect(HERE, "web.admin.told.person_changed", name=first(form, "full_name"))


@router.post(f"{HERE}/{{slug}}/sluta")
def retire(visit: VisitDep, slug: str) -> Response:
    """Let somebody leave."""
    name = _found(visit, slug).name
    try:
        administer(visit, "manage_people", lambda office: retire_person(office, slug))
    except Refused as error:
        status, text = words_of(visit, error)
        return show_held(visit, slug, status=status, told=[text])
    return visit.redirect(HERE, "web.admin.told.person_left", name=name)


@router.post(f"{HERE}/{{slug}}/tillbaka")
def bring_back(visit: VisitDep, slug: str) -> Response:
    """Let somebody who had left work again."""
    name = _found(visit, slug).name
    administer(visit, "manage_people", lambda office: bring_back_person(office, slug))
    return visit.redirect(HERE, "web.admin.told.person_back", name=name)


def _require(visit: Visit) -> None:
    visit.require("manage_people")


def _list(visit: Visit) -> Response:
    visit.require("see_people")
    with visit.read() as work:
        persons = list_persons(work, region_id=visit.visitor.region_id)
        held = count_held(work, region_id=visit.visitor.region_id)
    say, may = visit.texts.say, visit.may("manage_people")
    sheet = Sheet(
        title=say("web.admin.room.people"),
        heads=tuple(say(f"web.admin.head.{name}") for name in ("name", "roles", "unit", "reached", "held", "state")),
        lines=tuple(_line(visit, person, held.get(person.person_id, 0), may=may) for person in persons),
        empty=say("web.admin.empty.people"),
        intro=say("web.admin.people_intro"),
    )
    ways = (
        [(f"{HERE}/ny", say("web.admin.person_new")), ("/admin/import", say("web.admin.room.imports"))] if may else []
    )
    return show_sheet(visit, sheet, ways=ways)


def _line(visit: Visit, person: PersonLine, held: int, *, may: bool) -> Line:
    say = visit.texts.say
    state = Cell(say("web.admin.works"), tone="good") if person.active else Cell(say("web.admin.left"), tone="neutral")
    act, word = ("sluta", "web.admin.retire") if person.active else ("tillbaka", "web.admin.bring_back")
    press = Press(f"{HERE}/{person.slug}/{act}", say(word), person.name)
    return Line(
        (
            Cell(person.name, href=f"{HERE}/{person.slug}" if may else ""),
            Cell(visit.wording.roles(person.roles) or "–"),
            Cell(person.unit or "–"),
            Cell(say("web.admin.reached" if person.address else "web.admin.inbox_only")),
            Cell(say("web.admin.held.n", n=held), href=f"{HERE}/{person.slug}/kvar") if held else Cell("–"),
            state,
        ),
        (press,) if may else (),
    )


def _found(visit: Visit, slug: str) -> PersonLine:
    with visit.read() as work:
        persons = list_persons(work, region_id=visit.visitor.region_id)
    found = next((person for person in persons if person.slug == slug), None)
    if found is None:
        raise NotFound
    return found


def _fields(visit: Visit, person: PersonLine | None = None) -> tuple[Field, ...]:
    say, word = visit.texts.say, visit.texts.word
    with visit.read() as work:
        units = list_units(work, region_id=visit.visitor.region_id)
    return (
        Field(name="full_name", label=say("web.admin.field.name"), value=person.name if person else "", max_length=100),
        Field(
            name="address",
            label=say("web.admin.field.address"),
            help=say("web.admin.help.address"),
            value=person.address.removeprefix("mailto://") if person else "",
            required=False,
        ),
        Field(
            name="language",
            label=say("web.admin.field.language"),
            kind="radios",
            value=person.language if person else LANGUAGES[0],
            options=tuple(Option(value=code, label=word("language", code)) for code in LANGUAGES),
        ),
        Field(
            name="unit",
            label=say("web.admin.field.unit"),
            help=say("web.admin.help.unit"),
            kind="select",
            value=(person.unit_slug or "") if person else "",
            options=tuple(Option(value=unit.slug, label=unit.name) for unit in units if unit.active),
            required=False,
        ),
        Field(
            name="roles",
            label=say("web.admin.field.roles"),
            help=say("web.admin.help.roles"),
            kind="checkboxes",
            value=tuple(person.roles) if person else (),
            options=tuple(Option(value=role, label=word("role", role).capitalize()) for role in GIVEN),
            required=False,
        ),
    )


def _person_in(form: Typed) -> PersonForm:
    known = {str(role) for role in Role}
    return PersonForm(
        name=first(form, "full_name"),
        address=first(form, "address"),
        language=first(form, "language") or LANGUAGES[0],
        unit=first(form, "unit") or None,
        roles=frozenset(Role(role) for role in form.get("roles", ()) if role in known),
    )


AT_FIELD = {
    "error.own_name": "full_name",
    "error.own_language": "language",
    "error.person_address": "address",
    "error.unknown_unit": "unit",
    "error.last_administrator": "roles",
    "error.role_by_appointment": "roles",
}


def _refused(visit: Visit, form: Typed, error: Refused | Unknown, action: str, *, name: str = "") -> Response:
    _, text = words_of(visit, error)
    fields = filled(_fields(visit), form, {AT_FIELD.get(error.sentence, "full_name"): text})
    return _form(visit, fields, action, name=name, status=422)


def _form(visit: Visit, fields: tuple[Field, ...], action: str, *, name: str = "", status: int = 200) -> Response:
    say = visit.texts.say
    title = name or say("web.admin.person_new")
    form = Form(action=action, fields=fields, button=say("web.frame.save"))
    return show_form(visit, title, form, intro=say("web.admin.person_intro"), status=status)
