"""`/forlopp/{slug}/plan`: the action plan, its activities one by one, how each goes, and the files."""

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.documents.table_export import CSV, XLSX, write_csv, write_xlsx
from pathways.errors import NotAllowed, PathwaysError
from pathways.queries.plan import PlanPage
from pathways.web.forms import Keys, first, keys_of
from pathways.web.introduction_sections import list_sections
from pathways.web.plan_change import Clash, change, read_standing, was_of
from pathways.web.plan_fields import (
    COST,
    GAPS,
    NAMES,
    WHAT,
    WHEN,
    WHO,
    Typed,
    build_fields,
    chosen_gaps,
    faults_of,
    order_data,
    status_fields,
)
from pathways.web.plan_sheet import build_sheet
from pathways.web.plan_shown import SORTS, read_plan, require_in, sort_asked, sort_lines, tone_of
from pathways.web.posted import FormDep
from pathways.web.visit import NotFound, Visit, VisitDep
from states.errors import StatesError

router = APIRouter(prefix="/forlopp/{slug}/plan")
DECIDED = frozenset({"executing", "reviewing", "adjusting", "evaluating", "celebrated", "finished", "closed"})
REAL_DAYS = ("started_on", "ended_on")
STATUS = ("state", *REAL_DAYS, "report", "due_on")
UNREADABLE, CONFLICT = 422, 409


@router.get("")
def show_plan(visit: VisitDep, slug: str) -> Response:
    """Show the gaps that no activity closes, and the activities."""
    visit.require("see_introduction")
    with visit.read() as work:
        plan = read_plan(visit, work, slug)
    sort, case = sort_asked(visit), plan.head.introduction_id
    return visit.page(
        "plan/plan.html",
        plan=plan,
        lines=[(line, tone_of(line)) for line in sort_lines(plan.lines, sort)],
        sort=sort,
        sorts=SORTS,
        is_decided=plan.head.place in DECIDED,
        leads=plan.head.is_open and visit.may("plan_activity", case),
        sees_comments=visit.may("see_plan_comments", case),
        sees_ranking=visit.may("see_ranking", case),
        sections=list_sections(visit, slug, "/plan"),
    )


@router.get("/export.{kind}")
def export(visit: VisitDep, slug: str, kind: str) -> Response:
    """Answer with the plan as a file for Excel, or as CSV."""
    visit.require("export")
    with visit.read() as work:
        sheet = build_sheet(visit, read_plan(visit, work, slug))
    if kind not in {"xlsx", "csv"}:
        raise NotFound
    content, media = (write_xlsx(sheet), XLSX) if kind == "xlsx" else (write_csv(sheet), CSV)
    name = f"handlingsplan-{slug}-{visit.today.isoformat()}.{kind}"
    return Response(content, media_type=media, headers={"content-disposition": f'attachment; filename="{name}"'})


@router.get("/ny")
def ask_new(visit: VisitDep, slug: str) -> Response:
    """Ask what is to be done; gaps that the address names are ticked beforehand."""
    asked = visit.request.query_params.getlist("gap")
    return _new_page(visit, slug, {GAPS: asked}, Keys(), {})


@router.post("/ny")
def plan_new(visit: VisitDep, slug: str, form: FormDep) -> Response:
    """Plan the activity; 422 with what was typed wrong."""
    with visit.read() as work:
        plan = read_plan(visit, work, slug)
    require_in(visit, "plan_activity", plan.head.introduction_id)
    keys = keys_of(form)
    try:
        visit.run(slug, "plan_activity", order_data(plan, form), keys=Keys(command_id=keys.command_id))
    except (PathwaysError, StatesError) as error:
        return _new_page(visit, slug, form, keys, _faults(visit, error, (*NAMES, GAPS)))
    again = "/ny" if first(form, "mer") else ""
    return visit.redirect(f"/forlopp/{slug}/plan{again}", "web.plan.planned", title=first(form, "title")[:120])


@router.get("/aktivitet/{ref}")
def ask_change(visit: VisitDep, slug: str, ref: str) -> Response:
    """Show an activity's answers, to be changed."""
    return _edit_page(visit, slug, ref)


@router.post("/aktivitet/{ref}")
def save_change(visit: VisitDep, slug: str, ref: str, form: FormDep) -> Response:
    """Change the activity; 422 with what was typed wrong, 409 with both versions where somebody else was first."""
    with visit.read() as work:
        require_in(visit, "update_activity", read_plan(visit, work, slug).head.introduction_id)
    try:
        outcome = change(visit, slug, ref, form)
    except (PathwaysError, StatesError) as error:
        return _edit_page(visit, slug, ref, form=form, faults=_faults(visit, error, (*NAMES, GAPS)))
    if isinstance(outcome, Clash):
        return _edit_page(visit, slug, ref, form=outcome.form, clash=outcome)
    notice = "web.plan.changed" if outcome else "web.plan.unchanged"
    return visit.redirect(f"/forlopp/{slug}/plan", notice, title=first(form, "title")[:120])


@router.get("/aktivitet/{ref}/lage")
def ask_status(visit: VisitDep, slug: str, ref: str) -> Response:
    """Ask how an activity goes."""
    return _status_page(visit, slug, ref)


@router.post("/aktivitet/{ref}/lage")
def save_status(visit: VisitDep, slug: str, ref: str, form: FormDep) -> Response:
    """Write how the activity goes; 422 where a reason is missing."""
    with visit.read() as work:
        standing = read_standing(visit, work, slug, ref)
    require_in(visit, "update_activity", standing.plan.head.introduction_id)
    data = {name: said for name in STATUS if (said := first(form, name))}
    for name in ("due_on", *REAL_DAYS):
        if data.get(name) == str(standing.line.row[name]):
            del data[name]
    keys = Keys(command_id=keys_of(form).command_id)
    try:
        visit.run(slug, "update_activity", {"activity": ref, **data}, keys=keys)
    except (PathwaysError, StatesError) as error:
        return _status_page(visit, slug, ref, form, _faults(visit, error, STATUS))
    return visit.redirect(f"/forlopp/{slug}/plan", "web.plan.reported", title=standing.line.title[:120])


def _faults(visit: Visit, error: PathwaysError | StatesError, names: tuple[str, ...]) -> dict[str, str]:
    """Return what is wrong with the form; a refusal that is about something else is raised again."""
    found = None if isinstance(error, NotAllowed) else faults_of(visit, error, names)
    if found is None:
        raise error
    return found


def _new_page(visit: Visit, slug: str, typed: Typed, keys: Keys, faults: dict[str, str]) -> Response:
    with visit.read() as work:
        plan = read_plan(visit, work, slug)
        require_in(visit, "plan_activity", plan.head.introduction_id)
        fields = build_fields(visit, work, plan, typed, faults)
    return _form_page(visit, plan, typed, faults, fields=fields, keys=keys, line=None)


def _edit_page(
    visit: Visit,
    slug: str,
    ref: str,
    *,
    form: Typed | None = None,
    faults: dict[str, str] | None = None,
    clash: Clash | None = None,
) -> Response:
    faults = faults or {}
    with visit.read() as work:
        standing = read_standing(visit, work, slug, ref)
        require_in(visit, "update_activity", standing.plan.head.introduction_id)
        typed: Typed = form if form is not None else standing.typed
        fields = build_fields(visit, work, standing.plan, typed, faults)
    if clash is not None:
        keys, was = Keys(version=clash.version), was_of(clash.was)
    elif form is not None:
        keys, was = keys_of(form), [(name, one) for name in form if name.startswith("was_") for one in form[name]]
    else:
        keys, was = Keys(version=standing.plan.head.version), was_of(standing.typed)
    return _form_page(
        visit, standing.plan, typed, faults, fields=fields, keys=keys, line=standing.line, was=was, clash=clash
    )


def _form_page(visit: Visit, plan: PlanPage, typed: Typed, faults: dict[str, str], /, **values: object) -> Response:
    fields = values.pop("fields")
    assert isinstance(fields, dict)
    clash = values.pop("clash", None)
    chosen = chosen_gaps(plan, typed)
    open_refs = {gap.ref for step in plan.open_steps for gap in step.gaps}
    return visit.page(
        "plan/activity.html",
        status=UNREADABLE if faults else CONFLICT if clash else 200,
        plan=plan,
        groups=[
            (name, [fields[one] for one in names if one in fields])
            for name, names in (("what", WHAT), ("who", WHO), ("when", WHEN), ("cost", COST))
        ],
        fields=list(fields.values()),
        chosen=chosen,
        open_refs=open_refs,
        other_faults=tuple(text for name, text in faults.items() if name not in fields and name != GAPS),
        gap_fault=faults.get(GAPS, ""),
        clash=clash,
        has_errors=bool(faults),
        sections=list_sections(visit, plan.head.slug, "/plan"),
        **{"was": [], **values},
    )


def _status_page(
    visit: Visit, slug: str, ref: str, form: Typed | None = None, faults: dict[str, str] | None = None
) -> Response:
    faults = faults or {}
    with visit.read() as work:
        standing = read_standing(visit, work, slug, ref)
    plan, line = standing.plan, standing.line
    require_in(visit, "update_activity", plan.head.introduction_id)
    known = {name: [str(line.row[name] or "")] for name in REAL_DAYS}
    typed: Typed = form if form is not None else {"state": [line.state], **known, "due_on": standing.typed["due_on"]}
    fields = status_fields(visit, typed, faults)
    return visit.page(
        "plan/status.html",
        status=UNREADABLE if faults else 200,
        plan=plan,
        line=line,
        fields=list(fields.values()),
        other_faults=tuple(text for name, text in faults.items() if name not in fields),
        keys=keys_of(form) if form is not None else Keys(),
        has_errors=bool(faults),
        sections=list_sections(visit, slug, "/plan"),
    )
