"""`/forlopp/{slug}/loop/{n}/avstamning`: the review of a loop, written by many hands at once, signed, and noted."""

from collections.abc import Iterable, Mapping
from typing import TypedDict

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.charts.figure import Figure
from pathways.errors import InvalidOrder, PathwaysError
from pathways.queries.review import ReviewPage
from pathways.services.ask import new_command_id
from pathways.services.review.field import Clash
from pathways.services.review.questions import find_asked
from pathways.web.as_of import AsOf
from pathways.web.forms import Field, Keys, first, keys_of
from pathways.web.posted import FormDep
from pathways.web.refusals import shown
from pathways.web.review_fields import HAND, VERSION, shown_answer
from pathways.web.review_read import (
    Outcome,
    belongs,
    may_write,
    read_review,
    read_review_as_of,
    save_all,
    save_answer,
)
from pathways.web.review_resets import show_resets
from pathways.web.review_shown import (
    TONES,
    count_lacking,
    show_all_answers,
    show_checks,
    show_figures,
    show_hints,
    show_lacks,
    tell_days,
    tell_false_alarms,
    tell_news,
    tell_part,
    tell_prediction,
)
from pathways.web.visit import NotFound, Visit, VisitDep
from states.errors import StatesError

router = APIRouter(prefix="/forlopp/{slug}/loop/{number}/avstamning")
UNREADABLE, CONFLICT = 422, 409
SIGN = "signera"


@router.get("")
def show_review(visit: VisitDep, slug: str, number: str) -> Response:
    """Show the review: the form while it is open, the record once it is signed, now or as of a day."""
    visit.require("see_review")
    asked, page = read_review_as_of(visit, slug, number)
    if page.is_open and asked.day is None:
        return _open_page(visit, page, Outcome())
    return _signed_page(visit, page, asked)


@router.post("")
def save_review(visit: VisitDep, slug: str, number: str, form: FormDep) -> Response:
    """Save what was changed; and sign where that was asked for and nothing stands in the way."""
    page = read_review(visit, slug, number)
    if not may_write(visit, page):
        return _not_open(visit, page)
    outcome = save_all(visit, page, form)
    page = read_review(visit, slug, number)
    if not outcome.is_clean:
        return _open_page(visit, page, outcome, status=CONFLICT if outcome.clashes else UNREADABLE)
    if first(form, "gor") != SIGN:
        return visit.redirect(_root(page), "web.review.saved")
    if outcome.unseen:
        return _open_page(visit, page, outcome, status=CONFLICT)
    return _sign(visit, page, keys_of(form))


@router.get("/svar/{key}")
def show_answer(visit: VisitDep, slug: str, number: str, key: str) -> Response:
    """Show one question with the answer that stands; a browser without script is led to it on the page."""
    page = read_review(visit, slug, number)
    asked = find_asked(key)
    if not may_write(visit, page) or asked is None or not belongs(page, asked):
        raise NotFound
    if not _is_piece(visit):
        return visit.redirect(f"{_root(page)}#f-{key}")
    answer = shown_answer(visit, asked, key, page.paper.get(key), page.people)
    return visit.fragment("review/_answer_alone.html", one=answer, base=_root(page))


@router.post("/svar/{key}")
def keep_answer(visit: VisitDep, slug: str, number: str, key: str, form: FormDep) -> Response:
    """Save one answer as it is typed, and tell how that went below it."""
    page = read_review(visit, slug, number)
    asked = find_asked(key)
    if asked is None or not belongs(page, asked) or not visit.may("write_review", page.head.introduction_id):
        raise NotFound
    if not _is_piece(visit):
        return save_review(visit, slug, number, form)
    try:
        done = save_answer(visit, page, key, asked, form)
    except InvalidOrder as error:
        problem = error.problems[0]
        text = visit.texts.say(problem.sentence, **problem.values)
        answer = shown_answer(visit, asked, key, page.paper.get(key), page.people, error=text)
        return visit.fragment("review/_state_alone.html", one=answer, base=_root(page), is_saved=False)
    if isinstance(done, Clash):
        seen = int(first(form, VERSION + key) or 0)
        answer = shown_answer(visit, asked, key, page.paper.get(key), page.people, clash=done, seen=seen)
        return visit.fragment("review/_state_alone.html", one=answer, base=_root(page), is_saved=False)
    answer = shown_answer(visit, asked, key, done.answer, page.people)
    return visit.fragment("review/_state_alone.html", one=answer, base=_root(page), is_saved=True)


@router.post("/nytt")
def tell_what_is_new(visit: VisitDep, slug: str, number: str, form: FormDep) -> Response:
    """Tell what others have written since the page was shown, and how far the review has come."""
    page = read_review(visit, slug, number)
    if not visit.may("write_review", page.head.introduction_id):
        raise NotFound
    if not _is_piece(visit):
        return visit.redirect(_root(page))
    seen = {name.removeprefix(VERSION): first(form, name) for name in form if name.startswith(VERSION)}
    newer = [
        answer
        for key, answer in page.paper.answers.items()
        if key in seen and str(answer.version) != seen[key] and (not answer.hand or answer.hand != first(form, HAND))
    ]
    return visit.fragment(
        "review/_news.html",
        page=page,
        base=_root(page),
        news=tell_news(visit, newer),
        lacks=show_lacks(visit, page),
        lacking=count_lacking(page),
        hints={one.line.ref: show_hints(visit, one) for one in page.under_test},
    )


@router.post("/anteckning")
def add_note(visit: VisitDep, slug: str, number: str, form: FormDep) -> Response:
    """Add a note to a signed review, or the management group's answer to its question."""
    page = read_review(visit, slug, number)
    if not visit.may("add_review_note", page.head.introduction_id):
        raise NotFound
    data = {"number": page.number, "body": first(form, "body"), "kind": first(form, "kind") or "note"}
    try:
        visit.run(slug, "add_review_note", data, keys=Keys(keys_of(form).command_id))
    except InvalidOrder as error:
        text = visit.texts.say(error.problems[0].sentence, **error.problems[0].values)
        typed = first(form, "body")
        return _signed_page(visit, page, None, status=UNREADABLE, note=_note_field(visit, typed, text))
    return visit.redirect(f"{_root(page)}#anteckningar", "web.review.note_added")


def _is_piece(visit: Visit) -> bool:
    """Say whether the page itself asks for a piece of it, rather than a reader for a page."""
    return bool(visit.request.headers.get("hx-request"))


def _sign(visit: Visit, page: ReviewPage, keys: Keys) -> Response:
    data = {"number": page.number, "seen": page.paper.seen}
    try:
        visit.run(page.head.slug, "sign_review", data, keys=Keys(keys.command_id or new_command_id()))
    except (PathwaysError, StatesError) as error:
        told = shown(error, visit.wording, slug=page.head.slug)
        if told.status not in (CONFLICT, UNREADABLE):
            raise
        return _open_page(visit, read_review(visit, page.head.slug, str(page.number)), Outcome(), refused=told.text)
    signed = read_review(visit, page.head.slug, str(page.number))
    changes_plan = signed.to_adjust or signed.head.place == "adjusting"
    way = f"/forlopp/{page.head.slug}/loop/{page.number}/justera" if changes_plan else _root(page)
    return visit.redirect(way, "web.review.signed_notice")


def _unfolded(lacking: Mapping[str, int], amiss: Iterable[str]) -> set[str]:
    """Return the activities whose questions are in sight: where the work goes on, and where something is amiss."""
    first_open = next((ref for ref, n in lacking.items() if n), None)
    return {ref for ref in lacking if ref == first_open or any(key.startswith(f"a-{ref}-") for key in amiss)}


class Told(TypedDict):
    """What the page tells whether it is open or signed."""

    figures: dict[str, Figure]
    checks: list[tuple[str, bool]]
    hints: dict[str, list[str]]
    foretold: dict[str, list[tuple[str, str]]]
    days: dict[str, str]
    false_alarms: str
    tones: Mapping[str, str]
    link_key: dict[str, str]


def _open_page(visit: Visit, page: ReviewPage, outcome: Outcome, *, status: int = 200, refused: str = "") -> Response:
    case, answers, lacking = page.head.introduction_id, show_all_answers(visit, page, outcome), count_lacking(page)
    return visit.page(
        "review/review.html",
        status=CONFLICT if refused else status,
        page=page,
        base=_root(page),
        writes=may_write(visit, page),
        signs=visit.may("sign_review", case),
        skips=page.is_open and visit.may("skip_loop", case),
        foretells=visit.may("predict", case),
        answers=answers,
        faulty=[one.field for part in answers.values() for one in part.values()],
        clashes=len(outcome.clashes),
        news=tell_news(visit, outcome.unseen),
        refused=refused,
        lacks=show_lacks(visit, page),
        lacking=lacking,
        unfolded=_unfolded(lacking, [*outcome.faults, *outcome.clashes]),
        hand=new_command_id(),
        keys=Keys(),
        has_errors=bool(refused or not outcome.is_clean),
        **_told(visit, page),
    )


def _signed_page(
    visit: Visit, page: ReviewPage, asked: AsOf | None, *, status: int = 200, note: Field | None = None
) -> Response:
    case = page.head.introduction_id
    told = _told(visit, page)
    whole = tell_part(visit, "w", page.signed, WHOLE_TOLD) if page.signed else []
    return visit.page(
        "review/signed.html",
        status=asked.status if asked else status,
        page=page,
        base=_root(page),
        as_of=asked,
        whole=whole,
        parts_told=[(one, tell_part(visit, "a", one.signed, ACTIVITY_TOLD)) for one in page.under_test if one.signed],
        about={
            f"{row['indicator']}-{row['unit_id'] or 0}": tell_part(visit, "i", row, INDICATOR_TOLD)
            for row in page.stored
        },
        resets=show_resets(visit, page, is_now=asked is None or not asked.day),
        hidden=len(page.stored) - len(told["figures"]) if page.signed else 0,
        notes_by=visit.may("add_review_note", case) and page.signed is not None and (asked is None or not asked.day),
        adjusts=bool(page.to_adjust) and visit.may("update_activity", case) and page.head.is_open,
        note=note or _note_field(visit, "", ""),
        keys=Keys(),
        has_errors=bool(note),
        **told,
    )


def _told(visit: Visit, page: ReviewPage) -> Told:
    """Return what both forms of the page tell."""
    return {
        "figures": show_figures(visit, page),
        "checks": show_checks(visit, page.checks),
        "hints": {one.line.ref: show_hints(visit, one) for one in page.under_test},
        "foretold": {one.line.ref: tell_prediction(visit, one.prediction) for one in page.under_test if one.prediction},
        "days": {line.ref: tell_days(visit, line) for line in page.lines},
        "false_alarms": tell_false_alarms(visit, len(page.series)) if len(page.series) > 1 else "",
        "tones": TONES,
        "link_key": {one.about: f"matt-{one.about.replace('.', '-')}" for one in page.series},
    }


def _not_open(visit: Visit, page: ReviewPage) -> Response:
    if not visit.may("write_review", page.head.introduction_id):
        raise NotFound
    return visit.redirect(_root(page), "web.review.closed_notice")


def _note_field(visit: Visit, typed: str, error: str) -> Field:
    label = visit.texts.say("web.review.note.label")
    return Field(name="body", label=label, kind="area", value=typed, error=error, max_length=2000)


def _root(page: ReviewPage) -> str:
    return f"/forlopp/{page.head.slug}/loop/{page.number}/avstamning"


WHOLE_TOLD = (
    *("closing", "closing_why", "risks", "help_wanted", "asked_for", "question", "celebrate"),
    *("manager_informed", "minutes"),
)
ACTIVITY_TOLD = (
    *("scale", "done", "reach", "changed", "worse", "worse_how", "voice_patients", "voice_staff", "compared"),
    *("learned", "decision", "why", "change", "next_scale", "due_on", "share"),
)
INDICATOR_TOLD = ("explained", "explanation", "quality", "equal_care", "reset", "reset_why")
