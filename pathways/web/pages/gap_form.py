"""`/forlopp/{slug}/gapanalys/{unit}`: a unit answers one gap analysis. What happens then is `gap_answering`."""

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.web import gap_answering as answering
from pathways.web.gap_round import open_round
from pathways.web.posted import FormDep
from pathways.web.visit import VisitDep

router = APIRouter(prefix="/forlopp/{slug}/gapanalys/{unit}")


@router.get("")
def show_list(visit: VisitDep, slug: str, unit: str) -> Response:
    """Show the steps and how far each has come."""
    return answering.show_list(visit, open_round(visit, slug, unit))


@router.get("/om")
def show_header(visit: VisitDep, slug: str, unit: str) -> Response:
    """Ask who answers."""
    return answering.show_header(visit, open_round(visit, slug, unit))


@router.post("/om")
def save_header(visit: VisitDep, slug: str, unit: str, form: FormDep) -> Response:
    """Keep who answers."""
    return answering.save_header(visit, open_round(visit, slug, unit), form)


@router.get("/steg/{number}")
def show_step(visit: VisitDep, slug: str, unit: str, number: int) -> Response:
    """Ask about one step."""
    opened = open_round(visit, slug, unit)
    return answering.show_step(visit, opened, opened.place(slug, number))


@router.post("/steg/{number}")
def save_step(visit: VisitDep, slug: str, unit: str, number: int, form: FormDep) -> Response:
    """Keep what was said of one step."""
    opened = open_round(visit, slug, unit)
    return answering.save_step(visit, opened, opened.place(slug, number), form)


@router.post("/steg/{number}/val")
def choose_version(visit: VisitDep, slug: str, unit: str, number: int, form: FormDep) -> Response:
    """Choose between the own words and those that somebody else handed in meanwhile."""
    opened = open_round(visit, slug, unit)
    return answering.choose_version(visit, opened, opened.place(slug, number), form)


@router.get("/granska")
def show_review(visit: VisitDep, slug: str, unit: str) -> Response:
    """Show everything as it will be handed in."""
    return answering.show_review(visit, open_round(visit, slug, unit))


@router.post("/granska")
def hand_in(visit: VisitDep, slug: str, unit: str, form: FormDep) -> Response:
    """Hand in."""
    return answering.hand_in(visit, open_round(visit, slug, unit), form)


@router.get("/tack")
def show_receipt(visit: VisitDep, slug: str, unit: str) -> Response:
    """Thank for the answer."""
    return answering.show_receipt(visit, open_round(visit, slug, unit))
