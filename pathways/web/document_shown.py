"""What the pages of documents share: a document as the visitor may see it, its words and files, and the way back."""

import re
from dataclasses import dataclass
from unicodedata import normalize

from sqlalchemy import Select, bindparam, select

from pathways.documents.paper import Paper, Table
from pathways.documents.paper_pdf import make_paper_pdf
from pathways.documents.paper_word import make_paper_word
from pathways.documents.table_export import Cell, Sheet, write_xlsx
from pathways.models.catalogue import Pathway
from pathways.models.document import DocumentKind, DocumentState
from pathways.models.introduction import Introduction
from pathways.models.organisation import Body, Meeting
from pathways.queries.papers.build import builder, paper_now
from pathways.services.document.built import Build
from pathways.services.document.files import PDF, WORD, find_file, keep_file
from pathways.services.document.shelf import get_document
from pathways.services.document.word_template import OwnTemplate, find_template
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of
from pathways.web.visit import NotFound, Visit

EXCEL = "xlsx"
TONES = {
    DocumentState.WORKING_PAPER: "warn",
    DocumentState.FIXED: "info",
    DocumentState.DISPATCHED: "good",
}
WITH_TABLE = frozenset({DocumentKind.ACTION_PLAN, DocumentKind.STATE_REPORT})
"""The kinds whose table is worth having in Excel."""
REPORTS = "/rapporter"

_introduction, _pathway = table_of(Introduction), table_of(Pathway)
_ABOUT: Select[tuple[object, ...]] = (
    select(_introduction.c.slug, _pathway.c.name)
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .where(_introduction.c.region_id == bindparam("region"), _introduction.c.id == bindparam("introduction"))
)
_meeting, _body = table_of(Meeting), table_of(Body)
_MEETING: Select[tuple[object, ...]] = (
    select(_meeting.c.held_on, _body.c.slug, _body.c.name, _body.c.short)
    .join(_body, _body.c.id == _meeting.c.body_id)
    .where(_body.c.region_id == bindparam("region"), _meeting.c.id == bindparam("meeting"))
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document belongs: the list it stands in, and what leads there."""

    href: str
    crumbs: tuple[tuple[str, str], ...]


def load_document(visit: Visit, work: UnitOfWork, document_id: int) -> Row:
    """Return a document of the visitor's region; a working paper is there for those who may see it only."""
    visit.require("see_documents")
    row = get_document(work, document_id, region_id=visit.visitor.region_id)
    if row["state"] == DocumentState.WORKING_PAPER and not visit.may("see_working_papers"):
        raise NotFound
    return row


def builder_of(visit: Visit, language: str = "") -> Build:
    """Return what builds a document for this visit, in the reader's language unless another is asked for."""
    return builder(visit.profile, language=language or visit.language, today=visit.today, now=visit.now)


def language_of_region(visit: Visit) -> str:
    """Return the language that a document of the authority is fixed in."""
    return visit.profile.region.default_language


def place_of(visit: Visit, work: UnitOfWork, row: Row) -> Place:
    """Return the list that a document stands in: an introduction's, else a meeting's, else the region's."""
    if row["introduction_id"] is None and row["meeting_id"] is not None:
        return _meeting_place(visit, work, row)
    if row["introduction_id"] is None:
        return Place(REPORTS, ((REPORTS, visit.texts.say("web.document.reports.title")),))
    keys = {"region": visit.visitor.region_id, "introduction": row["introduction_id"]}
    about = work.find(_ABOUT, keys)
    if about is None:
        raise NotFound
    root = f"/forlopp/{about['slug']}"
    steps = (("/forlopp", visit.texts.say("web.frame.board")), (root, str(about["name"])))
    return Place(f"{root}/handlingar", (*steps, (f"{root}/handlingar", visit.texts.say("web.document.title"))))


def _meeting_place(visit: Visit, work: UnitOfWork, row: Row) -> Place:
    about = work.find(_MEETING, {"region": visit.visitor.region_id, "meeting": row["meeting_id"]})
    if about is None:
        raise NotFound
    body = f"/moten/{about['slug']}"
    here = f"{body}/{about['held_on'].isoformat()}"
    say, name = visit.texts.say, str(about["short"] or about["name"])
    steps = (("/moten", say("web.meeting.title")), (body, name), (here, visit.formats.day(about["held_on"])))
    return Place(f"{here}/protokoll", (*steps, (f"{here}/protokoll", say("web.decide.minutes.title"))))


def forms_of(row: Row) -> tuple[str, ...]:
    """Return the kinds of file that a document can be had as."""
    return (PDF, WORD, EXCEL) if row["kind"] in WITH_TABLE else (PDF, WORD)


def file_of(visit: Visit, document_id: int, form: str) -> tuple[str, bytes]:
    """Return name and content of a document's file: of a fixed one the same for ever, of a working paper made now."""
    with visit.read() as work:
        row = load_document(visit, work, document_id)
        kept = find_file(work, row, form) if row["content"] is not None else None
        paper = paper_now(work, row, builder_of(visit))
        template = find_template(work, region_id=visit.visitor.region_id)
    name = f"{name_of(paper)}.{form}"
    if kept is not None:
        return name, kept
    if form not in forms_of(row):
        raise NotFound
    made = _make(visit, paper, form, template)
    if row["content"] is None:
        return name, made
    return name, visit.app.retry(lambda work: keep_file(work, row, form, made))


def paper_file(visit: Visit, paper: Paper, form: str, row: Row | None = None, *, kept_as: str = "") -> bytes:
    """Return a paper as a file; with the row of a fixed document it is made once and kept under `kept_as`."""
    if form not in (PDF, WORD):
        raise NotFound
    kind, language = kept_as or form, paper.language
    with visit.read() as work:
        kept = find_file(work, row, kind, language=language) if row is not None else None
        template = find_template(work, region_id=visit.visitor.region_id) if form == WORD else None
    if kept is not None:
        return kept
    made = _make(visit, paper, form, template)
    if row is None:
        return made
    return visit.app.retry(lambda work: keep_file(work, row, kind, made, language=language))


def name_of(paper: Paper) -> str:
    """Return a name for the file: the title in plain letters."""
    plain = normalize("NFKD", paper.title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80] or "handling"


def sheet_of(visit: Visit, paper: Paper) -> Sheet:
    """Return the document's main table for Excel, with what must be known to read it."""
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    if not tables:
        raise NotFound
    table = tables[0]
    say = visit.texts.say
    facts = [(say("web.document.excel.document"), paper.title), (say("web.document.excel.date"), paper.date)]
    facts += [(say("web.document.excel.note"), paper.note)] if paper.note else []
    rows = [[_cell(text, column in table.numeric) for column, text in enumerate(row)] for row in table.rows]
    return Sheet(title=table.caption, facts=facts, headings=table.heads, rows=rows)


def _make(visit: Visit, paper: Paper, form: str, template: OwnTemplate | None) -> bytes:
    match form:
        case "pdf":
            return make_paper_pdf(paper)
        case "docx":
            own = (template.content, template.name) if template else (None, "")
            return make_paper_word(paper, own[0], file=own[1])
        case "xlsx":
            return write_xlsx(sheet_of(visit, paper))
    raise NotFound


def _cell(text: str, is_number: bool) -> Cell:  # noqa: FBT001 - of the column, and the only flag
    digits = re.sub(r"[\s,]", "", text)
    return int(digits) if is_number and digits.isdecimal() else text
