"""`/admin/import`: people and units from Excel or CSV, checked and shown first, then written whole or not at all.

What was read waits as a draft of the administrator's, so that what is confirmed is what was shown.
"""

import json

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.errors import PathwaysError
from pathways.reading.tables import ReadTable, TableRow, read_table
from pathways.services.administration.import_people import (
    COLUMNS,
    PEOPLE,
    SAME,
    UNITS,
    CellProblem,
    ImportPlan,
    plan_import,
    write_import,
)
from pathways.services.administration.office import Office
from pathways.services.administration.people import PersonForm
from pathways.services.drafts import DraftTooLarge, drop_draft, find_draft, keep_draft
from pathways.web.forms import Field, Option, first
from pathways.web.office import Cell, Form, Line, administer, look, show_form, words_of
from pathways.web.posted import FormDep
from pathways.web.upload import UploadDep
from pathways.web.visit import NotFound, Visit, VisitDep

router = APIRouter()
HERE = "/admin/import"
DRAFT = "admin-import"
KINDS = {PEOPLE: "manage_people", UNITS: "manage_units"}


@router.get(HERE)
def choose(visit: VisitDep) -> Response:
    """Show which columns a file may have, and take one."""
    return _form(visit)


@router.post(HERE)
def check(visit: VisitDep, upload: UploadDep) -> Response:
    """Check a file and show what it would do, or everything that is wrong with it."""
    kind = first(upload.fields, "kind")
    errors = {} if kind in KINDS else {"kind": visit.texts.say("web.admin.choose_import")}
    if upload.is_too_large or not upload.content:
        errors["file"] = visit.texts.say(
            "web.admin.file_too_large" if upload.is_too_large else "web.admin.file_missing"
        )
    if errors:
        return _form(visit, kind=kind, errors=errors, status=422)
    try:
        table = read_table(upload.content)
        visit.require(KINDS[kind])
        with visit.write() as work:
            kept = {"kind": [kind], "table": [_packed(table)]}
            keep_draft(work, visit.visitor.person_id, DRAFT, kept, visit.now)
            work.commit()
    except DraftTooLarge:
        return _form(visit, kind=kind, errors={"file": visit.texts.say("web.admin.file_too_large")}, status=422)
    except PathwaysError as error:
        return _form(visit, kind=kind, errors={"file": words_of(visit, error)[1]}, status=422)
    return _preview(visit, kind, table)


@router.post(f"{HERE}/skriv")
def write(visit: VisitDep, form: FormDep) -> Response:
    """Write what was shown."""
    kind = first(form, "kind")
    if kind not in KINDS:
        raise NotFound

    def carry(office: Office) -> int | None:
        kept = find_draft(office.work, office.actor_id, DRAFT)
        if kept is None or kept.typed["kind"][0] != kind:
            return None
        plan = plan_import(office, kind, _unpacked(kept.typed["table"][0]), word=visit.texts.word)
        if plan.problems:
            return None
        drop_draft(office.work, office.actor_id, DRAFT)
        return write_import(office, plan)

    done = administer(visit, KINDS[kind], carry)
    if done is None:
        return visit.redirect(HERE, "web.admin.told.import_gone")
    way = "/admin/personer" if kind == PEOPLE else "/admin/enheter"
    return visit.redirect(way, "web.admin.told.imported", n=done)


def _preview(visit: Visit, kind: str, table: ReadTable) -> Response:
    plan = look(visit, KINDS[kind], lambda office: plan_import(office, kind, table, word=visit.texts.word))
    problems = [_in_words(visit, problem) for problem in plan.problems]
    counts = {what: sum(1 for row in plan.rows if row.what == what) for what in ("new", "changed", SAME)}
    return visit.page(
        "admin/import.html",
        status=422 if problems else 200,
        kind=kind,
        problems=problems,
        counts=counts,
        lines=[_line(visit, plan, place) for place in range(len(plan.rows))],
    )


def _in_words(visit: Visit, problem: CellProblem) -> str:
    """Return the place and the fault: row 3, column Roles, and what is wrong there."""
    say = visit.texts.say
    column = visit.texts.word("column", problem.column)
    return say("web.admin.import_problem", row=problem.row, column=column, what=say(problem.sentence, **problem.values))


def _line(visit: Visit, plan: ImportPlan, place: int) -> Line:
    row = plan.rows[place]
    detail = (
        visit.wording.roles(sorted(row.form.roles))
        if isinstance(row.form, PersonForm)
        else visit.texts.word("unit_kind", row.form.kind)
    )
    tone = {"new": "good", "changed": "info"}.get(row.what, "neutral")
    what = Cell(visit.texts.word("web.admin.import_row", row.what), tone=tone)
    return Line((Cell(str(row.row)), Cell(row.form.name), Cell(detail or "–"), what))


def _form(visit: Visit, *, kind: str = PEOPLE, errors: dict[str, str] | None = None, status: int = 200) -> Response:
    visit.require("manage_people")
    say, word, found = visit.texts.say, visit.texts.word, errors or {}
    options = tuple(
        Option(
            value=one,
            label=word("web.admin.import_kind", one),
            hint=say("web.admin.import_columns", columns=", ".join(word("column", name) for name in COLUMNS[one])),
        )
        for one in KINDS
    )
    fields = (
        Field(
            name="kind",
            label=say("web.admin.import_what"),
            kind="radios",
            options=options,
            value=kind,
            error=found.get("kind", ""),
        ),
        Field(
            name="file",
            label=say("web.admin.import_file"),
            help=say("web.admin.import_help"),
            kind="file",
            error=found.get("file", ""),
        ),
    )
    form = Form(action=HERE, fields=fields, button=say("web.admin.import_check"), upload=True)
    return show_form(visit, say("web.admin.room.imports"), form, intro=say("web.admin.import_intro"), status=status)


def _packed(table: ReadTable) -> str:
    return json.dumps([list(table.heads), [[row.number, *row.cells] for row in table.rows]], ensure_ascii=False)


def _unpacked(text: str) -> ReadTable:
    heads, rows = json.loads(text)
    return ReadTable(tuple(heads), tuple(TableRow(row[0], tuple(row[1:])) for row in rows))
