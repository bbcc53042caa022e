"""`/rapporter`: the two reports to the state and other documents of the region as a whole."""

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.errors import Unknown
from pathways.locale import texts
from pathways.models.document import DocumentKind
from pathways.queries.documents import list_documents
from pathways.queries.papers.state_report import FIRST_YEAR, Occasion, Report, read_report
from pathways.services.document.make_document import make_document
from pathways.web.document_shown import REPORTS, TONES, language_of_region
from pathways.web.forms import Field, Option, first
from pathways.web.office import administer
from pathways.web.posted import FormDep, Posted
from pathways.web.visit import Visit, VisitDep

router = APIRouter(prefix=REPORTS)
ACTION = "keep_documents"
UNREADABLE = 422


@router.get("")
def show_reports(visit: VisitDep) -> Response:
    """Show the region's own documents, and for those who keep them the way to begin a report."""
    visit.require("see_documents")
    return _page(visit, {})


@router.post("")
def begin(visit: VisitDep, form: FormDep) -> Response:
    """Begin the report of a year, or go to its working paper; 422 where none is chosen that can be."""
    visit.require(ACTION)
    report, errors = _asked(visit, form)
    if report is None:
        return _page(visit, form, errors=errors)
    title = texts(language_of_region(visit)).say(f"web.document.paper.report_title.{report.occasion}", year=report.year)
    document_id = administer(
        visit,
        ACTION,
        lambda office: make_document(
            office, DocumentKind.STATE_REPORT, title=title, profile=visit.profile, about=report.about
        ),
    )
    return visit.redirect(f"/handlingar/{document_id}", "web.document.told.begun")


def _asked(visit: Visit, form: Posted) -> tuple[Report | None, dict[str, str]]:
    try:
        report = read_report(f"{first(form, 'occasion')}-{first(form, 'year')}")
    except Unknown:
        report = None
    if report is not None and report.since <= visit.today:
        return report, {}
    say, errors = visit.texts.say, {}
    if first(form, "occasion") not in set(Occasion):
        errors["occasion"] = say("web.document.fault.occasion")
    if report is not None or first(form, "year") not in _years(visit):
        errors["year"] = say("web.document.fault.year")
    return None, errors or {"year": say("web.document.fault.year")}


def _page(visit: Visit, form: Posted, *, errors: dict[str, str] | None = None) -> Response:
    with visit.read() as work:
        lines = list_documents(
            work,
            region_id=visit.visitor.region_id,
            introduction_id=None,
            only_fixed=not visit.may("see_working_papers"),
        )
    fields = [one.filled(form, errors) if errors is not None else one for one in _fields(visit)]
    return visit.page(
        "document/reports.html",
        status=UNREADABLE if errors else 200,
        lines=lines,
        fields=fields if visit.may(ACTION) else [],
        tones=TONES,
    )


def _fields(visit: Visit) -> tuple[Field, Field]:
    say = visit.texts.say
    occasions = tuple(
        Option(value=one, label=say(f"web.document.occasion.{one}"), hint=say(f"web.document.occasion_hint.{one}"))
        for one in Occasion
    )
    years = tuple(Option(value=year, label=year) for year in _years(visit))
    return (
        Field(name="occasion", label=say("web.document.which_report"), kind="radios", options=occasions),
        Field(name="year", label=say("web.document.year"), kind="select", options=years, value=years[0].value),
    )


def _years(visit: Visit) -> tuple[str, ...]:
    """Return the years that there can be a report about, the newest first."""
    return tuple(str(year) for year in range(visit.today.year, FIRST_YEAR - 1, -1))
