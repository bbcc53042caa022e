"""`/moten/{body}/{day}/underlag`: the frozen pack of a meeting, what has changed since, and the button that freezes."""

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.errors import Refused
from pathways.exports.pack.files import MEDIA, look_up, pack_file
from pathways.queries.pack.build import build_text
from pathways.services.administration.office import Office
from pathways.services.pack.freeze import ACTION, Frozen, freeze_by_hand
from pathways.web.forms import first
from pathways.web.meeting_sections import list_meeting_sections
from pathways.web.office import administer
from pathways.web.pack_shown import (
    LONGEST_NUMBER,
    Found,
    asked_pack,
    find_packs,
    saying_of,
    show_pack,
    ways_to_take,
    when_frozen,
)
from pathways.web.posted import FormDep
from pathways.web.visit import NotFound, Visit, VisitDep

PACK = "/underlag"
router = APIRouter(prefix="/moten/{body}/{day}")


@router.get(PACK)
def read_pack(visit: VisitDep, body: str, day: str) -> Response:
    """Show the newest pack, or the one whose number the address names; before the first, when there will be one."""
    with visit.read() as work:
        found = find_packs(visit, work, body, day)
        if not found.packs and not visit.request.query_params.get("nummer"):
            return _nothing_yet(visit, found)
        pack = asked_pack(visit, found)
        shown = show_pack(visit, work, found, pack)
    return visit.page(
        "pack/pack.html",
        page=found.page,
        packs=found.packs,
        pack=pack,
        shown=shown,
        ways=ways_to_take(visit, found, pack) if visit.may("export") else [],
        can_freeze=_can_freeze(visit, found),
        read_at=visit.now,
        sections=list_meeting_sections(visit, found.page, PACK),
    )


@router.get(f"{PACK}/frys")
def ask_freeze(visit: VisitDep, body: str, day: str) -> Response:
    """Ask whether to freeze now, and say what that does."""
    found = _to_freeze(visit, body, day)
    return visit.page("pack/freeze.html", page=found.page, number=len(found.packs) + 1)


@router.post(f"{PACK}/frys")
def freeze(visit: VisitDep, body: str, day: str, form: FormDep) -> Response:
    """Freeze now, once for each number that was asked for."""
    found = _to_freeze(visit, body, day)
    asked = first(form, "nummer")
    number = int(asked) if asked.isdecimal() and len(asked) < LONGEST_NUMBER else None

    def act(office: Office) -> Frozen:
        return freeze_by_hand(office, found.meeting, profile=visit.profile, build=build_text, number=number)

    back = f"{found.page.address}{PACK}"
    try:
        frozen = administer(visit, ACTION, act)
    except Refused as error:
        if error.sentence != "error.pack_frozen_meanwhile":
            raise
        return visit.redirect(back, "web.pack.frozen_meanwhile")
    return visit.redirect(back, "web.pack.frozen_done", number=frozen.number)


@router.get(f"{PACK}.{{kind}}")
def take_pack(visit: VisitDep, body: str, day: str, kind: str) -> Response:
    """Send a pack as a file: the same bytes for whoever asks, whenever."""
    visit.require("export")
    if kind not in MEDIA:
        raise NotFound
    region_id, language = visit.visitor.region_id, visit.language
    with visit.read() as work:
        found = find_packs(visit, work, body, day)
        pack = asked_pack(visit, found)
        text, kept = look_up(work, pack, kind, region_id=region_id, language=language)
    made = pack_file(visit.app, pack, kind, saying_of(visit), region_id=region_id, kept=kept, text=text)
    name = f"underlag-{found.meeting.body}-{found.meeting.held_on.isoformat()}-nr{pack.number}.{kind}"
    return Response(made, media_type=MEDIA[kind], headers={"content-disposition": f'attachment; filename="{name}"'})


def _nothing_yet(visit: Visit, found: Found) -> Response:
    return visit.page(
        "pack/none.html",
        page=found.page,
        when=when_frozen(visit, found),
        can_freeze=_can_freeze(visit, found),
        sections=list_meeting_sections(visit, found.page, PACK),
    )


def _to_freeze(visit: Visit, body: str, day: str) -> Found:
    visit.require(ACTION)
    with visit.read() as work:
        return find_packs(visit, work, body, day)


def _can_freeze(visit: Visit, found: Found) -> bool:
    return visit.may(ACTION) and not found.meeting.cancelled and visit.today <= found.meeting.held_on
