"""Chooses the sentences for a judged series: a headline, four that always stand beside the chart, and notes.

Only ids and raw values; the words are in the texts `measure.…`, and `saying` puts both together. The one who shows a
chart adds `name`, the indicator's name.
"""

from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum

from pathways.measurement.judgement import Centre, JudgedPhase, Judgement, Signal, Stair, Status, Telling
from pathways.measurement.marks import Rule
from pathways.measurement.series import Point, PointState, Settings


class Line(StrEnum):
    """What the centre line is called in a sentence."""

    MEDIAN = "median"
    MEAN = "mean"
    FROZEN_MEDIAN = "frozen_median"  # of the confirmed baseline
    FROZEN_MEAN = "frozen_mean"


def tell(judgement: Judgement, settings: Settings) -> Judgement:
    """Return the judgement with its sentences."""
    return replace(
        judgement,
        headline=_headline(judgement),
        telling=(_about(judgement, settings), _latest(judgement, settings), _finding(judgement), _advice(judgement)),
        notes=tuple(_notes(judgement)),
    )


def _headline(judgement: Judgement) -> Telling:
    if judgement.phases[-1].flat:
        return Telling("measure.headline.flat")
    signal = judgement.signal
    if judgement.status in _MARKED and signal is not None:
        if signal.rule in _SIGNS:
            return Telling("measure.headline.sign", {"mark": signal.mark, "until": signal.until})
        return Telling(f"measure.headline.{judgement.status}", {"since": signal.since})
    return Telling(f"measure.headline.{judgement.status}")


_MARKED = {Status.IMPROVEMENT, Status.CONCERN, Status.UP, Status.DOWN}
_SIGNS = {Rule.OUTSIDE, Rule.TWO_OF_THREE}  # a value or two: a sign, not yet a new level


def _about(judgement: Judgement, settings: Settings) -> Telling:
    final = _final(judgement)
    if not final:
        return Telling("measure.about.none")
    return Telling(f"measure.about.{settings.every}", {"n": len(final), "until": final[-1].period})


def _latest(judgement: Judgement, settings: Settings) -> Telling:
    final, phase = _final(judgement), judgement.phases[-1]
    if not final:
        return Telling("measure.latest.none")
    value, centre, line = final[-1].value, phase.centre, _line(phase)
    if centre is None:
        if settings.target is None:
            return Telling("measure.latest.value", {"value": value})
        return Telling("measure.latest.target", {"value": value, "target": settings.target})
    if settings.target is None:
        return Telling("measure.latest.centre", {"value": value, "line": line, "centre": centre})
    return Telling("measure.latest.both", {"value": value, "line": line, "centre": centre, "target": settings.target})


def _finding(judgement: Judgement) -> Telling:
    phase, signal = judgement.phases[-1], judgement.signal
    if phase.flat:
        return Telling("measure.finding.flat")
    if phase.short:
        return Telling("measure.finding.short", {"n": phase.baseline_points})
    if judgement.status is Status.TOO_EARLY:
        return Telling("measure.finding.early", {"n": judgement.missing, "ready": judgement.ready_about})
    if signal is None:
        return Telling("measure.finding.quiet", {"line": _line(phase)})
    if signal.rule is Rule.CROSSINGS:
        limit = phase.runs.crossings_limit if phase.runs else None
        return Telling("measure.finding.crossings", {"n": signal.count, "limit": limit, "line": _line(phase)})
    return Telling(f"measure.finding.{_kind(signal, phase)}", _values(signal, phase))


def _kind(signal: Signal, phase: JudgedPhase) -> str:
    if signal.rule in {Rule.RUN, Rule.SHIFT}:
        return _kind_of_run(signal, phase)
    if signal.rule is Rule.TREND:
        return f"trend_{signal.side}"
    return str(signal.rule.value)


def _kind_of_run(signal: Signal, phase: JudgedPhase) -> str:
    """Against lines that still move a run that is over tells of a change, and not which side is the new one."""
    if signal.ongoing:
        return "run_ties" if signal.ties else "run_now"
    return "run_moving" if phase.baseline_through is None else "run_past"


def _values(signal: Signal, phase: JudgedPhase) -> dict[str, object]:
    return {
        "mark": signal.mark,
        "side": signal.side,
        "n": signal.count,
        "since": signal.since,
        "until": signal.until,
        "line": _line(phase),
    }


def _advice(judgement: Judgement) -> Telling:
    if judgement.phases[-1].flat:
        return Telling("measure.advice.flat")
    if judgement.phases[-1].short:
        return Telling("measure.advice.short")
    return Telling(f"measure.advice.{judgement.status}")


def _notes(judgement: Judgement) -> Iterator[Telling]:
    """What a reader must know before believing the sentence."""
    phase = judgement.phases[-1]
    if judgement.opposite is not None:
        yield Telling("measure.note.opposite", {"mark": judgement.opposite})
    if judgement.weak and phase.runs is not None:
        yield Telling("measure.note.weak", {"useful": phase.runs.useful, "n": phase.runs.present})
    yield from _line_notes(phase)
    if judgement.target_status is not None:
        yield Telling(f"measure.target.{judgement.target_status}")
    if phase.cause == "definition":
        yield Telling("measure.note.definition", {"since": phase.starts})
    if judgement.reset is not None:
        found = judgement.reset
        which = "not_desired" if found.desired is False else "ongoing" if found.ongoing else "past"
        values: dict[str, object] = {"n": found.count, "since": found.since, "until": found.until}
        yield Telling(f"measure.reset.{which}", {**values, "side": found.side, "line": _line(phase)})
    if preliminary := sum(_is_preliminary(one.point) for one in judgement.points):
        yield Telling("measure.note.preliminary", {"n": preliminary})


def _line_notes(phase: JudgedPhase) -> Iterator[Telling]:
    if phase.restless:
        yield Telling("measure.note.restless")
    if phase.trial:
        yield Telling("measure.note.trial", {"n": phase.baseline_points})
    if phase.stair is Stair.PROVISIONAL and phase.centre_kind is Centre.MEDIAN and not phase.short:
        yield Telling("measure.note.provisional")
    if phase.gap_in_baseline and phase.stair >= Stair.RUNS:
        yield Telling("measure.note.gap")
    if phase.xmr is not None and phase.xmr.left_out:
        yield Telling("measure.note.screened", {"left_out": phase.xmr.left_out, "n": phase.xmr.ranges})


def _line(phase: JudgedPhase) -> Line:
    if phase.centre_kind is Centre.MEAN:
        return Line.MEAN if phase.baseline_through is None else Line.FROZEN_MEAN
    return Line.MEDIAN if phase.baseline_through is None else Line.FROZEN_MEDIAN


def _final(judgement: Judgement) -> list[Point]:
    return [one.point for one in judgement.points if one.point.counts]


def _is_preliminary(point: Point) -> bool:
    return point.state is PointState.PRELIMINARY and point.value is not None
