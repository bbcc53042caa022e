"""`/handlingar/{document}`: one document to read, write in, fix, dispatch and fetch as a file."""

from datetime import date

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.errors import DocumentRefused, InvalidOrder, Refused
from pathways.models.document import DocumentKind, DocumentState
from pathways.queries.papers.build import paper_now
from pathways.services.document.dispatch_document import dispatch_document
from pathways.services.document.fix_document import fix_document
from pathways.services.document.kinds import LONGEST, NEEDED, OF_A_MEETING, PARTS, REGISTERED, missing_words
from pathways.services.document.make_document import new_edition
from pathways.services.document.write_words import write_words
from pathways.storage.unit_of_work import Row
from pathways.web.document_shown import (
    TONES,
    builder_of,
    file_of,
    forms_of,
    language_of_region,
    load_document,
    place_of,
)
from pathways.web.forms import Field, Keys, errors_by_field, first
from pathways.web.office import administer
from pathways.web.pages.attachments import HANDED_OUT, disposition_of
from pathways.web.posted import FormDep, Posted
from pathways.web.visit import Visit, VisitDep

router = APIRouter(prefix="/handlingar/{document}")
ACTION = "keep_documents"
UNREADABLE = 422
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@router.get("")
def show_document(visit: VisitDep, document: int) -> Response:
    """Show the document as it stands: what was fixed, or the working paper made from the data at this moment."""
    return _show(visit, document)


@router.get("/handling.{form}")
def send_file(visit: VisitDep, document: int, form: str) -> Response:
    """Send the document as a file; one of a fixed document is the same for whoever asks, whenever."""
    name, content = file_of(visit, document, form)
    headers = {**HANDED_OUT, "content-disposition": disposition_of(name)}
    return Response(content, media_type=MEDIA_TYPES[form], headers=headers)


@router.get("/skriv")
def ask_words(visit: VisitDep, document: int) -> Response:
    """Ask for the few free texts."""
    row = _row_to_change(visit, document)
    return _form_page(visit, document, "write", _word_fields(visit, row))


@router.post("/skriv")
def write(visit: VisitDep, document: int, form: FormDep) -> Response:
    """Keep the free texts; 422 with what is too long."""
    row = _row_to_change(visit, document)
    fields = _word_fields(visit, row)
    words = {one.name: first(form, one.name) for one in fields}
    try:
        administer(visit, ACTION, lambda office: write_words(office, document, words))
    except InvalidOrder as error:
        errors = {name: visit.texts.say(told[0][0], **told[0][1]) for name, told in errors_by_field(error).items()}
        filled = tuple(one.filled(form, errors) for one in fields)
        return _form_page(visit, document, "write", filled, status=UNREADABLE)
    return visit.redirect(f"/handlingar/{document}", "web.document.told.written")


@router.get("/faststall")
def ask_fix(visit: VisitDep, document: int) -> Response:
    """Tell what fixing means and what is missing, and ask for the register number."""
    row = _row_to_change(visit, document)
    return _form_page(visit, document, "fix", _fix_fields(visit, row))


@router.post("/faststall")
def fix(visit: VisitDep, document: int, form: FormDep) -> Response:
    """Fix the document in the region's language; what is missing is told all at once."""
    row = _row_to_change(visit, document)
    number, build = first(form, "register_no"), builder_of(visit, language_of_region(visit))
    try:
        administer(visit, ACTION, lambda office: fix_document(office, document, register_no=number, build=build))
    except DocumentRefused as error:
        return _refused(visit, document, "fix", _fix_fields(visit, row), form, error)
    return visit.redirect(f"/handlingar/{document}", "web.document.told.fixed")


@router.get("/expediera")
def ask_dispatch(visit: VisitDep, document: int) -> Response:
    """Ask to whom the document was sent, and when."""
    _row_to_change(visit, document, is_fixed=True)
    return _form_page(visit, document, "dispatch", _dispatch_fields(visit))


@router.post("/expediera")
def dispatch(visit: VisitDep, document: int, form: FormDep) -> Response:
    """Write down that the document was sent."""
    _row_to_change(visit, document, is_fixed=True)
    try:
        on = date.fromisoformat(first(form, "on"))
    except ValueError:
        on = None
    try:
        administer(visit, ACTION, lambda office: dispatch_document(office, document, to=first(form, "to"), on=on))
    except DocumentRefused as error:
        return _refused(visit, document, "dispatch", _dispatch_fields(visit), form, error)
    return visit.redirect(f"/handlingar/{document}", "web.document.told.dispatched")


@router.post("/ny-utgava")
def begin_edition(visit: VisitDep, document: int) -> Response:
    """Begin the next edition of a fixed document."""
    made = administer(visit, ACTION, lambda office: new_edition(office, document))
    return visit.redirect(f"/handlingar/{made}", "web.document.told.edition")


def _row_to_change(visit: Visit, document_id: int, *, is_fixed: bool = False) -> Row:
    """Return a document for somebody who keeps them; one that is past the step, or before it, is refused."""
    visit.require(ACTION)
    with visit.read() as work:
        row = load_document(visit, work, document_id)
    if is_fixed and row["state"] == DocumentState.WORKING_PAPER:
        raise Refused("error.document_not_fixed", title=row["title"])
    if not is_fixed and row["state"] != DocumentState.WORKING_PAPER:
        raise Refused("error.document_is_fixed", title=row["title"])
    return row


def _show(visit: Visit, document_id: int) -> Response:
    with visit.read() as work:
        row = load_document(visit, work, document_id)
        place = place_of(visit, work, row)
        paper = paper_now(work, row, builder_of(visit))
    return visit.page(
        "document/document.html",
        row=row,
        root=f"/handlingar/{document_id}",
        place=place,
        paper=paper,
        tone=TONES[DocumentState(row["state"])],
        forms=forms_of(row),
        keeps=visit.may(ACTION),
        has_editions=row["kind"] not in OF_A_MEETING,
        has_words=bool(PARTS.get(DocumentKind(row["kind"]))),
    )


def _form_page(
    visit: Visit,
    document_id: int,
    way: str,
    fields: tuple[Field, ...],
    *,
    status: int = 200,
    others: tuple[str, ...] = (),
) -> Response:
    with visit.read() as work:
        row = load_document(visit, work, document_id)
        place = place_of(visit, work, row)
        missing: list[str] = []
        if way == "fix" and row["content"] is None:
            built = builder_of(visit)(work, row)
            kind = DocumentKind(row["kind"])
            found = (*missing_words(kind, row["words"]), *built.missing)
            missing = [visit.wording.sentence(one.sentence, one.values) for one in found]
    return visit.page(
        f"document/{way}.html",
        status=status,
        row=row,
        root=f"/handlingar/{document_id}",
        place=place,
        fields=fields,
        others=others,
        missing=missing if not others else [],
        keys=Keys(),
    )


def _refused(
    visit: Visit, document_id: int, way: str, fields: tuple[Field, ...], form: Posted, error: DocumentRefused
) -> Response:
    """Show the form again: what belongs to a field beside it, the rest above, nothing typed lost."""
    names = {one.name for one in fields}
    say = visit.wording.sentence
    errors = {one.field: say(one.sentence, one.values) for one in error.reasons if one.field in names}
    others = tuple(say(one.sentence, one.values) for one in error.reasons if one.field not in names)
    filled = tuple(one.filled(form, errors) for one in fields)
    return _form_page(visit, document_id, way, filled, status=UNREADABLE, others=others)


def _word_fields(visit: Visit, row: Row) -> tuple[Field, ...]:
    kind = DocumentKind(row["kind"])
    say = visit.texts.say
    return tuple(
        Field(
            name=part,
            label=say(f"web.document.part.{part}"),
            help=say(f"web.document.help.{part}"),
            kind="text" if part == "addressee" else "area",
            value=row["words"].get(part, ""),
            required=part in NEEDED.get(kind, ()),
            max_length=LONGEST,
            rows=6,
        )
        for part in PARTS.get(kind, ())
    )


def _fix_fields(visit: Visit, row: Row) -> tuple[Field, ...]:
    number = Field(
        name="register_no",
        label=visit.texts.say("web.document.register_no"),
        help=visit.texts.say("web.document.help.register_no"),
        value=row["register_no"] or "",
        required=DocumentKind(row["kind"]) in REGISTERED,
        max_length=40,
    )
    return (number,)


def _dispatch_fields(visit: Visit) -> tuple[Field, ...]:
    say = visit.texts.say
    to = Field(name="to", label=say("web.document.to"), help=say("web.document.help.to"), max_length=200)
    return to, Field(name="on", label=say("web.document.on"), kind="date", value=visit.today.isoformat())
