"""`/forlopp/{slug}/loop/{n}/justera`: what a signed review decided goes back into the plan, all of it or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.errors import PathwaysError
from pathways.models.review import Verdict
from pathways.queries.review import ReviewPage, UnderTest
from pathways.services.ask import Ask, new_command_id
from pathways.web.forms import Field, Keys, Option, first, keys_of
from pathways.web.posted import FormDep
from pathways.web.refusals import Shown, shown
from pathways.web.review_read import read_review
from pathways.web.review_resets import show_resets
from pathways.web.visit import NotFound, Visit, VisitDep
from states.errors import StatesError

router = APIRouter(prefix="/forlopp/{slug}/loop/{number}/justera")
CHANGE, NEW, STOP, LEAVE = "change", "new", "stop", "leave"
ADOPT, IN_USE = "adopt_adjusted_plan", "bruk"
REFUSED = (409, 422)
Typed = Mapping[str, list[str]]
Orders = list[tuple[str, dict[str, object]]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about one decision."""

    tested: UnderTest
    fields: tuple[Field, ...]


@router.get("")
def show_proposal(visit: VisitDep, slug: str, number: str) -> Response:
    """Show each decision that changes the plan, with the change proposed."""
    page = _read(visit, slug, number)
    return _page(visit, page, {})


@router.post("")
def change_plan(visit: VisitDep, slug: str, number: str, form: FormDep) -> Response:
    """Carry the changes out as commands, in one go; with the adjusted plan taken into use where that was asked for."""
    page = _read(visit, slug, number)
    keys = keys_of(form).command_id or new_command_id()
    orders = [order for tested in page.to_adjust for order in _orders(page, tested, form)]
    if first(form, "gor") == IN_USE:
        orders.append((ADOPT, {}))
    asks = [Ask(actor=visit.visitor.slug, command_id=f"{keys[:70]}-{n}") for n in range(len(orders))]
    try:
        visit.app.run_together(
            [(slug, command, data, ask) for (command, data), ask in zip(orders, asks, strict=True)],
        )
    except (PathwaysError, StatesError) as error:
        told = shown(error, visit.wording, slug=slug)
        if told.status not in REFUSED:
            raise
        return _page(visit, page, form, told=told)
    return visit.redirect(f"/forlopp/{slug}/plan", "web.review.adjust.done", n=len(orders))


def _read(visit: Visit, slug: str, number: str) -> ReviewPage:
    page = read_review(visit, slug, number)
    may = visit.may("update_activity", page.head.introduction_id)
    if page.signed is None or not page.head.is_open or not may:
        raise NotFound
    return page


def _page(visit: Visit, page: ReviewPage, typed: Typed, *, told: Shown | None = None) -> Response:
    asked = [Asked(tested, tuple(_fields(visit, page, tested, typed))) for tested in page.to_adjust]
    return visit.page(
        "review/adjust.html",
        status=told.status if told else 200,
        page=page,
        asked=asked,
        resets=[one for one in show_resets(visit, page, is_now=True) if not one.done],
        told=told,
        adopts=page.head.place == "adjusting" and visit.may(ADOPT, page.head.introduction_id),
        keys=Keys(),
        has_errors=told is not None,
    )


def _fields(visit: Visit, page: ReviewPage, tested: UnderTest, typed: Typed) -> list[Field]:
    signed, ref, say = tested.signed, tested.line.ref, visit.texts.say
    assert signed is not None
    stops = signed["decision"] == Verdict.STOP
    ways = (STOP, LEAVE) if stops else (CHANGE, NEW, LEAVE)
    owner = next((slug for slug, name in page.people.items() if name == tested.owner), "")
    due = signed["due_on"].isoformat() if signed["due_on"] else ""
    begins = {
        f"way-{ref}": LEAVE if tested.line.state == "stopped" else ways[0],
        f"title-{ref}": str(signed["change"] or tested.line.title)[:300],
        f"owner-{ref}": owner,
        f"due-{ref}": due,
    }
    options = tuple(Option(value=one, label=visit.texts.word("web.review.adjust.way", one)) for one in ways)
    people = tuple(Option(value=slug, label=name) for slug, name in page.people.items())
    fields = [Field(name=f"way-{ref}", label=say("web.review.adjust.how"), kind="radios", options=options)]
    if not stops:
        help_ = say("web.review.adjust.title_help")
        fields += [
            Field(name=f"title-{ref}", label=say("web.review.adjust.title_new"), help=help_, required=False),
            Field(name=f"owner-{ref}", label=say("web.review.adjust.owner"), kind="select", options=people),
            Field(name=f"due-{ref}", label=say("web.review.adjust.due"), kind="date"),
        ]
    given = {name: typed.get(name) or [value] for name, value in begins.items()}
    return [field.filled(given, {}) for field in fields]


def _orders(page: ReviewPage, tested: UnderTest, form: Typed) -> Orders:
    """Return the commands that one decision becomes; what is left as it is becomes none."""
    signed, ref = tested.signed, tested.line.ref
    assert signed is not None
    shared = {
        name: value
        for name, value in (("responsible", first(form, f"owner-{ref}")), ("due_on", first(form, f"due-{ref}")))
        if value
    }
    match first(form, f"way-{ref}"):
        case "stop":
            return [("update_activity", {"activity": ref, "state": "stopped", "report": signed["learned"]})]
        case "change":
            return [("update_activity", {"activity": ref, **shared, "report": signed["change"]})]
        case "new":
            row = tested.line.row
            same = {name: row[name] for name in ("kind", "indicator") if row[name]}
            title = first(form, f"title-{ref}")
            return [("plan_activity", {**same, **shared, "title": title, "gaps": list(page.gaps.get(ref, ()))})]
    return []
