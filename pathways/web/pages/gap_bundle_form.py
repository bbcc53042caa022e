"""`/gapanalyser/{bundle}/{unit}`: a unit answers several introductions in one form. What it does is `gap_answering`."""

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.web import gap_answering as answering
from pathways.web.gap_round import open_bundle_round
from pathways.web.posted import FormDep
from pathways.web.visit import VisitDep

router = APIRouter(prefix="/gapanalyser/{bundle}/{unit}")


@router.get("")
def show_list(visit: VisitDep, bundle: str, unit: str) -> Response:
    """Show the steps of every pathway and how far each has come."""
    return answering.show_list(visit, open_bundle_round(visit, bundle, unit))


@router.get("/om")
def show_header(visit: VisitDep, bundle: str, unit: str) -> Response:
    """Ask who answers, once for all pathways."""
    return answering.show_header(visit, open_bundle_round(visit, bundle, unit))


@router.post("/om")
def save_header(visit: VisitDep, bundle: str, unit: str, form: FormDep) -> Response:
    """Keep who answers."""
    return answering.save_header(visit, open_bundle_round(visit, bundle, unit), form)


@router.get("/steg/{slug}/{number}")
def show_step(visit: VisitDep, bundle: str, unit: str, slug: str, number: int) -> Response:
    """Ask about one step of one pathway."""
    opened = open_bundle_round(visit, bundle, unit)
    return answering.show_step(visit, opened, opened.place(slug, number))


@router.post("/steg/{slug}/{number}")
def save_step(visit: VisitDep, bundle: str, unit: str, slug: str, number: int, form: FormDep) -> Response:
    """Keep what was said of one step."""
    opened = open_bundle_round(visit, bundle, unit)
    return answering.save_step(visit, opened, opened.place(slug, number), form)


@router.post("/steg/{slug}/{number}/val")
def choose_version(visit: VisitDep, bundle: str, unit: str, slug: str, number: int, form: FormDep) -> Response:
    """Choose between the own words and those that somebody else handed in meanwhile."""
    opened = open_bundle_round(visit, bundle, unit)
    return answering.choose_version(visit, opened, opened.place(slug, number), form)


@router.get("/granska")
def show_review(visit: VisitDep, bundle: str, unit: str) -> Response:
    """Show everything as it will be handed in."""
    return answering.show_review(visit, open_bundle_round(visit, bundle, unit))


@router.post("/granska")
def hand_in(visit: VisitDep, bundle: str, unit: str, form: FormDep) -> Response:
    """Hand in, to all pathways or to none."""
    return answering.hand_in(visit, open_bundle_round(visit, bundle, unit), form)


@router.get("/tack")
def show_receipt(visit: VisitDep, bundle: str, unit: str) -> Response:
    """Thank for the answer."""
    return answering.show_receipt(visit, open_bundle_round(visit, bundle, unit))
