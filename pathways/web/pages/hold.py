"""`/forlopp/{slug}/hall-i`: does the change hold? Who was asked, what the checks came to, and the ten questions."""

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.charts.figure import Figure
from pathways.errors import InvalidOrder, PathwaysError, Refused
from pathways.queries.holding import HoldPage, find_question, hold_page
from pathways.queries.moment import NotThere
from pathways.queries.present import load_head
from pathways.services.hold.lines import FEWEST, LINES
from pathways.web import hold_answering as answering
from pathways.web import hold_fields as questions
from pathways.web.as_of import AsOf, read_as_of
from pathways.web.evaluation_shown import build_figures
from pathways.web.forms import Keys, first, keys_of
from pathways.web.hold_answering import Sheet
from pathways.web.hold_shown import compare_lines
from pathways.web.introduction_sections import list_sections
from pathways.web.measuring_read import look
from pathways.web.plan_shown import require_in
from pathways.web.posted import FormDep
from pathways.web.visit import NotFound, Visit, VisitDep

router = APIRouter(prefix="/forlopp/{slug}/hall-i")
UNREADABLE = 422


@router.get("")
def show_checks(visit: VisitDep, slug: str) -> Response:
    """Show the open check and what the closed ones came to, now or as of a day."""
    visit.require("see_holding")
    asked, page = _read_as_of(visit, slug)
    case = page.head.introduction_id
    with visit.read() as work:
        mine = find_question(work, region_id=visit.visitor.region_id, slug=slug, person_id=visit.visitor.person_id)
    figures = _figures(visit, slug) if page.follow_ups else []
    now = asked.day is None
    return visit.page(
        "hold/overview.html",
        status=asked.status,
        page=page,
        as_of=asked,
        has_errors=bool(asked.field.error),
        compared=[(one, compare_lines(page, one)) for one in page.closed],
        figures=figures,
        moment_of=lambda months: questions.moment_of(visit, months),
        mine=mine if now and mine is not None and mine.is_open else None,
        leads=now and visit.may("open_hold_check", case),
        reopens=now and visit.may("reopen", case),
        follows=now and visit.may("record_follow_up", case),
        fewest=FEWEST,
        sections=list_sections(visit, slug, "/hall-i", asked.query),
    )


@router.get("/fraga")
def ask_whom(visit: VisitDep, slug: str) -> Response:
    """Ask which people are to answer, and by when."""
    return _ask_page(visit, slug, {}, Keys())


@router.post("/fraga")
def open_check(visit: VisitDep, slug: str, form: FormDep) -> Response:
    """Ask the people; each gets a task of their own with a link."""
    page, keys = _read(visit, slug), keys_of(form)
    require_in(visit, "open_hold_check", page.head.introduction_id)
    people = [one for name in (questions.PEOPLE, questions.OTHERS) for one in form.get(name, ()) if one]
    months = first(form, questions.MONTHS)
    data = {"people": people, "due_on": first(form, questions.DUE_ON), "months": months or "0"}
    if not people:
        return _ask_page(visit, slug, form, keys, {questions.PEOPLE: visit.texts.say("web.hold.ask_form.nobody")})
    try:
        visit.run(slug, "open_hold_check", data, keys=Keys(keys.command_id))
    except (InvalidOrder, Refused) as error:
        return _ask_page(visit, slug, form, keys, _fault(visit, error, questions.PEOPLE))
    return visit.redirect(_root(slug), "web.hold.ask_form.sent", n=len(people))


@router.get("/stang")
def ask_close(visit: VisitDep, slug: str) -> Response:
    """Ask who sees to what is weakest; where too few have answered, why the check is given up."""
    return _close_page(visit, slug, {}, Keys())


@router.post("/stang")
def close_check(visit: VisitDep, slug: str, form: FormDep) -> Response:
    """Close the check; its results are shown from now on."""
    page, keys = _read(visit, slug), keys_of(form)
    require_in(visit, "close_hold_check", page.head.introduction_id)
    given_up = page.open is None or not page.open.can_close
    reason = first(form, questions.REASON)
    if given_up and not reason:
        faults = {questions.REASON: visit.texts.say("web.hold.close_form.no_reason")}
        return _close_page(visit, slug, form, keys, faults)
    data: dict[str, object] = {"give_up": True} if given_up else {}
    if not given_up:
        names = (questions.OWNER, questions.DUE_ON)
        data = {name: value for name in names if (value := first(form, name))}
    try:
        visit.run(slug, "close_hold_check", data, keys=Keys(keys.command_id), reason=reason or None)
    except (InvalidOrder, Refused) as error:
        fault = _fault(visit, error, questions.REASON if given_up else questions.OWNER)
        return _close_page(visit, slug, form, keys, fault)
    return visit.redirect(_root(slug), "web.hold.close_form.given_up" if given_up else "web.hold.close_form.closed")


@router.get("/svara")
def show_start(visit: VisitDep, slug: str) -> Response:
    """Tell what is asked and how the answers are shown."""
    return answering.show_start(_sheet(visit, slug))


@router.get("/svara/alla")
def show_all(visit: VisitDep, slug: str) -> Response:
    """Show all questions on one page."""
    return answering.show_all(_sheet(visit, slug))


@router.post("/svara/alla")
def hand_in(visit: VisitDep, slug: str, form: FormDep) -> Response:
    """Hand the answers in."""
    sheet = _sheet(visit, slug)
    return answering.hand_in(sheet, form) or visit.redirect(sheet.after, "web.hold.thanks")


@router.get("/svara/{number}")
def show_question(visit: VisitDep, slug: str, number: int) -> Response:
    """Ask one question."""
    return answering.show_question(_sheet(visit, slug), number)


@router.post("/svara/{number}")
def save_question(visit: VisitDep, slug: str, number: int, form: FormDep) -> Response:
    """Keep one answer."""
    return answering.save_question(_sheet(visit, slug), number, form)


def _root(slug: str) -> str:
    return f"/forlopp/{slug}/hall-i"


def _sheet(visit: Visit, slug: str) -> Sheet:
    """Return the questions for the visitor; whoever was not asked finds no such page."""
    visitor = visit.visitor
    with visit.read() as work:
        head = load_head(work, region_id=visitor.region_id, slug=slug)
        question = find_question(work, region_id=visitor.region_id, slug=slug, person_id=visitor.person_id)
    if question is None or not question.is_open or question.introduction_id != head.introduction_id:
        raise NotFound
    after = _root(slug) if visit.may("see_holding") else "/"
    return Sheet(visit, slug, head.pathway, f"{_root(slug)}/svara", after, question)


def _read(visit: Visit, slug: str) -> HoldPage:
    with visit.read() as work:
        return hold_page(work, region_id=visit.visitor.region_id, slug=slug, now=visit.now)


def _figures(visit: Visit, slug: str) -> list[Figure]:
    """Return the charts that are looked at together with the check: a follow-up asks whether their lines hold."""
    with visit.read() as work:
        looked = look(visit, work, slug)
    return build_figures(visit, looked)


def _read_as_of(visit: Visit, slug: str) -> tuple[AsOf, HoldPage]:
    """Return the day asked for and the page as it stood; where it had not begun, why, and as it stands."""
    asked = read_as_of(visit)
    if asked.moment is None:
        return asked, _read(visit, slug)
    try:
        with visit.read() as work:
            return asked, hold_page(
                work, region_id=visit.visitor.region_id, slug=slug, now=visit.now, as_of=asked.moment
            )
    except NotThere as error:
        return asked.refused(visit.wording.sentence(error.sentence, error.values)), _read(visit, slug)


def _fault(visit: Visit, error: PathwaysError, otherwise: str) -> dict[str, str]:
    """Return what is wrong, at the question it belongs to."""
    if isinstance(error, InvalidOrder):
        return {questions.DUE_ON: visit.texts.say("web.hold.day_wrong")}
    field = questions.DUE_ON if error.sentence == "error.not_in_the_future" else otherwise
    text = "web.hold.day_past" if field == questions.DUE_ON else ""
    return {field: visit.texts.say(text) if text else visit.wording.sentence(error.sentence, error.values)}


def _ask_page(visit: Visit, slug: str, typed: FormDep, keys: Keys, faults: dict[str, str] | None = None) -> Response:
    page, faults = _read(visit, slug), faults or {}
    require_in(visit, "open_hold_check", page.head.introduction_id)
    with visit.read() as work:
        around = questions.load_around(visit, work, page.head.introduction_id)
    fields = questions.ask_fields(visit, page, around, typed, faults)
    return visit.page(
        "hold/ask.html",
        status=UNREADABLE if faults else 200,
        page=page,
        fields=fields,
        lines=LINES,
        can_ask=bool(page.ahead) or page.open is not None,
        keys=keys,
        has_errors=bool(faults),
    )


def _close_page(visit: Visit, slug: str, typed: FormDep, keys: Keys, faults: dict[str, str] | None = None) -> Response:
    page, faults = _read(visit, slug), faults or {}
    require_in(visit, "close_hold_check", page.head.introduction_id)
    with visit.read() as work:
        around = questions.load_around(visit, work, page.head.introduction_id)
    return visit.page(
        "hold/close.html",
        status=UNREADABLE if faults else 200,
        page=page,
        fields=questions.close_fields(visit, page, around, typed, faults),
        fewest=FEWEST,
        keys=keys,
        has_errors=bool(faults),
    )
