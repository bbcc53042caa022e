"""`/forlopp/{slug}/gor`: everything that can be done with one introduction, and the page on which each is done."""

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from pathways.profiles.vocabulary import Role
from pathways.queries.introduction import list_offers
from pathways.queries.material import Head
from pathways.queries.present import load_head
from pathways.services.registry import USE_CASES
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web.command_errand import open_errand, own_page
from pathways.web.command_flow import begin, go_on
from pathways.web.command_places import GROUPS, group_of
from pathways.web.introduction_sections import list_sections
from pathways.web.posted import FormDep
from pathways.web.visit import NotFound, Visit, VisitDep
from states.commands import Command

router = APIRouter()


@router.get("/forlopp/{slug}/gor")
def list_commands(visit: VisitDep, slug: str) -> Response:
    """Show every command that the visitor's roles may give here, group by group."""
    visit.require("see_introduction")
    with visit.read() as work:
        head = load_head(work, region_id=visit.visitor.region_id, slug=slug)
        now = _standing(visit, work, head)
    mine = [name for name in USE_CASES if visit.may(name, head.introduction_id)]
    groups = [(group, [name for name in mine if group_of(name) == group]) for group in GROUPS]
    return visit.page(
        "introduction/commands.html",
        head=head,
        groups=[(group, [(name, now.get(name, "")) for name in names]) for group, names in groups if names],
        sections=list_sections(visit, slug, ""),
    )


@router.get("/forlopp/{slug}/gor/{command}")
def ask(visit: VisitDep, slug: str, command: str) -> Response:
    """Show a command's questions, filled with what the address gives; or lead to the page it has of its own."""
    asked = _asked(visit)
    if (page := own_page(command, slug, asked)) is not None:
        return RedirectResponse(page, status_code=303)
    return begin(open_errand(visit, slug, command, asked), asked)


@router.post("/forlopp/{slug}/gor/{command}")
def give(visit: VisitDep, slug: str, command: str, form: FormDep) -> Response:
    """Show what the command would do, or carry it out; 409 with every reason, 422 with what was typed wrong."""
    if own_page(command, slug, form) is not None:
        raise NotFound
    return go_on(open_errand(visit, slug, command, form), form)


def _standing(visit: Visit, work: UnitOfWork, head: Head) -> dict[str, str]:
    """Return what to say of the chart's commands that cannot be given just now: not from here, or something is lacking.

    Of the other commands only their own pages can tell.
    """
    by_head = Role.HEAD in visit.visitor.roles_in(head.introduction_id)
    offers = list_offers(work, head, visit.profile, now=visit.now, today=visit.today, by_head=by_head)
    possible = {offer.command for offer in offers if offer.allowed}
    lacking = {offer.command for offer in offers} - possible
    unsaid = {str(command): "not_here" for command in Command if str(command) not in possible | lacking}
    return {**unsaid, **dict.fromkeys(lacking, "lacks")}


def _asked(visit: Visit) -> dict[str, list[str]]:
    params = visit.request.query_params
    return {name: params.getlist(name) for name in params}
