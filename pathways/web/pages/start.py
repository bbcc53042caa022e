"""`/katalog`: the national pathways, how far the region has come with each, and the start of a new introduction."""

from dataclasses import replace

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.queries.shelf import Shelved, get_shelved, list_shelved
from pathways.services.lifecycle.start import NAME as START
from pathways.services.national.behind import list_behind
from pathways.web.command_errand import Errand, open_start
from pathways.web.command_flow import begin, go_on
from pathways.web.demand_shown import warn_before_start
from pathways.web.posted import FormDep
from pathways.web.refusals import ShownReason
from pathways.web.visit import NotFound, Visit, VisitDep

router = APIRouter()


@router.get("/katalog")
def list_pathways(visit: VisitDep) -> Response:
    """Show every national pathway with its newest version; `?sok=` narrows by name."""
    visit.require("see_catalogue")
    wanted = visit.request.query_params.get("sok", "").strip()
    with visit.read() as work:
        every = list_shelved(work, region_id=visit.visitor.region_id)
        behind = list_behind(work, region_id=visit.visitor.region_id)
    return visit.page(
        "introduction/catalogue.html",
        wanted=wanted,
        every=every,
        pathways=[one for one in every if _matches(one, wanted)],
        may_start=visit.may(START),
        behind=behind,
    )


@router.get("/katalog/{slug}")
def show_pathway(visit: VisitDep, slug: str) -> Response:
    """Show one national pathway: versions, goals, and the region's introductions of it."""
    visit.require("see_catalogue")
    with visit.read() as work:
        pathway, goals = get_shelved(work, region_id=visit.visitor.region_id, slug=slug)
    return visit.page(
        "introduction/pathway.html",
        pathway=pathway,
        goals=goals,
        national=_facts(visit, pathway),
        may_start=visit.may(START),
    )


@router.get("/katalog/{slug}/starta")
def ask_start(visit: VisitDep, slug: str) -> Response:
    """Ask what a start needs to know; where an introduction is open already, lead there."""
    return begin(_errand(visit, slug), {})


@router.post("/katalog/{slug}/starta")
def start(visit: VisitDep, slug: str, form: FormDep) -> Response:
    """Show what the start brings, or start."""
    return go_on(_errand(visit, slug), form)


def _errand(visit: Visit, slug: str) -> Errand:
    if not visit.may(START):
        raise NotFound
    with visit.read() as work:
        pathway, _ = get_shelved(work, region_id=visit.visitor.region_id, slug=slug)
    errand = open_start(visit, slug, pathway.name, may_respond=not any(one.kind == "final" for one in pathway.versions))
    if pathway.open is None:
        return replace(errand, crowded=warn_before_start(visit))
    there = ShownReason(visit.texts.say("web.intro.start.go_there"), "", f"/forlopp/{slug}")
    return replace(errand, hindrance=visit.texts.say("web.intro.start.open_already"), reasons=(there,))


def _facts(visit: Visit, pathway: Shelved) -> list[tuple[str, str]]:
    """Return what the catalogue says of a pathway; what it does not know is left out."""
    say = visit.texts.say
    facts = [
        (say("web.intro.pathway.status"), visit.texts.word("web.intro.national_status", pathway.status)),
        (say("web.intro.pathway.area"), pathway.npo or ""),
        (say("web.intro.pathway.part"), str(pathway.part or "")),
        (say("web.intro.pathway.register"), pathway.register or ""),
    ]
    return [(term, told) for term, told in facts if told]


def _matches(pathway: Shelved, wanted: str) -> bool:
    told = f"{pathway.name} {pathway.npo or ''}".casefold()
    return all(part in told for part in wanted.casefold().split())
