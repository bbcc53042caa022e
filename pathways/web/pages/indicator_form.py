"""`/forlopp/{slug}/matning/ny` and an indicator's form: defined, changed, measured no more.

The module's name keeps it before `measuring`, whose address of one indicator would take "ny" for a name.
"""

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.errors import PathwaysError
from pathways.queries.choices import list_people
from pathways.queries.indicators import list_goals
from pathways.queries.series import IndicatorView
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web.forms import Field, Keys, first, keys_of
from pathways.web.measuring_faults import faults_of
from pathways.web.measuring_fields import (
    GROUPS,
    NAMES,
    Typed,
    begin,
    build_fields,
    change_data,
    labels_of,
    order_data,
    typed_of,
    typed_of_goal,
)
from pathways.web.measuring_form import MeasuringForm, show_form
from pathways.web.measuring_read import Looked, get_indicator, look
from pathways.web.plan_shown import require_in
from pathways.web.posted import FormDep
from pathways.web.visit import NotFound, Visit, VisitDep
from states.errors import StatesError

router = APIRouter(prefix="/forlopp/{slug}/matning")
GOAL, WAS, REASON = "mal", "was_", "reason"
REDEFINING = frozenset({"definition", "source", "unit"})
"""What makes values from before and after hard to compare."""


@router.get("/ny")
def ask_new(visit: VisitDep, slug: str) -> Response:
    """Ask what is to be measured; a goal of the catalogue that the address names fills in what is known of it."""
    goal = visit.request.query_params.get(GOAL, "")
    return _new_page(visit, slug, None, goal=goal, faults={}, keys=Keys())


@router.post("/ny")
def define(visit: VisitDep, slug: str, form: FormDep) -> Response:
    """Define the indicator; 422 with what was typed wrong."""
    goal, keys = first(form, "goal"), keys_of(form)
    with visit.read() as work:
        require_in(visit, "define_indicator", look(visit, work, slug, back=False).case)
    data = {**order_data(form), **({"goal": goal} if goal else {})}
    try:
        visit.run(slug, "define_indicator", data, keys=Keys(command_id=keys.command_id))
    except (PathwaysError, StatesError) as error:
        return _new_page(visit, slug, form, goal=goal, faults=faults_of(visit, error, labels_of(visit)), keys=keys)
    return visit.redirect(f"/forlopp/{slug}/matning", "web.measuring.defined", name=first(form, "name")[:120])


@router.get("/{indicator}/andra")
def ask_change(visit: VisitDep, slug: str, indicator: str) -> Response:
    """Show an indicator's answers, to be changed."""
    return _change_page(visit, slug, indicator, None, faults={}, keys=Keys())


@router.post("/{indicator}/andra")
def change(visit: VisitDep, slug: str, indicator: str, form: FormDep) -> Response:
    """Change what was typed otherwise than it stood; 422 with what is wrong."""
    keys = keys_of(form)
    with visit.read() as work:
        looked = look(visit, work, slug, back=False)
        require_in(visit, "change_indicator", looked.case)
        view = get_indicator(looked, indicator)
    before = {name: form.get(WAS + name, []) for name in NAMES}
    data = change_data(view, form, before)
    back = f"/forlopp/{slug}/matning/{indicator}"
    if data.keys() == {"indicator"}:
        return visit.redirect(back, "web.measuring.unchanged")
    try:
        visit.run(slug, "change_indicator", data, keys=Keys(command_id=keys.command_id))
    except (PathwaysError, StatesError) as error:
        found = faults_of(visit, error, labels_of(visit))
        return _change_page(visit, slug, indicator, form, faults=found, keys=keys)
    counted_otherwise = REDEFINING & data.keys() and looked.measures.places(view)
    return visit.redirect(back, "web.measuring.redefined" if counted_otherwise else "web.measuring.changed")


@router.get("/{indicator}/avsluta")
def ask_retire(visit: VisitDep, slug: str, indicator: str) -> Response:
    """Ask why the indicator is to be measured no more."""
    return _retire_page(visit, slug, indicator, {}, faults={}, keys=Keys())


@router.post("/{indicator}/avsluta")
def retire(visit: VisitDep, slug: str, indicator: str, form: FormDep) -> Response:
    """Retire the indicator; 422 without a reason."""
    keys = keys_of(form)
    with visit.read() as work:
        looked = look(visit, work, slug, back=False)
        require_in(visit, "retire_indicator", looked.case)
        view = get_indicator(looked, indicator)
    try:
        own = Keys(command_id=keys.command_id)
        visit.run(slug, "retire_indicator", {"indicator": indicator}, keys=own, reason=first(form, REASON))
    except (PathwaysError, StatesError) as error:
        return _retire_page(visit, slug, indicator, form, faults=faults_of(visit, error, {}), keys=keys)
    return visit.redirect(f"/forlopp/{slug}/matning", "web.measuring.retired", name=view.name)


def _new_page(
    visit: Visit, slug: str, typed: Typed | None, *, goal: str, faults: dict[str, str], keys: Keys
) -> Response:
    with visit.read() as work:
        looked = look(visit, work, slug, back=False)
        require_in(visit, "define_indicator", looked.case)
        known = next((one for one in list_goals(work, looked.measures) if str(one["id"]) == goal), None)
        if typed is None:
            typed = typed_of_goal(known) if known else begin()
        fields = build_fields(visit, work, typed, faults, is_new=True)
    say, root = visit.texts.say, f"/forlopp/{slug}/matning"
    form = MeasuringForm(
        heading=say("web.measuring.new_title"),
        intro=say("web.measuring.new_intro_goal" if known else "web.measuring.new_intro"),
        kicker=looked.measures.head.pathway,
        action=f"{root}/ny",
        groups=_groups(visit, fields),
        button=say("web.measuring.define"),
        back=root,
        unseen=[("goal", goal)] if goal else [],
    )
    return show_form(visit, looked, form, faults=faults, keys=keys)


def _change_page(
    visit: Visit, slug: str, indicator: str, typed: Typed | None, *, faults: dict[str, str], keys: Keys
) -> Response:
    with visit.read() as work:
        looked, view = _to_change(visit, work, slug, indicator, "change_indicator")
        stands = typed_of(view, list_people(work, region_id=visit.visitor.region_id))
        before = stands if typed is None else {name: list(typed.get(WAS + name, ())) for name in NAMES}
        fields = build_fields(visit, work, stands if typed is None else typed, faults, is_new=False)
    say, root = visit.texts.say, f"/forlopp/{slug}/matning/{indicator}"
    form = MeasuringForm(
        heading=say("web.measuring.change_title"),
        intro=view.name,
        kicker=looked.measures.head.pathway,
        action=f"{root}/andra",
        above=(root, view.name),
        groups=_groups(visit, fields),
        button=say("web.frame.save"),
        back=root,
        unseen=[(WAS + name, value) for name in NAMES for value in before.get(name, ())],
    )
    return show_form(visit, looked, form, faults=faults, keys=keys)


def _retire_page(
    visit: Visit, slug: str, indicator: str, typed: Typed, *, faults: dict[str, str], keys: Keys
) -> Response:
    with visit.read() as work:
        looked, view = _to_change(visit, work, slug, indicator, "retire_indicator")
    say, root = visit.texts.say, f"/forlopp/{slug}/matning/{indicator}"
    field = Field(name=REASON, label=say("web.measuring.retire_why"), kind="area", max_length=2000)
    form = MeasuringForm(
        heading=say("web.measuring.retire_title"),
        intro=say("web.measuring.retire_intro", name=view.name),
        kicker=looked.measures.head.pathway,
        action=f"{root}/avsluta",
        above=(root, view.name),
        groups=[("", [field.filled(typed, faults)])],
        button=say("web.measuring.retire"),
        back=root,
        danger=True,
    )
    return show_form(visit, looked, form, faults=faults, keys=keys)


def _to_change(visit: Visit, work: UnitOfWork, slug: str, indicator: str, action: str) -> tuple[Looked, IndicatorView]:
    """Return an indicator that the visitor may change and that is still measured."""
    looked = look(visit, work, slug, back=False)
    require_in(visit, action, looked.case)
    view = get_indicator(looked, indicator)
    if view.is_retired:
        raise NotFound
    return looked, view


def _groups(visit: Visit, fields: dict[str, Field]) -> list[tuple[str, list[Field]]]:
    return [
        (visit.texts.say(f"web.measuring.part.{name}"), [fields[one] for one in names if one in fields])
        for name, names in GROUPS.items()
    ]
