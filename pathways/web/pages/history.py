"""`/forlopp/{slug}/historik`: every accepted command with who, when and why, page by page or as a file."""

from collections.abc import Iterable

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.documents.table_export import CSV, Cell, Sheet, write_csv
from pathways.queries.log_page import LoggedEvent, log_page, whole_log
from pathways.queries.material import Head
from pathways.queries.present import load_head
from pathways.web.command_places import GROUPS
from pathways.web.history_shown import tell_event, tell_events
from pathways.web.introduction_sections import list_sections
from pathways.web.visit import NotFound, Visit, VisitDep

router = APIRouter()
LARGEST = 2_000_000_000
COLUMNS = ("seq", "at", "command", "about", "by", "on_behalf", "reason", "position", "undone")


@router.get("/forlopp/{slug}/historik")
def show_history(visit: VisitDep, slug: str) -> Response:
    """Show a page of the history, the newest first; `?slag=` narrows to one kind, `?fore=` is the cursor."""
    visit.require("see_introduction")
    kind, before = _kind(visit), read_cursor(visit)
    with visit.read() as work:
        head = load_head(work, region_id=visit.visitor.region_id, slug=slug)
        page = log_page(
            work,
            region_id=visit.visitor.region_id,
            introduction_id=head.introduction_id,
            before=before,
            commands=GROUPS.get(kind),
        )
    return visit.page(
        "introduction/history.html",
        head=head,
        events=tell_events(visit, page.rows),
        kind=kind,
        kinds=[("", _address(slug, "")), *((one, _address(slug, one)) for one in GROUPS)],
        newer=_address(slug, kind, page.newer),
        older=_address(slug, kind, page.older),
        file=f"/forlopp/{slug}/historik.csv" + (f"?slag={kind}" if kind else ""),
        sections=list_sections(visit, slug, "/historik"),
        may_correct=visit.may("correct", head.introduction_id),
    )


@router.get("/forlopp/{slug}/historik.csv")
def export_history(visit: VisitDep, slug: str) -> Response:
    """Give the whole history, or one kind of it, as a file: the oldest first."""
    visit.require("see_introduction")
    visit.require("export")
    kind = _kind(visit)
    with visit.read() as work:
        head = load_head(work, region_id=visit.visitor.region_id, slug=slug)
        events = whole_log(
            work,
            region_id=visit.visitor.region_id,
            introduction_id=head.introduction_id,
            commands=GROUPS.get(kind),
        )
        content = write_csv(history_sheet(visit, head, events))
    name = f"historik-{slug}-{visit.today.isoformat()}.csv"
    return Response(content, media_type=CSV, headers={"content-disposition": f'attachment; filename="{name}"'})


def history_sheet(visit: Visit, head: Head, events: Iterable[LoggedEvent]) -> Sheet:
    """Return a history as a table."""
    say = visit.texts.say
    facts = [
        (say("web.intro.history.file_region"), visit.visitor.region_name),
        (say("web.intro.history.file_pathway"), head.pathway),
        (say("web.intro.history.file_day"), visit.today.isoformat()),
    ]
    return Sheet(
        title=say("web.intro.history.title"),
        facts=facts,
        headings=[visit.texts.word("web.intro.history.column", name) for name in COLUMNS],
        rows=[_row(visit, event) for event in events],
    )


def _row(visit: Visit, event: LoggedEvent) -> list[Cell]:
    told = tell_event(visit, event)
    who = event.actor or visit.texts.say("actor.system")
    return [
        event.seq,
        visit.wording.instant(event.at),
        told.what,
        told.about,
        who,
        event.on_behalf,
        event.reason,
        told.position,
        event.undone_by,
    ]


def _kind(visit: Visit) -> str:
    """Return the kind of events asked for; one that there is not is not found."""
    kind = visit.request.query_params.get("slag", "")
    if kind and kind not in GROUPS:
        raise NotFound
    return kind


def read_cursor(visit: Visit) -> int | None:
    """Return the number that `?fore=` asks for events before; one that cannot be is not found."""
    typed = visit.request.query_params.get("fore", "")
    if not typed:
        return None
    if not typed.isdecimal() or not 1 <= int(typed) <= LARGEST:
        raise NotFound
    return int(typed)


def _address(slug: str, kind: str, before: int | None = 0) -> str | None:
    """Return the address of a page; with no cursor where there is no such page."""
    if before is None:
        return None
    asked = "&".join(part for part in (f"slag={kind}" if kind else "", f"fore={before}" if before else "") if part)
    return f"/forlopp/{slug}/historik" + (f"?{asked}" if asked else "")
