"""`/forlopp/{slug}/loop`: the learning loops, celebration and follow-ups; and one loop with the form of its review."""

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.queries.views import IntroductionView, LoopView
from pathways.web.command_draft import begin_with
from pathways.web.command_errand import Errand, open_errand
from pathways.web.introduction_read import read_view
from pathways.web.introduction_sections import list_sections
from pathways.web.introduction_shown import list_onward, live_timers
from pathways.web.visit import NotFound, Visit, VisitDep

router = APIRouter()
HOLD = "hold_loop"
HERE = frozenset(
    {"open_loop", HOLD, "adopt_adjusted_plan", "record_celebration", "finish", "record_follow_up", "reopen"}
)
FORETELLING = frozenset({"prioritisation", "implementation", "learning"})
WATCHED = frozenset({"learning_loop", "loop_overdue", "follow_up"})


@router.get("/forlopp/{slug}/loop")
def list_loops(visit: VisitDep, slug: str) -> Response:
    """Show every loop, when the next one opens, and what has come after them."""
    visit.require("see_introduction")
    with visit.read() as work:
        asked, view = read_view(visit, work, slug)
    every = [one for part in list_onward(visit, view).values() for one in part]
    return visit.page(
        "introduction/loops.html",
        status=asked.status,
        view=view,
        row=view.position,
        as_of=asked,
        has_errors=bool(asked.field.error),
        sections=list_sections(visit, slug, "/loop", asked.query),
        timers=[timer for timer in live_timers(view) if timer.kind in WATCHED],
        upcoming=_upcoming(view) if asked.day is None else None,
        onward=[one for one in every if one.command in HERE],
    )


@router.get("/forlopp/{slug}/loop/{number}")
def show_loop(visit: VisitDep, slug: str, number: str) -> Response:
    """Show one loop: its review, or the form for it while it is open."""
    visit.require("see_introduction")
    with visit.read() as work:
        asked, view = read_view(visit, work, slug)
    loop = next((one for one in view.loops if str(one.number) == number), None)
    if loop is None:
        raise NotFound
    errand = _errand(visit, slug, loop) if asked.day is None else None
    return visit.page(
        "introduction/loop.html",
        status=asked.status,
        view=view,
        row=view.position,
        as_of=asked,
        has_errors=bool(asked.field.error),
        sections=list_sections(visit, slug, "/loop", asked.query),
        one_loop=loop,
        loop_number=loop.number,
        loop_facts=_facts(visit, loop),
        errand=errand,
        **_form(errand),
    )


def _upcoming(view: IntroductionView) -> int | None:
    """Return the loop that is open or comes next, for what is foretold of it; None where learning is over."""
    if view.position.standing != "active" or view.position.phase not in FORETELLING:
        return None
    opened = (loop.number for loop in view.loops if loop.state == "open")
    return next(opened, 1 + max((loop.number for loop in view.loops), default=0))


def _form(errand: Errand | None) -> dict[str, object]:
    """Return the questions of the review, with a draft's answers where there is one."""
    if errand is None:
        return {}
    form, kept_at = begin_with(errand)
    return {"fields": [one.filled(form, {}) for one in errand.fields], "kept_at": kept_at}


def _facts(visit: Visit, loop: LoopView) -> list[tuple[str, str]]:
    """Return the loop's days, and once it is held what it decided and which roles were there."""
    say, day = visit.texts.say, visit.formats.day
    facts = [(say("web.intro.loop.due"), day(loop.due_on)), (say("web.intro.loop.opened"), day(loop.opened_on))]
    if loop.held_on is not None:
        facts.append((say("web.intro.loop.held"), day(loop.held_on)))
    if loop.decision:
        facts.append((say("web.intro.loop.decision"), visit.texts.word("choice", loop.decision)))
    if loop.attendees:
        facts.append((say("web.intro.loop.attendees"), visit.wording.roles(loop.attendees)))
    return facts


def _errand(visit: Visit, slug: str, loop: LoopView) -> Errand | None:
    """Return the review of an open loop, for those who may hold it."""
    if loop.state != "open":
        return None
    try:
        errand = open_errand(visit, slug, HOLD, {})
    except NotFound:
        return None
    return None if errand.hindrance else errand
