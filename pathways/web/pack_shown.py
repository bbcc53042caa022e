"""A frozen pack as its page shows it: parts in the reader's words, and beside them what has changed since."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pathways.charts.figure import Figure, build_figure
from pathways.charts.words import ChartWords
from pathways.errors import Unknown
from pathways.exports.pack.files import MEDIA
from pathways.exports.pack.paper import Told, tell_pack
from pathways.exports.pack.parts import Curve, Part
from pathways.exports.pack.saying import Saying
from pathways.queries.meeting_page import MeetingPage
from pathways.queries.moment import end_of_day
from pathways.queries.pack.build import build_pack
from pathways.queries.pack.content import thaw_content
from pathways.queries.pack.since import Since, since_then
from pathways.services.pack.due import pack_due_at
from pathways.services.pack.meeting import BodyMeeting, meeting_by_id
from pathways.services.pack.shelf import PackHead, choose_pack, list_packs, read_content
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web.as_of import NAME as AS_OF
from pathways.web.meeting_read import day_in, find_meeting
from pathways.web.visit import NotFound, Visit

LONGEST_NUMBER = 6


@dataclass(frozen=True, slots=True)
class Found:
    """A meeting with its packs, the newest first."""

    page: MeetingPage
    meeting: BodyMeeting
    packs: tuple[PackHead, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPart:
    """A part with what has changed since: beside its lines and decisions by their keys, and `others` by themselves."""

    part: Part
    beside: Mapping[str, tuple[str, ...]]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPack:
    """A pack on its page. `changed` counts what has changed since."""

    told: Told
    parts: tuple[ShownPart, ...]
    figures: Mapping[str, Figure]
    changed: int


def find_packs(visit: Visit, work: UnitOfWork, body: str, day: str) -> Found:
    """Return the meeting that an address names with its packs, for a reader who may see meetings.

    A pack as of a day that has not come is refused.
    """
    _asked_moment(visit)
    page = find_meeting(visit, work, body, day)
    meeting = meeting_by_id(work, page.sitting.meeting_id, region_id=visit.visitor.region_id)
    return Found(page, meeting, list_packs(work, meeting))


def asked_pack(visit: Visit, found: Found) -> PackHead:
    """Return the pack that the address asks for by its number, or the newest; without it there is no such page.

    With `?datum=` the newest is the one that was that day's.
    """
    moment = _asked_moment(visit)
    packs = tuple(one for one in found.packs if moment is None or one.frozen_at <= moment)
    asked = visit.request.query_params.get("nummer", "")
    if asked and not (asked.isdecimal() and len(asked) < LONGEST_NUMBER):
        raise NotFound
    try:
        return choose_pack(packs, int(asked) if asked else None)
    except Unknown as error:
        raise NotFound from error


def _asked_moment(visit: Visit) -> datetime | None:
    typed = visit.request.query_params.get(AS_OF, "").strip()
    return end_of_day(day_in(typed), profile=visit.profile, now=visit.now) if typed else None


def saying_of(visit: Visit) -> Saying:
    """Return the words of packs in the reader's language."""
    return Saying(visit.wording, visit.profile.region.zone)


def show_pack(visit: Visit, work: UnitOfWork, found: Found, pack: PackHead) -> ShownPack:
    """Return the pack in words, held against what is true now."""
    saying = saying_of(visit)
    frozen = thaw_content(read_content(work, pack, region_id=visit.visitor.region_id))
    live = build_pack(work, found.meeting, profile=visit.profile, held_against=frozen)
    since = since_then(frozen, live)
    told = tell_pack(pack, frozen, saying)
    words = ChartWords(visit.texts)
    curves = (piece for part in told.parts for piece in part.pieces if isinstance(piece, Curve))
    return ShownPack(
        told=told,
        parts=tuple(_shown(part, [one for one in since if one.part == part.name], saying) for part in told.parts),
        figures={curve.key: build_figure(curve.chart, words) for curve in curves},
        changed=len(since),
    )


def when_frozen(visit: Visit, found: Found) -> str:
    """Return when the clock will freeze a pack that nobody has frozen yet."""
    due_at = pack_due_at(found.meeting.held_on, visit.profile)
    if visit.today > found.meeting.held_on:
        return visit.texts.say("web.pack.none_over")
    if due_at <= visit.now:
        return visit.texts.say("web.pack.none_soon")
    sentence = "web.pack.none_when" if found.page.members else "web.pack.none_nobody"
    return visit.texts.say(sentence, at=visit.formats.moment(due_at))


def ways_to_take(visit: Visit, found: Found, pack: PackHead) -> list[tuple[str, str]]:
    """Return (address, words) of each kind of file."""
    root, words = f"{found.page.address}/underlag", visit.texts
    return [(f"{root}.{kind}?nummer={pack.number}", words.word("web.pack.take", kind)) for kind in MEDIA]


def _shown(part: Part, since: list[Since], saying: Saying) -> ShownPart:
    beside: dict[str, list[str]] = defaultdict(list)
    others: list[str] = []
    for one in since:
        if one.key in part.keys:
            beside[one.key].append(saying.since(one))
        else:
            others.append(saying.say("labelled", label=one.about, text=saying.since(one)))
    return ShownPart(part=part, beside={key: tuple(told) for key, told in beside.items()}, others=tuple(others))
