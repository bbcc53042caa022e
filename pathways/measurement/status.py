"""Says what the latest phase amounts to: variation by its latest final point, and whether the target is reached."""

from collections.abc import Sequence
from datetime import date

from pathways.measurement.judgement import JudgedPhase, JudgedPoint, Signal, Stair, Status, TargetStatus
from pathways.measurement.marks import OPPOSITE, Mark
from pathways.measurement.phase import LEAST_LIMITS
from pathways.measurement.series import Direction, Settings

RECENT = 12  # how far back a contradicting mark is still told


def latest_mark(phase: JudgedPhase, points: Sequence[JudgedPoint]) -> Mark | None:
    """Return the mark of the latest final point; on a run chart a point on the line is passed over."""
    looked_at = [one for one in points if one.point.counts and (phase.xmr is not None or one.useful)]
    return looked_at[-1].mark if looked_at else None


def find_status(phase: JudgedPhase, mark: Mark | None, signals: Sequence[Signal]) -> Status:
    """Return the chart's variation status."""
    if phase.flat:
        return Status.QUIET
    if phase.stair < Stair.RUNS:
        return Status.TOO_EARLY
    if mark is not None:
        return Status(mark.value)
    return Status.CHANGED if signals and phase.xmr is None else Status.QUIET


def recent_from(phase: JudgedPhase, points: Sequence[JudgedPoint]) -> date | None:
    """Return the first of the last twelve final periods; None on a run chart, where a signal is about the whole."""
    periods = [one.point.period for one in points if one.point.counts][-RECENT:]
    return periods[0] if phase.xmr is not None and periods else None


def find_opposite(phase: JudgedPhase, mark: Mark | None, points: Sequence[JudgedPoint]) -> Mark | None:
    """Return the contrary mark where one of the last twelve final points carries it.

    Against a median that is not frozen the time before a change always lies on the other side; that is no second sign.
    """
    if mark is None or (phase.xmr is None and phase.baseline_through is None):
        return None
    recent = [one.mark for one in points if one.point.counts][-RECENT:]
    return OPPOSITE[mark] if OPPOSITE[mark] in recent else None


def find_target_status(
    phase: JudgedPhase, target: float | None, settings: Settings, latest: float | None
) -> TargetStatus | None:
    """Return whether the present way of working reaches the target; on a limit is "sometimes".

    None without direction, with fewer than twelve baseline points or without limits. Without variation the latest
    value itself is compared.
    """
    if target is None or settings.direction is Direction.NEITHER or phase.baseline_points < LEAST_LIMITS:
        return None
    higher = settings.direction is Direction.HIGHER
    if phase.flat and latest is not None:
        met = latest >= target if higher else latest <= target
        return TargetStatus.LEVEL_MET if met else TargetStatus.LEVEL_MISSED
    if phase.xmr is None or phase.xmr.lower is None or phase.xmr.upper is None:
        return None
    return against(target, phase.xmr.lower, phase.xmr.upper, higher_is_better=higher)


def against(target: float, lower: float, upper: float, *, higher_is_better: bool) -> TargetStatus:
    """Return the target's place against uncut limits."""
    if lower <= target <= upper:
        return TargetStatus.SOMETIMES
    return TargetStatus.MET if (target < lower) is higher_is_better else TargetStatus.MISSED
