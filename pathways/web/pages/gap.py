"""`/forlopp/{slug}/gapanalys`: the gap analysis as a whole, its units, one step side by side, and the files."""

from dataclasses import replace
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.documents.table_export import CSV, XLSX, write_csv, write_xlsx
from pathways.errors import PathwaysError
from pathways.models.gap import InvitationState
from pathways.queries.gap_picture import ANSWERS, LEVELS, UNANSWERED, largest_first
from pathways.queries.gap_task import find_form
from pathways.queries.gap_units import count_states
from pathways.queries.moment import NotThere
from pathways.web.forms import Keys, first, keys_of
from pathways.web.gap_invite import DUE_ON, UNITS, chosen_units, fault_told, faults_of, invite_fields, is_done
from pathways.web.gap_sheet import build_sheet
from pathways.web.gap_shown import load_gap, parts_of, read_asked, require_in
from pathways.web.posted import FormDep
from pathways.web.task_sheet import load_page
from pathways.web.visit import NotFound, Visit, VisitDep

router = APIRouter(prefix="/forlopp/{slug}/gapanalys")


@router.get("")
def show_gap(visit: VisitDep, slug: str) -> Response:
    """Show who was asked, who has answered, and the picture of the answers step by step."""
    visit.require("see_gap_picture")
    asked = read_asked(visit)
    try:
        gap = load_gap(visit, slug, asked)
    except NotThere as error:  # it had not begun that day: how things stand now, and why
        asked = replace(asked, as_of=None, error=visit.wording.sentence(error.sentence, error.values))
        gap = load_gap(visit, slug, asked)
    steps = gap.steps if asked.in_order else largest_first(gap.steps)
    case = gap.head.introduction_id
    return visit.page(
        "gap/overview.html",
        status=422 if asked.error else 200,
        gap=gap,
        asked=asked,
        steps=[(one, parts_of(one)) for one in steps],
        states=count_states(gap.units),
        answers=ANSWERS,
        levels=LEVELS,
        unanswered=UNANSWERED,
        sees_answers=visit.may("see_gap_answers", case),
        leads=asked.as_of is None and visit.may("invite_units", case),
        keys=Keys(),
        has_errors=bool(asked.error),
    )


@router.get("/bjud-in")
def ask_whom_to_invite(visit: VisitDep, slug: str) -> Response:
    """Ask which units are to answer, and by when."""
    return _invite_page(visit, slug, {}, Keys())


@router.post("/bjud-in")
def invite(visit: VisitDep, slug: str, form: FormDep) -> Response:
    """Invite the units that were ticked."""
    gap = load_gap(visit, slug, replace(read_asked(visit), as_of=None))
    require_in(visit, "invite_units", gap.head.introduction_id)
    units = chosen_units(gap.uninvited, form)
    keys = keys_of(form)
    if is_done(visit, keys):
        return visit.redirect(_back(slug, form), "web.gap.invited_before")
    if faults := faults_of(visit, units, form):
        return _invite_page(visit, slug, form, keys, faults)
    data: dict[str, object] = {"units": units, "due_on": first(form, DUE_ON)}
    if version := first(form, "of_version"):
        data["version"] = version
    try:
        visit.run(slug, "invite_units", data, keys=Keys(command_id=keys.command_id))
    except PathwaysError as error:
        return _invite_page(visit, slug, form, keys, fault_told(visit, error))
    return visit.redirect(_back(slug, form), "web.gap.invited", n=len(units))


@router.post("/paminn")
def remind(visit: VisitDep, slug: str, form: FormDep) -> Response:
    """Remind one unit now."""
    data: dict[str, object] = {"unit": first(form, "unit")}
    if version := first(form, "of_version"):
        data["version"] = version
    visit.run(slug, "remind_unit", data, keys=Keys(command_id=keys_of(form).command_id))
    return visit.redirect(_back(slug, form), "web.gap.reminded", unit=first(form, "unit_name")[:120])


@router.get("/steg/{number}")
def show_step(visit: VisitDep, slug: str, number: int) -> Response:
    """Show all units' answers to one step side by side."""
    asked = read_asked(visit)
    gap = load_gap(visit, slug, asked)
    require_in(visit, "see_gap_answers", gap.head.introduction_id)
    if not 1 <= number <= len(gap.steps):
        raise NotFound
    picture = gap.steps[number - 1]
    answered = {line.unit.slug for line in gap.answers if line.number == number}
    return visit.page(
        "gap/step.html",
        gap=gap,
        asked=asked,
        picture=picture,
        parts=parts_of(picture),
        lines=[line for line in gap.answers if line.number == number],
        waiting=[unit for unit in gap.units if unit.slug not in answered and unit.state != InvitationState.EXCUSED],
        answers=ANSWERS,
    )


@router.get("/uppgift/{ref}")
def to_form(visit: VisitDep, slug: str, ref: str) -> Response:
    """Lead from a unit's task to its form; the way is there for those who may see the task."""
    with visit.read() as work:
        load_page(visit, work, slug, ref)
        path = find_form(work, region_id=visit.visitor.region_id, slug=slug, ref=ref, profile=visit.profile)
    if path is None:
        raise NotFound
    return visit.redirect(path)


@router.get("/export.{kind}")
def export(visit: VisitDep, slug: str, kind: str) -> Response:
    """Answer with every answer as a file for Excel, or as CSV."""
    gap = load_gap(visit, slug, read_asked(visit))
    require_in(visit, "see_gap_answers", gap.head.introduction_id)
    if kind not in {"xlsx", "csv"}:
        raise NotFound
    sheet = build_sheet(visit, gap)
    content, media = (write_xlsx(sheet), XLSX) if kind == "xlsx" else (write_csv(sheet), CSV)
    name = f"gapanalys-{slug}-{visit.today.isoformat()}.{kind}"
    return Response(content, media_type=media, headers={"content-disposition": f'attachment; filename="{name}"'})


def _back(slug: str, form: FormDep) -> str:
    """Return the page that a form came from: of the version that it named."""
    version = first(form, "back_to")
    return f"/forlopp/{slug}/gapanalys" + (f"?{urlencode({'version': version})}" if version else "")


def _invite_page(visit: Visit, slug: str, typed: FormDep, keys: Keys, faults: dict[str, str] | None = None) -> Response:
    gap = load_gap(visit, slug, replace(read_asked(visit), as_of=None))
    require_in(visit, "invite_units", gap.head.introduction_id)
    groups, day = invite_fields(visit, gap.uninvited, typed, faults or {})
    return visit.page(
        "gap/invite.html",
        status=422 if faults else 200,
        gap=gap,
        groups=groups,
        last_day=day,
        back_to=read_asked(visit).version or "",
        keys=keys,
        other_faults=() if groups or not faults else (faults.get(UNITS, ""),),
        has_errors=bool(faults),
    )
