"""`/arets-implementation`: nominations of celebrated introductions year by year, the jury's votes, the results."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.errors import PathwaysError, Refused, Unknown
from pathways.queries.award import AwardView, find_award_view, list_awards, list_celebrated
from pathways.queries.choices import list_people, list_units
from pathways.services.celebrate import award
from pathways.services.celebrate.award import Acting
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web import award_fields as questions
from pathways.web.forms import Field, Keys, first
from pathways.web.posted import FormDep
from pathways.web.visit import NotFound, Visit, VisitDep

router = APIRouter(prefix="/arets-implementation")
ROOT = "/arets-implementation"
UNREADABLE = 422
OPEN, NOMINATE, VOTE, PUBLISH = "oppna", "nominera", "rosta", "publicera"


@router.get("")
def show_years(visit: VisitDep) -> Response:
    """Show the years and what was chosen; those who steer open a year here."""
    return _years_page(visit)


@router.post("")
def open_year(visit: VisitDep, form: FormDep) -> Response:
    """Open a year with its jury, or change the jury and the last day to nominate."""
    visit.require("manage_award")
    year, until = first(form, questions.YEAR), _day(first(form, questions.UNTIL))
    if not (year.isdecimal() and len(year) == 4):
        return _years_page(visit, form, {questions.YEAR: visit.texts.say("web.celebrate.award.year_wrong")})
    if until is None:
        return _years_page(visit, form, {questions.UNTIL: visit.texts.say("web.celebrate.award.day_wrong")})
    jurors = [one for one in form.get(questions.JURORS, ()) if one]

    def act(work: UnitOfWork) -> None:
        award.open_award(work, _acting(visit), year=int(year), nominate_until=until, jurors=jurors, today=visit.today)

    if (told := _do(visit, act)) is not None:
        at = {"error.award_year": questions.YEAR, "error.award_jury_small": questions.JURORS}
        field = at.get(told.sentence, questions.UNTIL)
        return _years_page(visit, form, {field: visit.wording.sentence(told.sentence, told.values)})
    return visit.redirect(f"{ROOT}/{year}", "web.celebrate.award.opened")


@router.get("/{year}")
def show_year(visit: VisitDep, year: int) -> Response:
    """Show what is nominated and how far the jury has come; after publication the result and its motive."""
    return _year_page(visit, year)


@router.post("/{year}/nominera")
def nominate(visit: VisitDep, year: int, form: FormDep) -> Response:
    """Put a celebrated introduction forward."""
    visit.require("nominate_award")

    def act(work: UnitOfWork) -> None:
        award.nominate(
            work,
            _acting(visit),
            year=year,
            introduction=_said(form, NOMINATE, questions.INTRODUCTION),
            unit=_said(form, NOMINATE, questions.UNIT) or None,
            motive=_said(form, NOMINATE, questions.MOTIVE),
            today=visit.today,
        )

    return _answer(visit, year, form, act, NOMINATE)


@router.post("/{year}/rosta")
def vote(visit: VisitDep, year: int, form: FormDep) -> Response:
    """Give the juror's vote, or change it."""
    if not _find(visit, year).is_juror:
        raise NotFound

    def act(work: UnitOfWork) -> None:
        motive = _said(form, VOTE, questions.MOTIVE)
        award.vote(work, _acting(visit), year=year, nomination=_chosen(form, VOTE), motive=motive)

    return _answer(visit, year, form, act, VOTE)


@router.post("/{year}/publicera")
def publish(visit: VisitDep, year: int, form: FormDep) -> Response:
    """Publish the jury's choice with its motive."""
    visit.require("manage_award")

    def act(work: UnitOfWork) -> None:
        motive = _said(form, PUBLISH, questions.MOTIVE)
        award.publish(work, _acting(visit), year=year, nomination=_chosen(form, PUBLISH), motive=motive)

    return _answer(visit, year, form, act, PUBLISH)


def _acting(visit: Visit) -> Acting:
    visitor = visit.visitor
    roles = frozenset(str(role) for role in visitor.hats)
    return Acting(person_id=visitor.person_id, region_id=visitor.region_id, roles=roles)


def _said(form: FormDep, way: str, name: str) -> str:
    """Return what was typed; fields bear the name of their form, since several stand on one page."""
    return first(form, f"{way}-{name}")


def _chosen(form: FormDep, way: str) -> int:
    chosen = _said(form, way, questions.NOMINATION)
    return int(chosen) if chosen.isdecimal() and len(chosen) < 10 else 0


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _do(visit: Visit, act: Callable[[UnitOfWork], None]) -> PathwaysError | None:
    """Carry something out; return why it was refused, None where it stands."""
    try:
        with visit.write() as work:
            act(work)
            work.commit()
    except (Refused, Unknown) as error:
        return error
    return None


def _answer(visit: Visit, year: int, form: FormDep, act: Callable[[UnitOfWork], None], way: str) -> Response:
    if (told := _do(visit, act)) is None:
        return visit.redirect(f"{ROOT}/{year}", f"web.celebrate.award.told.{way}")
    if told.sentence == "error.award_not_open":
        raise NotFound
    field = questions.MOTIVE
    if isinstance(told, Unknown):
        field = questions.UNIT if told.kind == "unit" else questions.INTRODUCTION
    elif told.sentence in {"error.award_not_celebrated", "error.award_nominated"}:
        field = questions.INTRODUCTION
    elif told.sentence in {"error.award_no_nomination", "error.award_not_most_votes"}:
        field = questions.NOMINATION
    return _year_page(visit, year, way, form, {f"{way}-{field}": visit.wording.sentence(told.sentence, told.values)})


def _find(visit: Visit, year: int) -> AwardView:
    visit.require("see_holding")
    visitor = visit.visitor
    with visit.read() as work:
        view = find_award_view(work, region_id=visitor.region_id, year=year, person_id=visitor.person_id)
    if view is None:
        raise NotFound
    return view


def _years_page(visit: Visit, typed: FormDep | None = None, faults: Mapping[str, str] | None = None) -> Response:
    visit.require("see_holding")
    region_id, manages = visit.visitor.region_id, visit.may("manage_award")
    with visit.read() as work:
        years = list_awards(work, region_id=region_id)
        people = list_people(work, region_id=region_id) if manages else []
    fields = questions.open_fields(visit, people, None) if manages else []
    if typed is not None:
        fields = [one.filled(typed, faults or {}) for one in fields]
    return visit.page(
        "celebrate/award_years.html",
        status=UNREADABLE if faults else 200,
        years=years,
        fields=fields,
        name_of=questions.name_of,
        keys=Keys(),
        has_errors=bool(faults),
    )


def _year_page(
    visit: Visit, year: int, way: str = "", typed: FormDep | None = None, faults: Mapping[str, str] | None = None
) -> Response:
    view = _find(visit, year)
    forms = _forms(visit, view)
    if way in forms and typed is not None:
        forms[way] = [one.filled(typed, faults or {}) for one in forms[way]]
    shown = [one for fields in forms.values() for one in fields]
    others = tuple((faults or {}).values()) if faults and not any(one.error for one in shown) else ()
    return visit.page(
        "celebrate/award.html",
        status=UNREADABLE if faults else 200,
        view=view,
        forms=forms,
        fields=shown,
        others=others,
        open_way=way,
        is_open=view.is_open(visit.today),
        manages=visit.may("manage_award"),
        name_of=questions.name_of,
        keys=Keys(),
        has_errors=bool(faults),
    )


def _forms(visit: Visit, view: AwardView) -> dict[str, Sequence[Field]]:
    """Return the forms that the visitor may use now."""
    forms: dict[str, Sequence[Field]] = {}
    if view.published_at is not None:
        return {}
    if view.is_open(visit.today) and visit.may("nominate_award"):
        with visit.read() as work:
            celebrated = list_celebrated(work, region_id=visit.visitor.region_id)
            units = list_units(work, region_id=visit.visitor.region_id)
        forms[NOMINATE] = questions.nominate_fields(visit, celebrated, units)
    if view.is_juror and view.nominations:
        fields = questions.choose_fields(visit, view, "web.celebrate.award.why_vote")
        given = {"nomination": [str(view.mine["nomination_id"])], "motive": [view.mine["motive"]]} if view.mine else {}
        forms[VOTE] = [one.filled(given, {}) for one in fields] if given else fields
    if visit.may("manage_award") and view.nominations and view.voted == len(view.jury):
        forms[PUBLISH] = questions.choose_fields(visit, view, "web.celebrate.award.why_publish")
    return {way: [replace(one, name=f"{way}-{one.name}") for one in fields] for way, fields in forms.items()}
