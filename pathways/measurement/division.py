"""Puts points into phases; where nothing was confirmed, the first phase starts at the first point."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pathways.measurement.series import Phase, Point, Settings, fill


def prepare(points: Sequence[Point], settings: Settings) -> tuple[Point, ...]:
    """Return the points in order, gaps made explicit, each with the value that is judged."""
    if settings.share:
        points = [replace(point, value=settings.value_of(point)) for point in points]
    return fill(points, settings.every)


def divide(
    points: Sequence[Point], phases: Sequence[Phase], today: date
) -> tuple[tuple[Phase, tuple[Point, ...]], ...]:
    """Return every phase in order with its points; a phase may still be empty."""
    ordered = _from_the_first_point(sorted(phases, key=lambda phase: phase.starts), points, today)
    ends = [phase.starts for phase in ordered[1:]] + [date.max]
    return tuple(
        (phase, tuple(point for point in points if phase.starts <= point.period < end))
        for phase, end in zip(ordered, ends, strict=True)
    )


def _from_the_first_point(phases: Sequence[Phase], points: Sequence[Point], today: date) -> tuple[Phase, ...]:
    first = points[0].period if points else today
    if not phases:
        return (Phase(starts=first),)
    if phases[0].starts <= first:
        return tuple(phases)
    if phases[0].cause == "first":
        return (replace(phases[0], starts=first), *phases[1:])
    return (Phase(starts=first), *phases)
