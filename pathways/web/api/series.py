"""What programs read of measuring: the indicators of an introduction, and the series of one, with its judgement.

Values are sent with the command `record_values`, like everything else that a program does. Small counts are left out
for a person who may not see them.
"""

from dataclasses import replace
from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel

from pathways.errors import Unknown
from pathways.measurement.judgement import Judgement
from pathways.planning.instants import local_date
from pathways.queries.series import ALL_SEEING, Eyes, IndicatorView, Measures, Series, load_measures
from pathways.services.policy import VIEWS
from pathways.services.roster import roster_of
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web.api.caller import Call, Reading
from pathways.web.api.reading import AsOf, Slug

router = APIRouter(tags=["measuring"])
Indicator = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,60}$", description="The indicator's name in addresses")]
Unit = Annotated[str, Query(pattern=r"^[a-z0-9-]{0,60}$", description="A unit; without it the whole region")]


class IndicatorOut(BaseModel):
    """One indicator. `units` are those with values of their own; `in_region` says whether the whole region has."""

    slug: str
    name: str
    kind: str
    direction: str
    every: str
    share: bool
    unit: str
    target: float | None
    second_target: float | None
    availability: str
    retired_on: date | None
    in_region: bool
    units: list[str]


class IndicatorsOut(BaseModel):
    """The indicators of an introduction, those that are measured no more last."""

    indicators: list[IndicatorOut]


class PointOut(BaseModel):
    """One period as it stands; `mark` is what a signal calls it."""

    period: date
    value: float | None
    numerator: float | None
    denominator: float | None
    state: str
    phase: int
    mark: str | None


class LineOut(BaseModel):
    """The lines of one phase; null where there is no such line."""

    starts: date
    cause: str
    centre: float | None
    lower: float | None
    upper: float | None
    frozen_through: date | None


class InterventionOut(BaseModel):
    """An activity's real start or stop."""

    number: int
    on: date
    stops: bool


class SeriesOut(BaseModel):
    """A series with what may be said of it. `hidden` counts the values too small for the caller to see."""

    indicator: IndicatorOut
    unit: str
    status: str
    missing: int
    points: list[PointOut]
    phases: list[LineOut]
    interventions: list[InterventionOut]
    hidden: int


@router.get("/introductions/{slug}/indicators")
def get_indicators(call: Reading, slug: Slug, as_of: AsOf = None) -> IndicatorsOut:
    """Return what an introduction measures, now or as of an earlier moment."""
    call.require_view("see_measuring")
    with call.app.read() as work:
        measures = _load(work, call, slug, as_of)
    return IndicatorsOut(indicators=[_indicator(measures, one) for one in measures.indicators])


@router.get("/introductions/{slug}/indicators/{indicator}")
def get_series(call: Reading, slug: Slug, indicator: Indicator, unit: Unit = "", as_of: AsOf = None) -> SeriesOut:
    """Return the series of an indicator in the whole region or in one unit, now or as of an earlier moment."""
    call.require_view("see_measuring")
    with call.app.read() as work:
        measures = _load(work, call, slug, as_of)
    view = measures.get(indicator)
    series = measures.series(view, _unit_id(measures, unit))
    today = local_date(as_of or call.now, call.app.profile.region.zone)
    return _shown(measures, series, series.judge(today), unit)


def _load(work: UnitOfWork, call: Call, slug: str, as_of: datetime | None) -> Measures:
    region_id, caller = call.caller.region_id, call.caller
    measures = load_measures(work, region_id=region_id, slug=slug, now=call.now, as_of=as_of)
    if VIEWS["see_small_counts"] & caller.roles:
        return replace(measures, eyes=ALL_SEEING)
    today = local_date(call.now, call.app.profile.region.zone)
    case = measures.head.introduction_id
    roster = roster_of(work, introduction_id=case, region_id=region_id, today=today)
    return replace(measures, eyes=Eyes(own_units=frozenset(roster.units_of(caller.person_id))))


def _unit_id(measures: Measures, slug: str) -> int | None:
    if not slug:
        return None
    found = next((key for key, unit in measures.units.items() if unit["slug"] == slug), None)
    if found is None:
        raise Unknown("unit", slug, (str(unit["slug"]) for unit in measures.units.values()))
    return found


def _indicator(measures: Measures, view: IndicatorView) -> IndicatorOut:
    places = measures.places(view)
    same = ("kind", "direction", "every", "share", "target", "second_target", "availability", "retired_on")
    return IndicatorOut(
        slug=view.slug,
        name=view.name,
        unit=view.unit,
        in_region=None in places,
        units=[str(measures.units[place]["slug"]) for place in places if place is not None],
        **{name: view.row[name] for name in same},
    )


def _shown(measures: Measures, series: Series, judgement: Judgement, unit: str) -> SeriesOut:
    return SeriesOut(
        indicator=_indicator(measures, series.indicator),
        unit=unit,
        status=str(judgement.status),
        missing=judgement.missing,
        points=[
            PointOut(
                period=one.point.period,
                value=one.point.value,
                numerator=one.point.numerator,
                denominator=one.point.denominator,
                state=str(one.point.state),
                phase=one.phase,
                mark=str(one.mark) if one.mark else None,
            )
            for one in judgement.points
        ],
        phases=[
            LineOut(
                starts=one.starts,
                cause=str(one.cause),
                centre=one.centre,
                lower=one.lower,
                upper=one.upper,
                frozen_through=one.baseline_through,
            )
            for one in judgement.phases
        ],
        interventions=[InterventionOut(number=one.number, on=one.on, stops=one.stops) for one in series.interventions],
        hidden=len(series.hidden),
    )
