"""`/forlopp/{slug}/utvardering`, `/tack` and `/lardomar`: what it came to, thanks to all, and what others can learn."""

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.errors import InvalidOrder, Refused
from pathways.queries.celebration import load_evaluation
from pathways.queries.lessons import list_lessons
from pathways.queries.present import load_head
from pathways.queries.shared import list_own_shared
from pathways.services.celebrate.write_evaluation import EVALUATED
from pathways.services.gap.answers import CAUSES, HINDERS
from pathways.services.gap.steps import list_steps
from pathways.services.plan.parts import LONG
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web.as_of import AsOf
from pathways.web.evaluation_shown import build_figures, build_lines, list_achieved
from pathways.web.forms import Field, Keys, Option, first, keys_of
from pathways.web.introduction_sections import list_sections
from pathways.web.measuring_read import look
from pathways.web.plan_shown import head_to
from pathways.web.posted import FormDep
from pathways.web.visit import Visit, VisitDep

router = APIRouter(prefix="/forlopp/{slug}")
UNREADABLE = 422
REMARK, WORDS = "om", "words"
SHORTEST_WORDS = 3
LONGEST_STEP = 200


@router.get("/utvardering")
def show_evaluation(visit: VisitDep, slug: str) -> Response:
    """Show the five lines filled from data, with the charts, now or as of a day."""
    return _evaluation_page(visit, slug, None, {}, Keys())


@router.post("/utvardering")
def save_evaluation(visit: VisitDep, slug: str, form: FormDep) -> Response:
    """Keep what people say of the lines."""
    keys = keys_of(form)
    head_to(visit, "write_evaluation", slug)
    said = {line: first(form, f"{REMARK}-{line}") for line in EVALUATED}
    long = visit.texts.say("web.celebrate.too_long", n=LONG)
    if faults := {f"{REMARK}-{line}": long for line, text in said.items() if len(text) > LONG}:
        return _evaluation_page(visit, slug, form, faults, keys)
    remarks = [{"line": line, "text": text} for line, text in said.items()]
    visit.run(slug, "write_evaluation", {"remarks": remarks}, keys=Keys(keys.command_id))
    return visit.redirect(f"/forlopp/{slug}/utvardering", "web.celebrate.saved")


@router.get("/tack")
def show_thanks(visit: VisitDep, slug: str) -> Response:
    """Show the page of thanks, made to be printed: what was achieved, and all who took part."""
    return _thanks_page(visit, slug, {}, {}, Keys())


@router.post("/tack")
def send_thanks(visit: VisitDep, slug: str, form: FormDep) -> Response:
    """Send the words of thanks to all who took part."""
    keys = keys_of(form)
    head_to(visit, "say_thanks", slug)
    words = first(form, WORDS)
    if not SHORTEST_WORDS <= len(words) <= LONG:
        return _thanks_page(visit, slug, form, {WORDS: visit.texts.say("web.celebrate.thanks.fault", n=LONG)}, keys)
    try:
        visit.run(slug, "say_thanks", {"words": words}, keys=Keys(keys.command_id))
    except Refused as error:
        told = visit.wording.sentence(error.sentence, error.values)
        return _thanks_page(visit, slug, form, {WORDS: told}, keys)
    return visit.redirect(f"/forlopp/{slug}/tack", "web.celebrate.thanks.sent")


@router.get("/lardomar")
def show_lessons(visit: VisitDep, slug: str) -> Response:
    """Show the lessons of the introduction, with a form for those who lead."""
    return _lessons_page(visit, slug, {}, {}, Keys())


@router.post("/lardomar")
def save_lesson(visit: VisitDep, slug: str, form: FormDep) -> Response:
    """Keep a lesson."""
    keys = keys_of(form)
    head_to(visit, "record_lesson", slug)
    data = {
        "text": first(form, "text"),
        "hinders": [one for one in form.get("hinders", ()) if one],
        "causes": [one for one in form.get("causes", ()) if one],
        "step": first(form, "step"),
    }
    try:
        visit.run(slug, "record_lesson", data, keys=Keys(keys.command_id))
    except InvalidOrder as error:
        names = {problem.field.partition(".")[0] for problem in error.problems}
        at = "hinders" if names == {"hinders"} else "text"
        return _lessons_page(visit, slug, form, {at: visit.texts.say(f"web.celebrate.lesson.fault.{at}", n=LONG)}, keys)
    return visit.redirect(f"/forlopp/{slug}/lardomar", "web.celebrate.lesson.saved")


@router.post("/lardomar/{ref}/ta-bort")
def withdraw_lesson(visit: VisitDep, slug: str, ref: str, form: FormDep) -> Response:
    """Take a lesson back."""
    visit.run(slug, "withdraw_lesson", {"lesson": ref}, keys=Keys(keys_of(form).command_id))
    return visit.redirect(f"/forlopp/{slug}/lardomar", "web.celebrate.lesson.withdrawn")


def _evaluation_page(visit: Visit, slug: str, typed: FormDep | None, faults: dict[str, str], keys: Keys) -> Response:
    visit.require("see_holding")
    with visit.read() as work:
        looked = look(visit, work, slug)
        asked: AsOf = looked.as_of
        page = load_evaluation(work, region_id=visit.visitor.region_id, slug=slug, now=visit.now, as_of=asked.moment)
    case = page.head.introduction_id
    writes = asked.day is None and page.takes_remarks and visit.may("write_evaluation", case)
    lines = build_lines(visit, page, looked)
    stands = {f"{REMARK}-{one.name}": [one.remark] for one in lines}
    fields = {one.name: _remark(visit, one.name).filled(typed or stands, faults) for one in lines}
    return visit.page(
        "celebrate/evaluation.html",
        status=UNREADABLE if faults else asked.status,
        page=page,
        as_of=asked,
        lines=lines,
        fields=fields if writes else {},
        figures=build_figures(visit, looked),
        leads=asked.day is None and visit.may("record_celebration", case),
        nominates=asked.day is None and visit.may("nominate_award"),
        keys=keys,
        has_errors=bool(faults or asked.field.error),
        sections=list_sections(visit, slug, "/utvardering", asked.query),
    )


def _thanks_page(visit: Visit, slug: str, typed: FormDep, faults: dict[str, str], keys: Keys) -> Response:
    visit.require("see_holding")
    with visit.read() as work:
        looked = look(visit, work, slug, back=False)
        page = load_evaluation(work, region_id=visit.visitor.region_id, slug=slug, now=visit.now)
    words = Field(
        name=WORDS,
        label=visit.texts.say("web.celebrate.thanks.words"),
        help=visit.texts.say("web.celebrate.thanks.words_help"),
        kind="area",
        max_length=LONG,
    )
    unsent = page.celebration is not None and page.celebration["thanked_on"] is None and page.head.is_open
    sends = (unsent or bool(faults)) and visit.may("say_thanks", page.head.introduction_id)
    return visit.page(
        "celebrate/thanks.html",
        status=UNREADABLE if faults else 200,
        page=page,
        achieved=list_achieved(visit, page, looked),
        remarks=[text for line in EVALUATED if line != "held" and (text := page.remark(line))],
        words=words.filled(typed, faults) if sends else None,
        keys=keys,
        has_errors=bool(faults),
    )


def _remark(visit: Visit, line: str) -> Field:
    return Field(
        name=f"{REMARK}-{line}",
        label=visit.texts.say("web.celebrate.remark"),
        kind="area",
        rows=2,
        required=False,
        max_length=LONG,
    )


def _lessons_page(visit: Visit, slug: str, typed: FormDep, faults: dict[str, str], keys: Keys) -> Response:
    visit.require("see_holding")
    with visit.read() as work:
        head = load_head(work, region_id=visit.visitor.region_id, slug=slug)
        lessons = [
            one
            for one in list_lessons(work, region_id=visit.visitor.region_id)
            if one.introduction_id == head.introduction_id
        ]
        steps = _steps(visit, work, head.own["analysed_version_id"])
        shared = list_own_shared(work, region_id=visit.visitor.region_id, introduction_id=head.introduction_id)
    writes = head.is_open and visit.may("record_lesson", head.introduction_id)
    fields = [one.filled(typed, faults) for one in _lesson_fields(visit, steps)] if writes else []
    return visit.page(
        "celebrate/lessons.html",
        status=UNREADABLE if faults else 200,
        head=head,
        lessons=lessons,
        shared=shared,
        shares=visit.may("share_experience", head.introduction_id),
        fields=fields,
        keys=keys,
        has_errors=bool(faults),
        sections=list_sections(visit, slug, "/utvardering"),
    )


def _steps(visit: Visit, work: UnitOfWork, version_id: int | None) -> tuple[Option, ...]:
    """Return the steps; their Swedish heading is what a lesson keeps, to be found again in another pathway."""
    if version_id is None:
        return ()
    steps = list_steps(work, visit.profile, version_id)[version_id]
    return tuple(
        Option(value=step.title["sv"][:LONGEST_STEP], label=visit.formats.title(dict(step.title))) for step in steps
    )


def _lesson_fields(visit: Visit, steps: tuple[Option, ...]) -> list[Field]:
    say = visit.texts.say
    hinders = tuple(Option(value=one, label=say(f"web.gap.hinders.{one}")) for one in HINDERS)
    causes = tuple(Option(value=one, label=say(f"web.gap.causes.{one}")) for one in CAUSES)
    none = Option(value="", label=say("web.celebrate.lesson.any_step"))
    return [
        Field(
            name="text",
            label=say("web.celebrate.lesson.text"),
            help=say("web.celebrate.lesson.text_help"),
            kind="area",
            rows=3,
            max_length=LONG,
        ),
        Field(
            name="hinders",
            label=say("web.celebrate.lesson.hinders"),
            help=say("web.celebrate.lesson.hinders_help"),
            kind="checkboxes",
            options=hinders,
            required=False,
        ),
        Field(
            name="causes", label=say("web.celebrate.lesson.causes"), kind="checkboxes", options=causes, required=False
        ),
        Field(
            name="step", label=say("web.celebrate.lesson.step"), kind="select", options=(none, *steps), required=False
        ),
    ]
