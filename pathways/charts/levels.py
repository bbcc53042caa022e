"""Which level lines a chart has: centre and limits of each phase, the targets; where each runs, and its label."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pathways.charts.chart import Chart
from pathways.charts.words import ChartWords
from pathways.measurement.judgement import Centre, JudgedPhase, Stair

LevelKind = Literal["centre", "upper", "lower", "target"]
NAMES = ("median", "mean", "provisional", "upper", "lower", "target", "second_target")
"""What a line can be called in its label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A line at one value: over these points in view (positions), solid up to one of them and dashed after it."""

    kind: LevelKind
    value: float
    first: int
    last: int
    solid_until: int  # the last position that the solid part covers; before `first` where all is dashed
    label: str
    short_label: str
    value_label: str
    is_latest: bool = True  # drawn to the right end of the chart, where its label stands


def list_levels(chart: Chart, words: ChartWords) -> tuple[Level, ...]:
    """Return the lines in the order in which they are drawn: limits, centre, targets."""
    found = [level for phase in _phases_in_view(chart) for level in _levels_of(phase, chart, words)]
    return (*found, *_targets(chart, words))


@dataclass(frozen=True, slots=True)
class _InView:
    phase: JudgedPhase
    first: int
    last: int
    is_latest: bool


def _phases_in_view(chart: Chart) -> Iterator[_InView]:
    spans: dict[int, list[int]] = {}
    for place, one in enumerate(chart.shown):
        if one.phase >= 0:
            spans.setdefault(one.phase, []).append(place)
    for number, places in spans.items():
        yield _InView(chart.judgement.phases[number], places[0], places[-1], number == max(spans))


def _levels_of(view: _InView, chart: Chart, words: ChartWords) -> Iterator[Level]:
    phase = view.phase
    solid = _solid_until(view, chart)
    if phase.lower is not None and phase.upper is not None:
        low, high = _cut(phase.lower, phase.upper, chart)
        yield _level(view, "upper", high, words=words, chart=chart, solid=view.last, name="upper")
        yield _level(view, "lower", low, words=words, chart=chart, solid=view.last, name="lower")
    if phase.centre is not None:
        is_provisional = phase.stair <= Stair.PROVISIONAL
        name = "mean" if phase.centre_kind is Centre.MEAN else "provisional" if is_provisional else "median"
        solid = view.first - 1 if is_provisional else solid
        yield _level(view, "centre", phase.centre, words=words, chart=chart, solid=solid, name=name)


def _level(
    view: _InView, kind: LevelKind, value: float, *, words: ChartWords, chart: Chart, solid: int, name: str
) -> Level:
    told = words.brief(value, chart)
    return Level(
        kind=kind,
        value=value,
        first=view.first,
        last=view.last,
        solid_until=solid,
        label=words.say(f"level.{name}", value=told),
        short_label=words.say(f"level_short.{name}", value=told),
        value_label=told,
        is_latest=view.is_latest,
    )


def _solid_until(view: _InView, chart: Chart) -> int:
    """Return the last position of the baseline; as long as none is frozen, all points are the baseline."""
    through = view.phase.baseline_through
    return view.last if through is None else _position(chart, through, before=view.first)


def _position(chart: Chart, period: date, *, before: int) -> int:
    places = (place for place, one in enumerate(chart.shown) if one.point.period <= period)
    return max(places, default=before - 1)


def _cut(lower: float, upper: float, chart: Chart) -> tuple[float, float]:
    """Return the limits as they are drawn: a share never leaves 0 to 100, a count never falls below nothing."""
    values = [one.point.value for one in chart.judgement.points if one.point.value is not None]
    if chart.settings.share:
        return max(lower, 0.0), min(upper, 100.0)
    return (max(lower, 0.0) if min(values, default=-1.0) >= 0 else lower), upper


def _targets(chart: Chart, words: ChartWords) -> Iterator[Level]:
    wanted = (("target", chart.settings.target), ("second_target", chart.settings.second_target))
    last = len(chart.shown) - 1
    for name, value in wanted:
        if value is None or last < 0:
            continue
        told = words.brief(value, chart)
        label, short = words.say(f"level.{name}", value=told), words.say(f"level_short.{name}", value=told)
        yield Level(
            kind="target",
            value=value,
            first=0,
            last=last,
            solid_until=last,
            label=label,
            short_label=short,
            value_label=told,
        )


def values_in_view(chart: Chart, levels: Iterable[Level]) -> list[float]:
    """Return every value that the axis must hold."""
    points = [one.point.value for one in chart.shown if one.point.value is not None]
    return points + [level.value for level in levels]
