"""The lines that a signed review wants set anew: shown with the way there, and the four questions filled in from it."""

from collections.abc import Sequence
from dataclasses import dataclass

from pathways.queries.review import ReviewPage
from pathways.queries.review_resets import YES, Reset, find_wish, unit_slugs
from pathways.services.measure.reset_phase import QUESTIONS
from pathways.storage.unit_of_work import Row
from pathways.web.measuring_read import UNIT, Looked
from pathways.web.measuring_shown import words_of
from pathways.web.visit import Visit

LOOP = "loop"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownReset:
    """A series, why its lines are to be set anew, what has been done, and the address where it is done, if one."""

    name: str
    why: str
    done: str
    href: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What a signed review said of the lines that are about to be set anew."""

    loop: int
    said: Row

    def answers(self, *, is_sustained: bool, is_wanted: bool) -> dict[str, list[str]]:
        """Return the form's answers; a question that the review does not answer stays open."""
        explained = self.said["explained"]
        told = {
            "shift_sustained": YES if is_sustained else "",
            "cause_known": explained if explained in {YES, "no"} else "",
            "wanted_or_accepted": YES if is_wanted else "",
        }
        reason = ". ".join(
            str(text).strip().rstrip(".") for text in (self.said["reset_why"], self.said["explanation"]) if text
        )
        return {**{name: [told.get(name, "")] for name in QUESTIONS}, "reason": [reason]}


def show_resets(visit: Visit, page: ReviewPage, *, is_now: bool) -> Sequence[ShownReset]:
    """Return the wishes of a signed review; the way to meet one is for those who may, and only as things stand now."""
    may = is_now and page.head.is_open and visit.may("reset_phase", page.head.introduction_id)
    slugs: dict[int, str] = {}
    if may and any(one.unit_id is not None for one in page.resets):
        with visit.read() as work:
            slugs = unit_slugs(work, region_id=visit.visitor.region_id)
    return [
        ShownReset(
            name=f"{one.indicator['name'] or one.indicator['slug']}{f', {one.unit}' if one.unit else ''}",
            why=one.why or "",
            done=_done(visit, one),
            href=_way(page, one, slugs) if may and one.done_on is None and not one.indicator["retired_on"] else "",
        )
        for one in page.resets
    ]


def wish_of(visit: Visit, looked: Looked, indicator: str, unit_id: int | None) -> Wish | None:
    """Return the wish of the review that the address names by its loop; None where there is none such."""
    asked = visit.request.query_params.get(LOOP, "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 5):
        return None
    with visit.read() as work:
        said = find_wish(
            work,
            region_id=visit.visitor.region_id,
            introduction_id=looked.case,
            loop=int(asked),
            indicator=indicator,
            unit_id=unit_id,
        )
    return Wish(int(asked), said) if said is not None else None


def _done(visit: Visit, one: Reset) -> str:
    if one.done_on is None or one.starts is None:
        return ""
    period = words_of(visit).period(one.starts, one.indicator["every"])
    return visit.texts.say(
        "web.review.lines.done", period=period, day=visit.formats.day(one.done_on), by=one.done_by or "–"
    )


def _way(page: ReviewPage, one: Reset, slugs: dict[int, str]) -> str:
    unit = f"{UNIT}={slugs[one.unit_id]}&" if one.unit_id is not None else ""
    return f"/forlopp/{page.head.slug}/matning/{one.indicator['slug']}/nya-linjer?{unit}{LOOP}={page.number}"
