"""Says how many points are missing until the run rules may speak, and about when they will be there."""

from datetime import date, timedelta

from pathways.measurement.calendar import begin, step
from pathways.measurement.critical import LEAST_USEFUL
from pathways.measurement.judgement import JudgedPhase, Stair
from pathways.measurement.series import Settings


def count_missing(phase: JudgedPhase) -> int:
    """Return how many points are missing; 0 where the rules speak, or where more points would not help."""
    if phase.stair >= Stair.RUNS or phase.flat or phase.short:
        return 0
    if phase.final < LEAST_USEFUL:
        return LEAST_USEFUL - phase.final
    useful = phase.runs.useful if phase.runs else 0
    return LEAST_USEFUL - useful


def find_ready(missing: int, last: date | None, *, settings: Settings, today: date) -> date | None:
    """Return the day on which the last missing value can be had, if none is left out; never a day that has passed."""
    if not missing:
        return None
    first = step(last, settings.every) if last else begin(today, settings.every)
    return max(step(first, settings.every, missing) + timedelta(days=settings.lag_days), today)
