"""`/admin/personer/{slug}/kvar`: all that somebody looks after, and the form that hands it to somebody else."""

from collections.abc import Collection, Sequence

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.errors import PathwaysError
from pathways.queries.held import Held, held_by
from pathways.queries.register import PersonLine, list_persons
from pathways.web.forms import Field, Keys, Option, first, keys_of
from pathways.web.held_handed import ACTIVITIES, ROLES, TASKS, count_chosen, held_fields, list_orders
from pathways.web.posted import FormDep
from pathways.web.refusals import shown, status_of
from pathways.web.visit import NotFound, Visit, VisitDep
from states.errors import StatesError

router = APIRouter()
PEOPLE = "/admin/personer"
HELD = f"{PEOPLE}/{{slug}}/kvar"
NEEDED = ("appoint", "dismiss", "delegate_task", "update_activity")
UNREADABLE = 422


@router.get(HELD)
def show(visit: VisitDep, slug: str) -> Response:
    """Show what somebody looks after, also when they have left."""
    visit.require("see_people")
    return show_held(visit, slug)


@router.post(HELD)
def hand_over(visit: VisitDep, slug: str, form: FormDep) -> Response:
    """Hand what was chosen to somebody who works here: all of it or nothing."""
    if not _may_hand_over(visit):
        raise NotFound
    person, others, held = _load(visit, slug)
    chosen = [value for name in (ROLES, TASKS, ACTIVITIES) for value in form.get(name, ()) if value]
    to = next((one for one in others if one.slug == first(form, "to")), None)
    n = count_chosen(held, chosen)
    if to is None or not n:
        said = visit.texts.say("web.admin.held.choose_person" if to is None else "web.admin.held.choose")
        errors = {"to": said} if to is None else {}
        told = [] if to is None else [said]
        return show_held(visit, slug, chosen=chosen, to=first(form, "to"), errors=errors, told=told, status=UNREADABLE)
    theirs = _load(visit, to.slug)[2]
    try:
        visit.app.run_together(list_orders(visit, held, chosen, of=slug, to=to.slug, theirs=theirs, keys=keys_of(form)))
    except (PathwaysError, StatesError) as error:
        refused = shown(error, visit.wording)
        told = [" ".join((refused.text, *(reason.text for reason in refused.reasons)))]
        status = max(409, status_of(error))
        return show_held(visit, slug, chosen=chosen, to=to.slug, told=told, status=status)
    return visit.redirect(f"{PEOPLE}/{person.slug}/kvar", "web.admin.held.given", n=n, name=to.name)


def show_held(
    visit: Visit,
    slug: str,
    *,
    chosen: Collection[str] | None = None,
    to: str = "",
    errors: dict[str, str] | None = None,
    told: Sequence[str] = (),
    status: int = 200,
) -> Response:
    """Answer with the page; `chosen` is what was ticked, everything where nobody has chosen yet."""
    person, others, held = _load(visit, slug)
    whom = Field(
        name="to",
        label=visit.texts.say("web.admin.held.to"),
        kind="select",
        options=tuple(
            Option(value=one.slug, label=f"{one.name}, {one.unit}" if one.unit else one.name) for one in others
        ),
        value=to,
        error=(errors or {}).get("to", ""),
    )
    return visit.page(
        "admin/held.html",
        status=status,
        person=person,
        held=held,
        groups=held_fields(visit, held, chosen),
        whom=whom,
        keys=Keys(),
        told=told,
        hands_over=_may_hand_over(visit),
        has_errors=bool(errors or told),
    )


def _load(visit: Visit, slug: str) -> tuple[PersonLine, list[PersonLine], Held]:
    """Return the person, the others who work here, and what the person looks after."""
    region_id = visit.visitor.region_id
    with visit.read() as work:
        everybody = list_persons(work, region_id=region_id)
        person = next((one for one in everybody if one.slug == slug), None)
        if person is None:
            raise NotFound
        held = held_by(work, region_id=region_id, person_id=person.person_id, today=visit.today)
    return person, [one for one in everybody if one.active and one.slug != slug], held


def _may_hand_over(visit: Visit) -> bool:
    return all(visit.may(command) for command in NEEDED)
