"""`/arshjul`: the department's year as a wheel and as a list by month, perhaps of one body or one kind."""

from functools import partial

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.planning.year_wheel import Kind
from pathways.queries.year import year_wheel
from pathways.web.back_plan_asked import BODY
from pathways.web.forms import Field, Option
from pathways.web.month_names import month_name
from pathways.web.visit import Visit, VisitDep
from pathways.web.year_picture import RINGS, SIZE, Wheel
from pathways.web.year_words import body_names, tell_line

router = APIRouter()
YEAR, KIND = "ar", "slag"
YEARS_BACK, YEARS_AHEAD = 2, 3


@router.get("/arshjul")
def show_year(visit: VisitDep) -> Response:
    """Show the year in the address, or this one; what cannot be chosen gives 422 and the whole year."""
    visit.require("see_board")
    names = body_names(visit.profile)
    fields = year_field, body_field, kind_field = _fields(visit, names)
    is_wrong = any(one.error for one in fields)
    year = visit.today.year if year_field.error else int(str(year_field.value))
    with visit.read() as work:
        months = year_wheel(
            work,
            region_id=visit.visitor.region_id,
            profile=visit.profile,
            year=year,
            body="" if is_wrong else str(body_field.value),
            kind="" if is_wrong else str(kind_field.value),
        )
    occasions = list(dict.fromkeys(line.occasion for month in months for line in month.lines))
    wheel = Wheel(year)
    return visit.page(
        "calendar/year.html",
        status=422 if is_wrong else 200,
        has_errors=is_wrong,
        fields=fields,
        year=year,
        years=[one for one in (year - 1, year + 1) if one in _years(visit)],
        query=f"&{BODY}={body_field.value}&{KIND}={kind_field.value}" if not is_wrong else "",
        months=[(month, [tell_line(visit, line, names) for line in month.lines]) for month in months],
        is_empty=not occasions,
        wheel=wheel,
        size=SIZE,
        sectors=list(wheel.sectors(months)),
        spots=list(wheel.spots(occasions)),
        arcs=list(wheel.arcs(occasions)),
        hand=wheel.hand(visit.today),
        kinds=[kind for kind in RINGS if any(one.kind == kind for one in occasions)],
        month_name=partial(month_name, visit),
    )


def _years(visit: Visit) -> range:
    return range(visit.today.year - YEARS_BACK, visit.today.year + YEARS_AHEAD + 1)


def _fields(visit: Visit, names: dict[str, str]) -> tuple[Field, Field, Field]:
    years = [(str(year), str(year)) for year in _years(visit)]
    kinds = [(str(kind), visit.texts.word("web.calendar.kind", kind)) for kind in Kind]
    everything = ("", visit.texts.say("web.calendar.year.all"))
    return (
        _field(visit, YEAR, "year", years, default=str(visit.today.year)),
        _field(visit, BODY, "body", [everything, *names.items()]),
        _field(visit, KIND, "kind", [everything, *kinds]),
    )


def _field(visit: Visit, name: str, label: str, options: list[tuple[str, str]], *, default: str = "") -> Field:
    given = visit.request.query_params.get(name, "").strip() or default
    is_known = given in {value for value, _ in options}
    return Field(
        name=name,
        label=visit.texts.word("web.calendar.year.field", label),
        kind="select",
        value=given,
        error="" if is_known else visit.texts.say("web.calendar.year.unknown"),
        options=tuple(Option(value=value, label=text) for value, text in options),
    )
