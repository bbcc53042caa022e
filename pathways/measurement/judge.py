"""Judges a series: each phase for itself, then what may honestly be said of the latest one.

Lines and phases are what people confirmed; the system suggests and never sets them.
"""

from collections.abc import Sequence
from datetime import date

from pathways.measurement.division import divide, prepare
from pathways.measurement.judgement import (
    Centre,
    JudgedPhase,
    JudgedPoint,
    Judgement,
    ResetSuggestion,
    Signal,
    Stair,
    Status,
    TargetStatus,
    Telling,
)
from pathways.measurement.marks import Mark, Rule, Side, mark_of, side_of
from pathways.measurement.phase import Findings, judge_phase
from pathways.measurement.reset import suggest_reset
from pathways.measurement.series import Phase, Point, RuleSet, Settings
from pathways.measurement.signals import choose, list_signals
from pathways.measurement.special import Stretch
from pathways.measurement.status import find_opposite, find_status, find_target_status, latest_mark, recent_from
from pathways.measurement.telling import tell
from pathways.measurement.waiting import count_missing, find_ready
from pathways.measurement.xmr import label

__all__ = [
    "Centre",
    "JudgedPhase",
    "JudgedPoint",
    "Judgement",
    "Mark",
    "ResetSuggestion",
    "Rule",
    "Side",
    "Signal",
    "Stair",
    "Status",
    "TargetStatus",
    "Telling",
    "judge",
]


def judge(points: Sequence[Point], *, settings: Settings, phases: Sequence[Phase], today: date) -> Judgement:
    """Return everything that may be said about the series on that day, with its four sentences.

    Of two points for one period the later given counts. No phases: one that starts at the first point and is not
    frozen. A preliminary point is in `points` and in nothing else.
    """
    filled = prepare(points, settings)
    parts = divide(filled, phases, today)
    judged = [judge_phase(phase, inside, settings) for phase, inside in parts]
    marked = tuple(
        one
        for number, ((_, inside), findings) in enumerate(zip(parts, judged, strict=True))
        for one in _mark(inside, findings, number=number, settings=settings)
    )
    signals = [
        list_signals(findings, inside, number=number, settings=settings)
        for number, ((_, inside), findings) in enumerate(zip(parts, judged, strict=True))
    ]
    return _conclude(
        marked,
        tuple(findings.phase for findings in judged),
        signals=signals,
        settings=settings,
        today=today,
    )


def _mark(points: Sequence[Point], findings: Findings, *, number: int, settings: Settings) -> tuple[JudgedPoint, ...]:
    labelled = label(findings.stretches)
    return tuple(
        _mark_one(point, findings.phase, labelled.get(place), number=number, settings=settings)
        for place, point in enumerate(points)
    )


def _mark_one(
    point: Point, phase: JudgedPhase, stretch: Stretch | None, *, number: int, settings: Settings
) -> JudgedPoint:
    centre = phase.centre
    side = None if point.value is None or not point.counts or centre is None else side_of(point.value, centre)
    return JudgedPoint(
        point=point,
        phase=number,
        side=side,
        mark=mark_of(stretch.side, settings.direction) if stretch else None,
        rule=stretch.rule if stretch else None,
        useful=side is not None and side is not Side.ON,
    )


def _conclude(
    marked: tuple[JudgedPoint, ...],
    phases: tuple[JudgedPhase, ...],
    *,
    signals: Sequence[tuple[Signal, ...]],
    settings: Settings,
    today: date,
) -> Judgement:
    latest, number = phases[-1], len(phases) - 1
    inside = [one for one in marked if one.phase == number]
    final = [one.point for one in marked if one.point.counts]
    value = final[-1].value if final else None
    mark = latest_mark(latest, inside)
    missing = count_missing(latest)
    judgement = Judgement(
        points=marked,
        phases=phases,
        stair=latest.stair,
        status=find_status(latest, mark, signals[-1]),
        opposite=find_opposite(latest, mark, inside),
        signal=choose(signals[-1], mark, since=recent_from(latest, inside)),
        signals=tuple(signal for found in signals for signal in found),
        target_status=find_target_status(latest, settings.target, settings, value),
        second_target_status=find_target_status(latest, settings.second_target, settings, value),
        reset=suggest_reset(latest, [one.point for one in inside], settings),
        missing=missing,
        ready_about=find_ready(missing, final[-1].period if final else None, settings=settings, today=today),
        weak=settings.rules is not RuleSet.CLASSIC
        and latest.stair is Stair.RUNS
        and bool(latest.runs and latest.runs.weak),
    )
    return tell(judgement, settings)
