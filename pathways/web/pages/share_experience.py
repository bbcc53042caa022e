"""`/forlopp/{slug}/lardomar/dela`: share with other regions how a gap was closed, and take it back."""

from collections.abc import Mapping

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import ValidationError

from pathways.errors import Refused
from pathways.queries.material import Head
from pathways.services.administration.office import Office
from pathways.services.national.share_experience import (
    ACTION,
    CONTACTS,
    LONGEST,
    LONGEST_STEP,
    MOST_MONTHS,
    ToShare,
    share_experience,
    withdraw_experience,
)
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web.forms import Field, Keys, Option, data_of
from pathways.web.office import words_of
from pathways.web.plan_shown import head_to
from pathways.web.posted import FormDep
from pathways.web.visit import NotFound, Visit, VisitDep

router = APIRouter(prefix="/forlopp/{slug}/lardomar")
UNREADABLE = 422


@router.get("/dela")
def ask(visit: VisitDep, slug: str) -> Response:
    """Ask what is to be shared."""
    return _page(visit, _head(visit, slug), {}, {})


@router.post("/dela")
def share(visit: VisitDep, slug: str, form: FormDep) -> Response:
    """Share it, or show the form again with what is wrong."""
    head = _head(visit, slug)
    data = {name: value for name, value in data_of(_fields(visit), form).items() if value != ""}
    try:
        shared = ToShare.model_validate(data)
    except ValidationError as error:
        names = {str(problem["loc"][0]) for problem in error.errors()}
        return _page(visit, head, form, {name: _fault(visit, name) for name in names})
    try:
        visit.app.retry(
            lambda work: share_experience(_office(visit, work, head.introduction_id), head.introduction_id, shared)
        )
    except Refused as error:
        return _page(visit, head, form, {"how": words_of(visit, error)[1]})
    return visit.redirect(f"/forlopp/{slug}/lardomar", "web.national.share.done")


@router.post("/delat/{number}/ta-bort")
def withdraw(visit: VisitDep, slug: str, number: int) -> Response:
    """Take back what was shared."""
    head = _head(visit, slug)
    visit.app.retry(
        lambda work: withdraw_experience(_office(visit, work, head.introduction_id), head.introduction_id, number)
    )
    return visit.redirect(f"/forlopp/{slug}/lardomar", "web.national.share.withdrawn")


def _head(visit: Visit, slug: str) -> Head:
    visit.require("see_holding")
    return head_to(visit, ACTION, slug)


def _office(visit: Visit, work: UnitOfWork, introduction_id: int) -> Office:
    """Return the visitor's office with the roles that count in the introduction."""
    visitor = visit.visitor
    if not visit.may(ACTION, introduction_id):
        raise NotFound
    return Office(
        work=work,
        region_id=visitor.region_id,
        actor_id=visitor.person_id,
        roles=visitor.roles_in(introduction_id),
        today=visit.today,
    )


def _page(visit: Visit, head: Head, typed: FormDep, faults: Mapping[str, str]) -> Response:
    return visit.page(
        "national/share.html",
        status=UNREADABLE if faults else 200,
        head=head,
        fields=[one.filled(typed, faults) for one in _fields(visit)],
        keys=Keys(),
        has_errors=bool(faults),
    )


def _fault(visit: Visit, name: str) -> str:
    known = {
        "step": visit.texts.say("web.national.share.fault.step", n=LONGEST_STEP),
        "how": visit.texts.say("web.national.share.fault.how", n=LONGEST),
        "result": visit.texts.say("web.national.fault.long", n=LONGEST),
        "months": visit.texts.say("web.national.share.fault.months", n=MOST_MONTHS),
        "contact_role": visit.texts.say("web.national.share.fault.contact_role"),
    }
    return known[name]


def _fields(visit: Visit) -> tuple[Field, ...]:
    say = visit.texts.say
    roles = tuple(Option(value=role.value, label=visit.texts.word("role", role)) for role in CONTACTS)
    return (
        Field(name="step", label=say("web.national.share.step"), max_length=LONGEST_STEP),
        Field(
            name="how",
            label=say("web.national.share.how"),
            help=say("web.national.share.how_help"),
            kind="area",
            max_length=LONGEST,
        ),
        Field(
            name="result",
            label=say("web.national.share.result"),
            help=say("web.national.share.result_help"),
            kind="area",
            rows=3,
            required=False,
            max_length=LONGEST,
        ),
        Field(
            name="months",
            label=say("web.national.share.months"),
            help=say("web.national.share.months_help"),
            kind="number",
            required=False,
        ),
        Field(
            name="contact_role",
            label=say("web.national.share.contact_role"),
            help=say("web.national.share.contact_role_help"),
            kind="select",
            options=roles,
        ),
    )
