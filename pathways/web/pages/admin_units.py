"""`/admin/enheter`: the units that answer gap analyses and carry out activities."""

from collections.abc import Mapping, Sequence

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.errors import Refused
from pathways.models.organisation import UnitKind
from pathways.queries.register import UnitLine, list_units
from pathways.services.administration.units import UnitForm, add_unit, change_unit
from pathways.web.forms import YES, Field, Option, first
from pathways.web.office import Cell, Form, Line, Sheet, administer, filled, show_form, show_sheet, words_of
from pathways.web.posted import FormDep
from pathways.web.visit import NotFound, Visit, VisitDep

router = APIRouter()
HERE = "/admin/enheter"
Typed = Mapping[str, Sequence[str]]


@router.get(HERE)
def units(visit: VisitDep) -> Response:
    """Show the units, the closed ones last."""
    visit.require("see_people")
    say, may = visit.texts.say, visit.may("manage_units")
    sheet = Sheet(
        title=say("web.admin.room.units"),
        heads=tuple(say(f"web.admin.head.{name}") for name in ("name", "kind", "representatives", "state")),
        lines=tuple(_line(visit, unit, may=may) for unit in _all(visit)),
        empty=say("web.admin.empty.units"),
        intro=say("web.admin.units_intro"),
    )
    return show_sheet(visit, sheet, ways=[(f"{HERE}/ny", say("web.admin.unit_new"))] if may else [])


@router.get(f"{HERE}/ny")
def new(visit: VisitDep) -> Response:
    """Show an empty form."""
    visit.require("manage_units")
    return _form(visit, _fields(visit), f"{HERE}/ny", visit.texts.say("web.admin.unit_new"))


@router.post(f"{HERE}/ny")
def add(visit: VisitDep, form: FormDep) -> Response:
    """Add a unit."""
    visit.require("manage_units")
    wanted = _unit_in(visit, form, is_new=True)
    if isinstance(wanted, dict):
        title = visit.texts.say("web.admin.unit_new")
        return _form(visit, filled(_fields(visit), form, wanted), f"{HERE}/ny", title, status=422)
    try:
        administer(visit, "manage_units", lambda office: add_unit(office, wanted))
    except Refused as error:
        errors = {"unit_name": words_of(visit, error)[1]}
        title = visit.texts.say("web.admin.unit_new")
        return _form(visit, filled(_fields(visit), form, errors), f"{HERE}/ny", title, status=422)
    return visit.redirect(HERE, "web.admin.told.unit_added", name=wanted.name)


@router.get(f"{HERE}/{{slug}}")
def one(visit: VisitDep, slug: str) -> Response:
    """Show what stands about a unit, to be changed."""
    visit.require("manage_units")
    unit = _found(visit, slug)
    return _form(visit, _fields(visit, unit), f"{HERE}/{slug}", unit.name)


@router.post(f"{HERE}/{{slug}}")
def change(visit: VisitDep, slug: str, form: FormDep) -> Response:
    """Change a unit, or close it."""
    visit.require("manage_units")
    unit, wanted = _found(visit, slug), _unit_in(visit, form, is_new=False)
    errors = wanted if isinstance(wanted, dict) else {}
    if not isinstance(wanted, dict):
        try:
            administer(visit, "manage_units", lambda office: change_unit(office, slug, wanted))
        except Refused as error:
            field = "unit_name" if error.sentence == "error.own_name" else "active"
            errors = {field: words_of(visit, error)[1]}
    if errors:
        return _form(visit, filled(_fields(visit, unit), form, errors), f"{HERE}/{slug}", unit.name, status=422)
    return visit.redirect(HERE, "web.admin.told.unit_changed", name=first(form, "unit_name"))


def _all(visit: Visit) -> tuple[UnitLine, ...]:
    with visit.read() as work:
        return list_units(work, region_id=visit.visitor.region_id)


def _found(visit: Visit, slug: str) -> UnitLine:
    found = next((unit for unit in _all(visit) if unit.slug == slug), None)
    if found is None:
        raise NotFound
    return found


def _line(visit: Visit, unit: UnitLine, *, may: bool) -> Line:
    say = visit.texts.say
    state = Cell(say("web.admin.open"), tone="good") if unit.active else Cell(say("web.admin.closed"), tone="neutral")
    return Line(
        (
            Cell(unit.name, href=f"{HERE}/{unit.slug}" if may else ""),
            Cell(visit.texts.word("unit_kind", unit.kind)),
            Cell(", ".join(unit.representatives) or say("web.admin.nobody")),
            state,
        )
    )


def _fields(visit: Visit, unit: UnitLine | None = None) -> tuple[Field, ...]:
    say, word = visit.texts.say, visit.texts.word
    name = Field(
        name="unit_name", label=say("web.admin.field.unit_name"), value=unit.name if unit else "", max_length=100
    )
    kind = Field(
        name="kind",
        label=say("web.admin.field.kind"),
        kind="radios",
        value=unit.kind if unit else "",
        options=tuple(Option(value=one, label=word("unit_kind", one)) for one in UnitKind),
    )
    if unit is None:
        return (name, kind)
    active = Field(
        name="active",
        label=say("web.admin.field.active"),
        help=say("web.admin.help.active"),
        kind="checkbox",
        value=YES if unit.active else "",
        required=False,
    )
    return (name, kind, active)


def _unit_in(visit: Visit, form: Typed, *, is_new: bool) -> UnitForm | dict[str, str]:
    kind = first(form, "kind")
    if kind not in set(UnitKind):
        return {"kind": visit.texts.say("web.admin.choose_kind")}
    active = is_new or first(form, "active") == YES
    return UnitForm(name=first(form, "unit_name"), kind=UnitKind(kind), active=active)


def _form(visit: Visit, fields: tuple[Field, ...], action: str, title: str, *, status: int = 200) -> Response:
    form = Form(action=action, fields=fields, button=visit.texts.say("web.frame.save"))
    return show_form(visit, title, form, status=status)
