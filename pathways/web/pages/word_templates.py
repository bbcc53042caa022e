"""`/admin/wordmallar`: the Word template that the region's documents are set in: added with a check, tried, dropped."""

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.documents.paper import Bullets, Facts, Heading, Paper, Paragraph, Table
from pathways.documents.paper_word import check_word_template, make_own_template, make_paper_word
from pathways.documents.word_places import PLACES
from pathways.errors import NotAllowed, PathwaysError
from pathways.queries.people import load_names
from pathways.services.document.word_template import add_template, drop_template, find_template
from pathways.services.task.files import LARGEST_MB
from pathways.web.forms import Field, Keys
from pathways.web.office import administer, words_of
from pathways.web.pages.attachments import HANDED_OUT, disposition_of
from pathways.web.upload import UploadDep
from pathways.web.visit import NotFound, Visit, VisitDep

router = APIRouter(prefix="/admin/wordmallar")
ACTION = "manage_templates"
UNREADABLE, TOO_LARGE = 422, 413
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@router.get("")
def show_template(visit: VisitDep) -> Response:
    """Show which template is used, which places one may have, and the form to add one."""
    return _page(visit)


@router.post("")
def add(visit: VisitDep, upload: UploadDep) -> Response:
    """Take a file as the region's template; what is wrong with it is told with file, field and nearest known."""
    visit.require(ACTION)
    if upload.is_too_large:
        return _page(visit, error=visit.texts.say("error.file_too_large", n=LARGEST_MB), status=TOO_LARGE)
    if not upload.name or not upload.content:
        return _page(visit, error=visit.texts.say("web.work.file_missing"), status=UNREADABLE)
    name, content = upload.name, upload.content
    try:
        administer(visit, ACTION, lambda office: add_template(office, name, content, check=check_word_template))
    except NotAllowed:
        raise
    except PathwaysError as error:
        return _page(visit, error=words_of(visit, error)[1], status=UNREADABLE)
    return visit.redirect("/admin/wordmallar", "web.document.told.template_added")


@router.post("/egen")
def drop(visit: VisitDep) -> Response:
    """Go back to the product's own template."""
    administer(visit, ACTION, drop_template)
    return visit.redirect("/admin/wordmallar", "web.document.told.template_dropped")


@router.get("/{which}.docx")
def send(visit: VisitDep, which: str) -> Response:
    """Send the product's own template, the region's, or a page of every kind of part set in the one that is used."""
    visit.require(ACTION)
    with visit.read() as work:
        own = find_template(work, region_id=visit.visitor.region_id)
    match which:
        case "produktens":
            content, name = make_own_template(), "forlopp-wordmall.docx"
        case "regionens" if own is not None:
            content, name = own.content, own.name
        case "prov":
            content = make_paper_word(_trial(visit), own.content if own else None, file=own.name if own else "")
            name = "prov.docx"
        case _:
            raise NotFound
    return Response(content, media_type=WORD, headers={**HANDED_OUT, "content-disposition": disposition_of(name)})


def _page(visit: Visit, *, error: str = "", status: int = 200) -> Response:
    visit.require(ACTION)
    say = visit.texts.say
    with visit.read() as work:
        own = find_template(work, region_id=visit.visitor.region_id)
        by = load_names(work, region_id=visit.visitor.region_id).name(own.added_by) if own else None
    field = Field(
        name="file",
        label=say("web.document.template.file"),
        help=say("web.document.template.file_help", n=LARGEST_MB),
        kind="file",
        error=error,
    )
    places = [(_written(place), say(f"web.document.place.{place}")) for place in PLACES]
    return visit.page("document/templates.html", status=status, own=own, by=by, field=field, places=places, keys=Keys())


def _written(place: str) -> str:
    """Return a place as it is written in a template."""
    return "{{p body}}" if place == "body" else "{{ " + place + " }}"


def _trial(visit: Visit) -> Paper:
    say = visit.texts.say
    return Paper(
        title=say("web.document.trial.title"),
        subtitle=say("web.document.trial.subtitle"),
        language=visit.language,
        sender=visit.visitor.region_name,
        date=visit.today.isoformat(),
        register_no=say("web.document.trial.register_no"),
        footer=say("web.document.trial.title"),
        note=say("web.document.trial.note"),
        blocks=(
            Facts(pairs=((say("web.document.register_no"), say("web.document.trial.register_no")),)),
            Heading(text=say("web.document.trial.heading")),
            Paragraph(text=say("web.document.trial.text")),
            Heading(text=say("web.document.trial.heading"), level=3),
            Bullets(items=(say("web.document.trial.point"),) * 2),
            Bullets(items=(say("web.document.trial.point"),) * 2, numbered=True),
            Table(
                caption=say("web.document.trial.table"),
                heads=(say("web.document.paper.column.what"), say("web.document.paper.column.count")),
                rows=((say("web.document.trial.point"), "1"), (say("web.document.trial.point"), "12 345")),
                numeric=(1,),
            ),
        ),
    )
