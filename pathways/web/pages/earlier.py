"""`/forlopp/{slug}/tidigare/{number}`: an introduction that was followed by another, to read and not to change."""

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from pathways.documents.table_export import CSV, write_csv
from pathways.exports.archive import build_archive, packed
from pathways.planning.instants import local_date
from pathways.queries import choices
from pathways.queries.documents import list_documents
from pathways.queries.earlier import Earlier, find_earlier_file, list_earlier
from pathways.queries.introduction import introduction
from pathways.queries.log_page import log_page, whole_log
from pathways.queries.material import Head
from pathways.queries.present import load_head
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web.document_shown import TONES
from pathways.web.history_shown import tell_events
from pathways.web.introduction_shown import count_gaps, list_steps, tell_position
from pathways.web.pages.attachments import HANDED_OUT, disposition_of
from pathways.web.pages.history import history_sheet, read_cursor
from pathways.web.visit import NotFound, Visit, VisitDep

router = APIRouter(prefix="/forlopp/{slug}/tidigare/{number}")


@router.get("")
def show_earlier(visit: VisitDep, slug: str, number: int) -> Response:
    """Show all of it on one page, the history a page at a time; the newest one has a page of its own."""
    visit.require("see_introduction")
    region_id = visit.visitor.region_id
    with visit.read() as work:
        newest, head = _heads(visit, work, slug, number)
        if newest.number == head.number:
            return RedirectResponse(f"/forlopp/{slug}", status_code=303)
        view = introduction(
            work,
            region_id=region_id,
            slug=slug,
            number=number,
            profile=visit.profile,
            now=visit.now,
            with_history=False,
        )
        case, working = head.introduction_id, visit.may("see_working_papers")
        events = log_page(work, region_id=region_id, introduction_id=case, before=read_cursor(visit))
        documents = list_documents(work, region_id=region_id, introduction_id=case, only_fixed=not working)
        files = choices.list_attachments(work, case) if visit.may("see_task") else []
        others = list_earlier(work, region_id=region_id, slug=slug, before=newest.number)
    return visit.page(
        "introduction/earlier.html",
        view=view,
        row=view.position,
        spell=tell_spell(visit, next(one for one in others if one.number == number)),
        others=[one for one in others if one.number != number],
        steps=list_steps(visit, view),
        position=tell_position(visit, view),
        gaps=count_gaps(visit, view.gap),
        events=tell_events(visit, events.rows),
        newer=events.newer,
        older=events.older,
        documents=documents if visit.may("see_documents") else (),
        tones=TONES,
        files=files,
    )


@router.get("/historik.csv")
def send_history(visit: VisitDep, slug: str, number: int) -> Response:
    """Give the whole history as a file: the oldest first."""
    visit.require("see_introduction")
    visit.require("export")
    with visit.read() as work:
        _newest, head = _heads(visit, work, slug, number)
        events = whole_log(work, region_id=visit.visitor.region_id, introduction_id=head.introduction_id)
        content = write_csv(history_sheet(visit, head, events))
    name = f"historik-{slug}-{number}-{visit.today.isoformat()}.csv"
    return Response(content, media_type=CSV, headers={"content-disposition": disposition_of(name)})


@router.get("/arkiv.zip")
def send_archive(visit: VisitDep, slug: str, number: int) -> Response:
    """Send its archive."""
    visit.require("export_archive")
    with visit.read() as work:
        _heads(visit, work, slug, number)
        archive = build_archive(
            work, region_id=visit.visitor.region_id, slug=slug, number=number, now=visit.now, although_open=False
        )
    headers = {**HANDED_OUT, "content-disposition": disposition_of(f"{archive.name}.zip")}
    return Response(packed(archive), media_type="application/zip", headers=headers)


@router.get("/bilaga/{attachment}")
def hand_out(visit: VisitDep, slug: str, number: int, attachment: str) -> Response:
    """Hand a file of its tasks out to be saved."""
    visit.require("see_task")
    with visit.read() as work:
        _newest, head = _heads(visit, work, slug, number)
        file = find_earlier_file(
            work,
            region_id=visit.visitor.region_id,
            introduction_id=head.introduction_id,
            attachment=attachment,
        )
    if file is None:
        raise NotFound
    headers = {**HANDED_OUT, "content-disposition": disposition_of(file.name)}
    return Response(file.content, media_type=file.media_type, headers=headers)


def tell_spell(visit: Visit, one: Earlier) -> str:
    """Return how it ended, and from when to when it went on."""
    zone = visit.profile.region.zone
    told = visit.texts.say(
        "web.intro.earlier.spell",
        state=visit.texts.word("state", one.standing),
        since=visit.formats.day(local_date(one.began_at, zone)),
        until=visit.formats.day(local_date(one.ended_at, zone)),
    )
    return told[:1].upper() + told[1:]


def _heads(visit: Visit, work: UnitOfWork, slug: str, number: int) -> tuple[Head, Head]:
    """Return the newest introduction and the one asked for; a number that there is not is not found."""
    newest = load_head(work, region_id=visit.visitor.region_id, slug=slug)
    if not 1 <= number <= newest.number:
        raise NotFound
    return newest, load_head(work, region_id=visit.visitor.region_id, slug=slug, number=number)
