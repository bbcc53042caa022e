"""Finds a shift that has lasted so long that people may set the lines anew; nothing is ever reset here.

Nine useful points on one side of the frozen line, the length that large patient-safety programmes use. Where the
change is not wanted, investigation comes first, in the order of the pyramid model (Mohammed 2004).
"""

from collections.abc import Sequence

from pathways.measurement.judgement import JudgedPhase, ResetSuggestion
from pathways.measurement.marks import Mark, mark_of
from pathways.measurement.runs import Run, list_runs
from pathways.measurement.series import Direction, Point, Settings

LENGTH = 9
PYRAMID = ("data", "mix", "resources", "process", "people")


def find_sustained(values: Sequence[float | None], centre: float, *, length: int = LENGTH) -> tuple[Run, ...]:
    """Return every run of nine or more useful points on one side of the line."""
    return tuple(run for run in list_runs(values, centre) if run.length >= length)


def suggest_reset(phase: JudgedPhase, points: Sequence[Point], settings: Settings) -> ResetSuggestion | None:
    """Return the latest sustained run after the frozen baseline, or None; a baseline that moves suggests nothing."""
    if phase.baseline_through is None or phase.centre is None:
        return None
    later = [point for point in points if point.period > phase.baseline_through]
    values = [point.value if point.counts else None for point in later]
    found = find_sustained(values, phase.centre)
    if not found:
        return None
    run, last = found[-1], list(list_runs(values, phase.centre))[-1]
    mark = mark_of(run.side, settings.direction)
    desired = None if settings.direction is Direction.NEITHER else mark is Mark.IMPROVEMENT
    return ResetSuggestion(
        since=later[run.places[0]].period,
        until=later[run.places[-1]].period,
        count=run.length,
        side=run.side,
        mark=mark,
        ongoing=run == last,
        desired=desired,
        investigate=PYRAMID if desired is False else (),
    )
