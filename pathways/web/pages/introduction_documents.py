"""`/forlopp/{slug}/handlingar`: all documents of an introduction, and the way to begin one."""

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.exports.archive import build_archive, packed
from pathways.locale import texts
from pathways.models.document import DocumentKind
from pathways.queries.documents import list_documents
from pathways.queries.present import load_head
from pathways.queries.register import list_units
from pathways.services.document.kinds import OF_AN_INTRODUCTION
from pathways.services.document.make_document import make_document
from pathways.web.document_shown import TONES, language_of_region
from pathways.web.forms import Field, Option, first
from pathways.web.introduction_sections import list_sections
from pathways.web.office import administer
from pathways.web.pages.attachments import HANDED_OUT, disposition_of
from pathways.web.posted import FormDep, Posted
from pathways.web.visit import Visit, VisitDep

router = APIRouter(prefix="/forlopp/{slug}/handlingar")
ACTION = "keep_documents"
UNREADABLE = 422


@router.get("")
def show_documents(visit: VisitDep, slug: str) -> Response:
    """Show the introduction's documents, the newest first; elected readers see fixed ones only."""
    visit.require("see_documents")
    return _page(visit, slug, {})


@router.post("")
def begin(visit: VisitDep, slug: str, form: FormDep) -> Response:
    """Begin a document, or go to its working paper; 422 where no kind, or no unit for a letter, was chosen."""
    visit.require(ACTION)
    with visit.read() as work:
        head = load_head(work, region_id=visit.visitor.region_id, slug=slug)
        units = {unit.slug: unit.name for unit in list_units(work, region_id=visit.visitor.region_id)}
    asked, unit = first(form, "kind"), first(form, "unit")
    kind = next((one for one in OF_AN_INTRODUCTION if one == asked), None)
    errors = {} if kind else {"kind": visit.texts.say("web.document.fault.kind")}
    if kind is DocumentKind.STATUS_LETTER and unit not in units:
        errors["unit"] = visit.texts.say("web.document.fault.unit")
    if kind is None or errors:
        return _page(visit, slug, form, errors=errors)
    about = unit if kind is DocumentKind.STATUS_LETTER else ""
    title = texts(language_of_region(visit)).word("web.document.kind", kind)
    document_id = administer(
        visit,
        ACTION,
        lambda office: make_document(
            office,
            kind,
            title=f"{title}, {units[about]}" if about else title,
            profile=visit.profile,
            introduction_id=head.introduction_id,
            about=about,
        ),
    )
    return visit.redirect(f"/handlingar/{document_id}", "web.document.told.begun")


@router.get("/arkiv.zip")
def send_archive(visit: VisitDep, slug: str) -> Response:
    """Send the archive of an introduction that has ended; one that has not is refused, or marked as such if asked."""
    visit.require("export_archive")
    although_open = visit.request.query_params.get("oppet") == "ja"
    with visit.read() as work:
        archive = build_archive(
            work, region_id=visit.visitor.region_id, slug=slug, now=visit.now, although_open=although_open
        )
    headers = {**HANDED_OUT, "content-disposition": disposition_of(f"{archive.name}.zip")}
    return Response(packed(archive), media_type="application/zip", headers=headers)


def _page(visit: Visit, slug: str, form: Posted, *, errors: dict[str, str] | None = None) -> Response:
    region_id = visit.visitor.region_id
    with visit.read() as work:
        head = load_head(work, region_id=region_id, slug=slug)
        lines = list_documents(
            work,
            region_id=region_id,
            introduction_id=head.introduction_id,
            only_fixed=not visit.may("see_working_papers"),
        )
        keeps = visit.may(ACTION)
        units = list_units(work, region_id=region_id) if keeps else ()
    fields = [one.filled(form, errors or {}) for one in _fields(visit, [(one.slug, one.name) for one in units])]
    return visit.page(
        "document/list.html",
        status=UNREADABLE if errors else 200,
        head=head,
        lines=lines,
        fields=fields if keeps else [],
        tones=TONES,
        sections=list_sections(visit, slug, "/handlingar"),
        may_archive=visit.may("export_archive"),
    )


def _fields(visit: Visit, units: list[tuple[str, str]]) -> tuple[Field, Field]:
    say, word = visit.texts.say, visit.texts.word
    kinds = tuple(
        Option(value=kind, label=word("web.document.kind", kind), hint=say(f"web.document.about.{kind}"))
        for kind in OF_AN_INTRODUCTION
    )
    return (
        Field(name="kind", label=say("web.document.which"), kind="radios", options=kinds),
        Field(
            name="unit",
            label=say("web.document.unit"),
            help=say("web.document.help.unit"),
            kind="select",
            options=tuple(Option(value=slug, label=name) for slug, name in units),
            required=False,
        ),
    )
