"""`/belastning`: what is asked of every unit by quarter; and for those who steer, what development resources carry."""

from collections.abc import Iterable

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.models.organisation import UnitKind
from pathways.queries.capacity import capacity
from pathways.queries.demand import UnitDemand
from pathways.web.demand_shown import (
    list_tables,
    read_demand,
    tell_answer,
    tell_asks,
    tell_foreseen,
    tell_quarters,
)
from pathways.web.forms import YES, Field, Option
from pathways.web.national_sections import list_sections
from pathways.web.visit import NotFound, Visit, VisitDep

router = APIRouter(prefix="/belastning")
KIND, CROWDED, UNIT = "slag", "krockar", "enhet"


@router.get("")
def show_demand(visit: VisitDep) -> Response:
    """Show where it is too much, then every quarter: of all units, or of one, of a kind, or of those asked too much."""
    visit.require("see_demand")
    query = visit.request.query_params
    kind, crowded, slug = query.get(KIND, ""), query.get(CROWDED, "") == YES, query.get(UNIT, "")
    found = read_demand(visit)
    units = [
        one for one in found.units if slug in {"", one.slug} and kind in {"", one.kind} and (one.crowded or not crowded)
    ]
    return visit.page(
        "national/demand.html",
        answer=tell_answer(visit, found, units),
        tables=list_tables(visit, found, units) if units else (),
        is_narrowed=len(units) < len(found.units),
        is_one=len(units) == 1,
        unplaced=[(one.asker, tell_foreseen(visit, found, one)) for one in found.unplaced],
        hours=visit.profile.workload.hours.by_kind,
        limit=visit.profile.workload.demands_per_quarter,
        fields=_fields(visit, found.units, slug, kind, crowded=crowded),
        sections=list_sections(visit, "/belastning"),
    )


@router.get("/resurser")
def show_capacity(visit: VisitDep) -> Response:
    """Show what development resources carry, and the introductions that have none."""
    visit.require("see_capacity")
    with visit.read() as work:
        found = capacity(work, region_id=visit.visitor.region_id, profile=visit.profile)
    return visit.page("national/capacity.html", found=found)


@router.get("/enhet/{unit}")
def show_unit(visit: VisitDep, unit: str) -> Response:
    """Show which pathways ask what of one unit, quarter by quarter."""
    visit.require("see_demand")
    found = read_demand(visit)
    one = _unit(found.units, unit)
    told = tell_quarters(visit, found, one)
    asks = [tell_asks(visit, found, one.load(quarter)) for quarter in found.quarters]
    return visit.page("national/unit.html", unit=one, quarters=list(zip(told, asks, strict=True)), limit=one.limit)


def _unit(units: tuple[UnitDemand, ...], slug: str) -> UnitDemand:
    for one in units:
        if one.slug == slug:
            return one
    raise NotFound


def _fields(visit: Visit, units: Iterable[UnitDemand], slug: str, kind: str, *, crowded: bool) -> tuple[Field, ...]:
    say = visit.texts.say
    kinds = tuple(Option(value=one.value, label=visit.texts.word("web.national.unit_kind", one)) for one in UnitKind)
    names = tuple(Option(value=one.slug, label=one.name) for one in units)
    return (
        Field(
            name=UNIT,
            label=say("web.national.column.unit"),
            kind="select",
            options=(Option(value="", label=say("web.national.unit_all")), *names),
            value=slug,
            required=False,
        ),
        Field(
            name=KIND,
            label=say("web.national.kind"),
            kind="select",
            options=(Option(value="", label=say("web.national.kind_all")), *kinds),
            value=kind,
            required=False,
        ),
        Field(
            name=CROWDED,
            label=say("web.national.only_crowded"),
            kind="checkbox",
            value=YES if crowded else "",
            required=False,
        ),
    )
