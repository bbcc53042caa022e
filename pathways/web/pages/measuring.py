"""`/forlopp/{slug}/matning`: all that an introduction measures, and one indicator with its chart."""

from collections.abc import Callable, Mapping

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.documents.table_export import Sheet, write_csv, write_xlsx
from pathways.queries.indicators import list_goals, list_replaced
from pathways.queries.series import Series
from pathways.storage.unit_of_work import Row
from pathways.web.chart_files import MAKERS, ways_to_take
from pathways.web.introduction_sections import list_sections
from pathways.web.measuring_read import UNIT, Looked, chosen_series, get_indicator, look, may_enter
from pathways.web.measuring_shown import (
    entered_of,
    figure_of,
    period_words,
    sheet_of,
    show,
    small_figures,
    summary_of,
    way_to,
    words_of,
)
from pathways.web.visit import NotFound, Visit, VisitDep

router = APIRouter(prefix="/forlopp/{slug}/matning")
FREE = "skala"
WRITERS: Mapping[str, Callable[[Sheet], bytes]] = {"xlsx": write_xlsx, "csv": write_csv}
"""The tables are our own: they tell how many values are not shown."""
FALSE_ALARM = 0.05
"""How often one chart signals where nothing has changed, by the usual two rules."""


@router.get("")
def list_all(visit: VisitDep, slug: str) -> Response:
    """Show every indicator in one row with its curve; where there is none, the goals of the national catalogue."""
    visit.require("see_measuring")
    with visit.read() as work:
        looked = look(visit, work, slug)
        goals = list_goals(work, looked.measures) if looked.as_of.day is None else []
    day = looked.day(visit)
    several = [(one, _first_series(looked, one.slug)) for one in looked.measures.current]
    shown = [(one, show(series, day=day)) for one, series in several]
    return visit.page(
        "measuring/list.html",
        status=looked.as_of.status,
        **_frame(visit, looked),
        false_alarms=round(100 * (1 - (1 - FALSE_ALARM) ** len(shown))),
        rows=[summary_of(visit, one) for _, one in shown],
        hrefs={one.chart.key: way_to(looked, one.series, query=looked.as_of.query) for _, one in shown},
        waiting=[one for one in looked.measures.current if one.row["availability"] == "cannot_yet"],
        retired=[one for one in looked.measures.indicators if one.is_retired],
        goals=goals,
        defines=_may(visit, looked, "define_indicator"),
    )


@router.get("/{indicator}")
def show_one(visit: VisitDep, slug: str, indicator: str) -> Response:
    """Show one indicator: its chart in words and drawing, units beside each other, its lines, and what it means."""
    visit.require("see_measuring")
    with visit.read() as work:
        looked = look(visit, work, slug)
        view = get_indicator(looked, indicator)
        series = chosen_series(visit, looked, view)
        replaced = list_replaced(
            work,
            looked.measures,
            view,
            series.unit_id,
            region_id=visit.visitor.region_id,
            as_of=looked.as_of.moment,
        )
    day = looked.day(visit)
    shown = show(series, day=day)
    return visit.page(
        "measuring/indicator.html",
        status=looked.as_of.status,
        **_frame(visit, looked),
        view=view,
        series=series,
        judgement=shown.judgement,
        figure=figure_of(visit, shown),
        places=_places(visit, looked, series),
        entered=entered_of(visit, looked, series),
        replaced=replaced,
        period_of=lambda period: period_words(visit, series, period),
        people=looked.measures.people,
        task=_task_of(looked, view.row),
        here=way_to(looked, series),
        unit=_unit_query(looked, series),
        ways=_ways(visit, looked, series),
        enters=not view.is_retired and may_enter(visit, looked),
        changes=not view.is_retired and _may(visit, looked, "change_indicator"),
        **_several(visit, looked, series),
    )


@router.get("/{indicator}/export.{kind}")
def export(visit: VisitDep, slug: str, indicator: str, kind: str) -> Response:
    """Answer with a series as a file: a table for Excel or CSV, a drawing, a picture, a document."""
    visit.require("see_measuring")
    visit.require("export")
    if kind not in MAKERS:
        raise NotFound
    with visit.read() as work:
        looked = look(visit, work, slug)
        series = chosen_series(visit, looked, get_indicator(looked, indicator))
    shown = show(series, day=looked.day(visit))
    media, make = MAKERS[kind]
    content = WRITERS[kind](sheet_of(visit, shown)) if kind in WRITERS else make(shown.chart, words_of(visit))
    name = f"{indicator}-{slug}-{looked.day(visit).isoformat()}.{kind}"
    return Response(content, media_type=media, headers={"content-disposition": f'attachment; filename="{name}"'})


def _frame(visit: Visit, looked: Looked) -> dict[str, object]:
    """Return what both pages show around their own."""
    head = looked.measures.head
    return {
        "head": head,
        "root": f"/forlopp/{head.slug}/matning",
        "as_of": looked.as_of,
        "has_errors": bool(looked.as_of.field.error),
        "sections": list_sections(visit, head.slug, "/matning", looked.as_of.query),
    }


def _may(visit: Visit, looked: Looked, action: str) -> bool:
    return looked.as_of.day is None and looked.measures.head.is_open and visit.may(action, looked.case)


def _first_series(looked: Looked, slug: str) -> Series:
    """Return the series that stands for an indicator in the list: the region's, or the first unit's."""
    view = looked.measures.get(slug)
    places = looked.measures.places(view)
    return looked.measures.series(view, None if None in places or not places else places[0])


def _places(visit: Visit, looked: Looked, series: Series) -> list[tuple[str, str, bool]]:
    """Return the ways to the same indicator elsewhere: address, words, whether it is shown."""
    measures = looked.measures
    places = measures.places(series.indicator)
    if series.unit_id not in places:
        places = (*places, series.unit_id)
    several = [measures.series(series.indicator, place) for place in places]
    return [
        (
            way_to(looked, one, query=looked.as_of.query),
            one.place or visit.texts.say("web.measuring.whole_region"),
            one.unit_id == series.unit_id,
        )
        for one in several
    ]


def _several(visit: Visit, looked: Looked, series: Series) -> dict[str, object]:
    """Return the same indicator unit by unit, on one scale or each on its own."""
    measures, day = looked.measures, looked.day(visit)
    units = [place for place in measures.places(series.indicator) if place is not None]
    free = visit.request.query_params.get(FREE) == "fri"
    if len(units) < 2:
        return {"small": (), "free": free, "small_hrefs": {}, "switch": ""}
    several = [show(measures.series(series.indicator, unit), day=day, key=f"u-{unit}") for unit in units]
    here = way_to(looked, series, query=looked.as_of.query)
    return {
        "small": small_figures(visit, several, free=free),
        "free": free,
        "small_hrefs": {one.chart.key: way_to(looked, one.series, query=looked.as_of.query) for one in several},
        "switch": here + ("" if free else f"{'&' if '?' in here else '?'}{FREE}=fri") + "#enheter",
    }


def _ways(visit: Visit, looked: Looked, series: Series) -> list[tuple[str, str]]:
    """Return the ways to take the chart away, as the reader may."""
    if not visit.may("export"):
        return []
    path, mark, query = way_to(looked, series, query=looked.as_of.query).partition("?")
    return ways_to_take(f"{path}/export", words_of(visit), query=mark + query)


def _unit_query(looked: Looked, series: Series) -> str:
    """Return what keeps the unit in the address of a form."""
    way = way_to(looked, series)
    return f"?{way.partition('?')[2]}" if UNIT in way else ""


def _task_of(looked: Looked, row: Row) -> str:
    """Return the address of the task to make the indicator measurable, "" where there is none."""
    return f"/forlopp/{looked.measures.head.slug}/uppgift/{row['task']}" if row["task"] else ""
