"""`/forlopp/<name>/uppgift/<ref>`: one task, and everything that its receiver can do with it."""

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.web.posted import FormDep
from pathways.web.task_carry import carry_out, require_action
from pathways.web.task_sheet import show_task
from pathways.web.visit import NotFound, VisitDep

router = APIRouter()
WITH_A_FILE = "fil"


@router.get("/forlopp/{slug}/uppgift/{ref}")
def show(visit: VisitDep, slug: str, ref: str) -> Response:
    """Show the task."""
    return show_task(visit, slug, ref)


@router.post("/forlopp/{slug}/uppgift/{ref}/{way}")
def act(visit: VisitDep, slug: str, ref: str, way: str, form: FormDep) -> Response:
    """Carry out one action; files come in by a way of their own."""
    if way == WITH_A_FILE:
        raise NotFound
    return carry_out(visit, slug, ref, require_action(way), form)
