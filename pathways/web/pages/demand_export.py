"""`/belastning.xlsx`: all that is asked of every unit, line by line, whatever the page at hand shows of it."""

from collections.abc import Iterator

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.documents.table_export import XLSX, Cell, Sheet, write_xlsx
from pathways.planning.demand import Load, Quarter
from pathways.queries.demand import Demand
from pathways.web.demand_shown import quarter_name, read_demand
from pathways.web.visit import Visit, VisitDep

router = APIRouter()
COLUMNS = ("unit", "kind", "quarter", "pathway", "asked", "times", "about_hours", "expected")


@router.get("/belastning.xlsx")
def send_demand(visit: VisitDep) -> Response:
    """Send the whole as an Excel workbook; what is foreseen of units not yet invited stands last, and says so."""
    visit.require("see_demand")
    visit.require("export")
    found = read_demand(visit)
    sheet = Sheet(
        title=visit.texts.say("web.national.demand.sheet"),
        facts=[(visit.texts.word("web.national.demand.fact", name), told) for name, told in _facts(visit)],
        headings=[visit.texts.word("web.national.column", name) for name in COLUMNS],
        rows=[*_rows(visit, found), *_foreseen(visit, found)],
    )
    name = f"belastning-{visit.visitor.region_code.lower()}-{visit.today.isoformat()}.xlsx"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(write_xlsx(sheet), media_type=XLSX, headers=headers)


def _facts(visit: Visit) -> Iterator[tuple[str, str]]:
    yield "region", visit.visitor.region_name
    yield "day", visit.today.isoformat()
    yield "limit", str(visit.profile.workload.demands_per_quarter)
    if visit.visitor.origin != "real":
        yield "example", visit.texts.say("web.national.demand.example")


def _rows(visit: Visit, found: Demand) -> Iterator[list[Cell]]:
    for unit in found.units:
        kind = visit.texts.word("web.national.unit_kind", unit.kind)
        for quarter in found.quarters:
            yield from _lines(visit, found, [unit.name, kind], quarter, unit.load(quarter))


def _foreseen(visit: Visit, found: Demand) -> Iterator[list[Cell]]:
    each = visit.texts.say("web.national.demand.each_invited")
    for one in found.unplaced:
        for quarter in found.quarters:
            yield from _lines(visit, found, [each, ""], quarter, one.load(quarter))


def _lines(visit: Visit, found: Demand, unit: list[Cell], quarter: Quarter, load: Load) -> Iterator[list[Cell]]:
    for part in load.parts:
        pathway, what = found.askers[part.introduction_id].pathway, visit.texts.word("web.national.ask", part.kind)
        yield [*unit, quarter_name(visit, quarter), pathway, what, part.n, part.hours, part.expected]
