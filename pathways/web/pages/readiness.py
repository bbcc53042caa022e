"""`/forlopp/{slug}/beredskap` and `/forlopp/{slug}/rangordning/svarighet`: ready to begin, and how hard it is."""

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.errors import InvalidOrder, Refused
from pathways.profiles.vocabulary import Role
from pathways.queries.choices import list_people
from pathways.queries.moment import NotThere
from pathways.queries.readiness import ComplexityPage, Readiness, complexity_page, readiness_page
from pathways.services.announce import OVERSEERS, TEAM
from pathways.services.roster import roster_of
from pathways.web import ready_fields as questions
from pathways.web.as_of import AsOf, read_as_of
from pathways.web.forms import Keys, Option, keys_of
from pathways.web.introduction_sections import list_sections
from pathways.web.plan_shown import require_in
from pathways.web.posted import FormDep
from pathways.web.visit import Visit, VisitDep

router = APIRouter(prefix="/forlopp/{slug}")
READY, HARD = "/beredskap", "/rangordning/svarighet"
UNREADABLE = 422
SEES_TO_IT = (*TEAM, *OVERSEERS, Role.UNIT_REPRESENTATIVE, Role.ANALYST)


@router.get("/beredskap")
def show_readiness(visit: VisitDep, slug: str) -> Response:
    """Show the ten lines, as a form for those who lead, now or as of a day."""
    visit.require("see_holding")
    asked = read_as_of(visit)
    if asked.moment is not None:
        try:
            return _ready_page(visit, _readiness(visit, slug, asked), asked)
        except NotThere as error:
            asked = asked.refused(visit.wording.sentence(error.sentence, error.values))
    return _ready_page(visit, _readiness(visit, slug), asked)


@router.post("/beredskap")
def save_readiness(visit: VisitDep, slug: str, form: FormDep) -> Response:
    """Keep what was answered."""
    page, keys = _readiness(visit, slug), keys_of(form)
    require_in(visit, "set_readiness", page.head.introduction_id)
    if faults := questions.ready_faults(visit, page, form):
        return _ready_page(visit, page, read_as_of(visit), form, faults, keys)
    try:
        visit.run(slug, "set_readiness", {"lines": questions.ready_data(page, form)}, keys=Keys(keys.command_id))
    except InvalidOrder as error:
        answered = [str(line["line"]) for line in questions.ready_data(page, form)]
        wrong = {_at(answered, problem.field) for problem in error.problems}
        faults = {name: visit.texts.say("web.hold.day_wrong") for name in wrong}
        return _ready_page(visit, page, read_as_of(visit), form, faults, keys)
    return visit.redirect(f"/forlopp/{slug}{READY}", "web.hold.ready.saved")


@router.get("/rangordning/svarighet")
def ask_complexity(visit: VisitDep, slug: str) -> Response:
    """Ask how hard each domain is."""
    return _hard_page(visit, _complexity(visit, slug))


@router.post("/rangordning/svarighet")
def save_complexity(visit: VisitDep, slug: str, form: FormDep) -> Response:
    """Keep the assessment."""
    page, keys = _complexity(visit, slug), keys_of(form)
    require_in(visit, "assess_complexity", page.head.introduction_id)
    if faults := questions.hard_faults(visit, page, form):
        return _hard_page(visit, page, form, faults, keys)
    data = {"domains": questions.hard_data(page, form)}
    try:
        visit.run(slug, "assess_complexity", data, keys=Keys(keys.command_id))
    except Refused as error:
        told = visit.wording.sentence(error.sentence, error.values)
        first = f"{questions.ANSWER}-{page.domains[0].name}"
        return _hard_page(visit, page, form, {first: told}, keys)
    return visit.redirect(f"/forlopp/{slug}{HARD}", "web.hold.hard.saved")


def _readiness(visit: Visit, slug: str, asked: AsOf | None = None) -> Readiness:
    with visit.read() as work:
        return readiness_page(
            work,
            region_id=visit.visitor.region_id,
            slug=slug,
            today=(asked.day if asked else None) or visit.today,
            now=visit.now,
            as_of=asked.moment if asked else None,
        )


def _complexity(visit: Visit, slug: str) -> ComplexityPage:
    with visit.read() as work:
        return complexity_page(work, region_id=visit.visitor.region_id, slug=slug, today=visit.today, now=visit.now)


def _people(visit: Visit, page: Readiness) -> list[Option]:
    """Return those who may be named: the people around the introduction."""
    region_id = visit.visitor.region_id
    with visit.read() as work:
        roster = roster_of(work, introduction_id=page.head.introduction_id, region_id=region_id, today=visit.today)
        near = {*roster.holders(*SEES_TO_IT)}
        rows = [row for row in list_people(work, region_id=region_id) if row["id"] in near]
    return [Option(value=row["slug"], label=row["name"]) for row in rows]


def _at(answered: list[str], field: str) -> str:
    """Return the question that a fault of the order is about: "lines.3.due_on" is the day of the fourth answered."""
    number = field.split(".")[1]
    return f"{questions.DUE_ON}-{answered[int(number)]}"


def _ready_page(
    visit: Visit,
    page: Readiness,
    asked: AsOf,
    typed: FormDep | None = None,
    faults: dict[str, str] | None = None,
    keys: Keys | None = None,
) -> Response:
    writes = asked.day is None and page.head.is_open and visit.may("set_readiness", page.head.introduction_id)
    forms = questions.ready_forms(visit, page, _people(visit, page), typed, faults or {}) if writes else []
    return visit.page(
        "hold/readiness.html",
        status=UNREADABLE if faults else asked.status,
        page=page,
        as_of=asked,
        forms=forms,
        fields=[one for form in forms for one in form.fields],
        keys=keys or Keys(),
        has_errors=bool(faults or asked.field.error),
        sections=list_sections(visit, page.head.slug, "/hall-i", asked.query),
    )


def _hard_page(
    visit: Visit,
    page: ComplexityPage,
    typed: FormDep | None = None,
    faults: dict[str, str] | None = None,
    keys: Keys | None = None,
) -> Response:
    require_in(visit, "assess_complexity", page.head.introduction_id)
    forms = questions.hard_forms(visit, page, typed, faults or {})
    return visit.page(
        "hold/complexity.html",
        status=UNREADABLE if faults else 200,
        page=page,
        forms=forms,
        fields=[one for form in forms for one in form.fields],
        complex_count=sum(one.answer == "complex" for one in page.domains),
        keys=keys or Keys(),
        has_errors=bool(faults),
    )
