"""Turns the findings of a phase into signals with dates, and chooses the one that the sentence tells."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from pathways.measurement.judgement import Signal, Stair
from pathways.measurement.marks import Mark, Rule, mark_of
from pathways.measurement.phase import Findings
from pathways.measurement.series import Direction, Point, RuleSet, Settings
from pathways.measurement.special import Stretch

# A long stretch says more of "since when" than a single point.
_TOLD_FIRST = (Rule.RUN, Rule.SHIFT, Rule.TREND, Rule.TWO_OF_THREE, Rule.OUTSIDE, Rule.CROSSINGS)


_RUNS = {Rule.RUN, Rule.SHIFT}


def list_signals(findings: Findings, points: Sequence[Point], *, number: int, settings: Settings) -> tuple[Signal, ...]:
    """Return the signals of one phase in order of their last day; few crossings come last, they have no place."""
    last = _last_place(findings)
    found = [
        _signal(stretch, points, number=number, direction=settings.direction, ongoing=stretch.places[-1] == last)
        for stretch in _merged(findings.stretches)
    ]
    found.sort(key=lambda one: (one.until, one.since))
    return (*found, *_crossings(findings, points, number=number, settings=settings))


def choose(signals: Sequence[Signal], mark: Mark | None, *, since: date | None) -> Signal | None:
    """Return the signal that the sentence tells: one that explains the latest point's mark, else the latest one.

    What ended before `since` is no longer told.
    """
    ongoing = [one for one in signals if mark is not None and one.ongoing and one.mark is mark]
    if ongoing:
        return min(ongoing, key=lambda one: _TOLD_FIRST.index(one.rule))
    told = [one for one in signals if since is None or one.until is None or one.until >= since]
    placed = [one for one in told if one.rule is not Rule.CROSSINGS]
    return placed[-1] if placed else (told[0] if told else None)


def _last_place(findings: Findings) -> int:
    """Return the latest point that the rules look at: on a run chart a point on the line is passed over."""
    runs = findings.phase.runs
    if findings.phase.xmr is None and runs is not None and runs.last is not None:
        return runs.last
    return findings.places[-1] if findings.places else -1


def _merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Windows of three that share a point are one finding."""
    found: list[Stretch] = []
    for stretch in stretches:
        before = found[-1] if found else None
        if (
            before is not None
            and stretch.rule is before.rule is Rule.TWO_OF_THREE
            and stretch.side is before.side
            and {*stretch.places} & {*before.places}
        ):
            found[-1] = replace(before, places=tuple(sorted({*before.places, *stretch.places})))
        else:
            found.append(stretch)
    return found


def _signal(stretch: Stretch, points: Sequence[Point], *, number: int, direction: Direction, ongoing: bool) -> Signal:
    return Signal(
        rule=stretch.rule,
        phase=number,
        mark=mark_of(stretch.side, direction),
        side=stretch.side,
        since=points[stretch.places[0]].period,
        until=points[stretch.places[-1]].period,
        count=len(stretch.places),
        ongoing=ongoing,
        ties=stretch.rule in _RUNS and _counted(points, stretch.places) > len(stretch.places),
    )


def _counted(points: Sequence[Point], places: Sequence[int]) -> int:
    return sum(point.counts for point in points[places[0] : places[-1] + 1])


def _crossings(findings: Findings, points: Sequence[Point], *, number: int, settings: Settings) -> tuple[Signal, ...]:
    phase = findings.phase
    if phase.stair is not Stair.RUNS or settings.rules is RuleSet.CLASSIC or phase.runs is None:
        return ()
    if not phase.runs.few_crossings:
        return ()
    first, last = points[findings.places[0]].period, points[findings.places[-1]].period
    return (Signal(rule=Rule.CROSSINGS, phase=number, since=first, until=last, count=phase.runs.crossings),)
