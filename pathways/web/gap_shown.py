"""What the pages of a gap analysis show: the parts of a bar, and the version and day that an address asks for."""

from dataclasses import dataclass
from datetime import datetime, time

from pathways.planning.instants import local_instant
from pathways.queries.gap import GapOverview, gap_overview
from pathways.queries.gap_picture import ANSWERS, StepPicture
from pathways.web.gap_invite import find_day
from pathways.web.visit import NotFound, Visit

TONES = {"not_applicable": "none", "dont_know": "unknown"}
DAYS_END = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a bar: an answer, how many gave it, how the part looks, and where it stands, in hundredths."""

    answer: str
    n: int
    tone: str
    left: float
    width: float


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: a version by its label, the order of the steps, a day in the past."""

    version: str | None
    in_order: bool
    day: str
    as_of: datetime | None
    error: str = ""


def read_asked(visit: Visit) -> Asked:
    """Return what the address asks for; a day that is none, or that is to come, is told as an error."""
    query = visit.request.query_params
    typed = query.get("datum", "").strip()
    version, in_order = query.get("version") or None, query.get("ordning") == "steg"
    if not typed:
        return Asked(version, in_order, "", None)
    day = find_day(typed)
    if day is None:
        return Asked(version, in_order, typed, None, visit.texts.say("web.gap.fault.day"))
    if day > visit.today:
        return Asked(version, in_order, typed, None, visit.texts.say("web.gap.fault.day_ahead"))
    if day == visit.today:
        return Asked(version, in_order, "", None)
    return Asked(version, in_order, typed, local_instant(day, DAYS_END, visit.profile.region.zone))


def load_gap(visit: Visit, slug: str, asked: Asked) -> GapOverview:
    """Return the gap analysis that the address asks for."""
    with visit.read() as work:
        return gap_overview(
            work,
            region_id=visit.visitor.region_id,
            slug=slug,
            profile=visit.profile,
            now=visit.now,
            version=asked.version,
            as_of=asked.as_of,
        )


def require_in(visit: Visit, action: str, introduction_id: int) -> None:
    """Answer as if the page did not exist where the visitor may not do this in the introduction."""
    if not visit.may(action, introduction_id):
        raise NotFound


def parts_of(picture: StepPicture) -> tuple[Part, ...]:
    """Return the parts of a step's bar, in the order of the answers; what nobody answered has no part."""
    total = picture.answered
    parts, left = [], 0.0
    for answer in ANSWERS:
        if n := picture.counts[answer]:
            width = 100 * n / total
            parts.append(Part(answer, n, TONES.get(answer, f"level-{answer}"), round(left, 3), round(width, 3)))
            left += width
    return tuple(parts)
