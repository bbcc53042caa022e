"""The evaluation's five lines in words, filled from what is known; and the charts that stand beside them."""

from dataclasses import dataclass

from pathways.charts.figure import Figure
from pathways.queries.celebration import Evaluation
from pathways.queries.series import IndicatorView
from pathways.services.celebrate.write_evaluation import EVALUATED
from pathways.web.measuring_read import Looked
from pathways.web.measuring_shown import Shown, figure_of, show, summary_of
from pathways.web.visit import Visit

MOST_CHARTS = 4


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line: what the product knows, sentence by sentence, and what people say."""

    name: str
    known: tuple[str, ...]
    remark: str


def build_lines(visit: Visit, page: Evaluation, looked: Looked) -> list[ShownLine]:
    """Return the five lines."""
    known = {
        "reach": _measured(visit, looked, "process"),
        "effect": _measured(visit, looked, "outcome"),
        "units": _units(visit, page),
        "as_planned": _carried(visit, page),
        "held": _held(visit, page),
    }
    return [ShownLine(name, tuple(known[name]), page.remark(name)) for name in EVALUATED]


def list_achieved(visit: Visit, page: Evaluation, looked: Looked) -> list[str]:
    """Return what there is to be glad of: what was measured, who was along, what was done; nothing that is missing."""
    found = [text for kind in ("outcome", "process") for text in _values_of(visit, looked, kind)]
    if page.units.asked:
        found.append(_units(visit, page)[0])
    if page.carried.done:
        found.append(_carried(visit, page)[0])
    if page.loops_held:
        found.append(visit.texts.say("web.celebrate.loops", n=page.loops_held))
    return found


def build_figures(visit: Visit, looked: Looked) -> list[Figure]:
    """Return the charts from before the change and after it: what it led to first, then what was done."""
    chosen = [one for kind in ("outcome", "process") for one in _of_kind(looked, kind)]
    return [figure_of(visit, one) for one in _shown(visit, looked, chosen)[:MOST_CHARTS]]


def _of_kind(looked: Looked, kind: str) -> list[IndicatorView]:
    return [one for one in looked.measures.current if str(one.row["kind"]) == kind]


def _shown(visit: Visit, looked: Looked, indicators: list[IndicatorView]) -> list[Shown]:
    """Return each indicator's first series that has values: the whole region's where there is one."""
    found = []
    for one in indicators:
        places = looked.measures.places(one)
        if places:
            series = looked.measures.series(one, places[0])
            if series.points:
                found.append(show(series, day=looked.day(visit), key=f"u-{one.ref.replace('.', '-')}", turns=True))
    return found


def _measured(visit: Visit, looked: Looked, kind: str) -> list[str]:
    return _values_of(visit, looked, kind) or [visit.texts.say(f"web.celebrate.not_measured.{kind}")]


def _values_of(visit: Visit, looked: Looked, kind: str) -> list[str]:
    say = visit.texts.say
    rows = [summary_of(visit, one) for one in _shown(visit, looked, _of_kind(looked, kind))]
    return [
        say(
            "web.celebrate.measured",
            name=f"{row.name} ({row.place})" if row.place else row.name,
            latest=row.latest,
            period=row.period,
            status=row.status,
        )
        for row in rows
    ]


def _units(visit: Visit, page: Evaluation) -> list[str]:
    units, say = page.units, visit.texts.say
    if not units.asked:
        return [say("web.celebrate.no_units")]
    told = [say("web.celebrate.units", n=units.asked - units.excused, asked=units.asked)]
    return told + ([say("web.celebrate.excused", n=units.excused)] if units.excused else [])


def _carried(visit: Visit, page: Evaluation) -> list[str]:
    carried, say = page.carried, visit.texts.say
    if not carried.decided:
        return [say("web.celebrate.no_activities")]
    told = [say("web.celebrate.done", n=carried.done, decided=carried.decided)]
    counts = {"late": carried.late, "stopped": carried.stopped, "going_on": carried.going_on}
    return [
        *told,
        *(say(f"web.celebrate.{name}", n=n) for name, n in counts.items() if n),
        say("web.celebrate.loops", n=page.loops_held),
    ]


def _held(visit: Visit, page: Evaluation) -> list[str]:
    say, day = visit.texts.say, visit.formats.day
    told = [
        say("web.celebrate.checked", day=day(page.hold_checked_on))
        if page.hold_checked_on
        else say("web.celebrate.not_checked")
    ]
    for row in page.follow_ups:
        if row["recorded_on"] is None:
            told.append(say("web.celebrate.follow_planned", n=row["months"], day=day(row["due_on"])))
        else:
            way = "follow_holds" if row["holds"] else "follow_slipped"
            told.append(say(f"web.celebrate.{way}", n=row["months"], day=day(row["recorded_on"])))
    return told
