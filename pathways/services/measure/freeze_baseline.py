"""Freeze a baseline: the team confirms which values are from before, and from then on its lines stand still."""

from pathways.errors import Refused
from pathways.models.measure import IndicatorPhase, PhaseCause
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.measure.parts import PeriodText
from pathways.services.measure.phases import period_named, reason_of, series_of

NEEDED = 10
"""The run rules are tabulated from ten points; from fewer nothing can be shown against the baseline."""


class FreezeBaseline(Order):
    """The series, and the last period of its baseline; the command's reason says why that one."""

    indicator: str
    through: PeriodText
    unit: str | None = None


def freeze_baseline(case: Case, order: FreezeBaseline) -> None:
    """Freeze the lines of the phase that runs now.

    Fewer than ten final values, a period outside the phase, and a baseline that is frozen already are refused.
    """
    reason = reason_of(case)
    series = series_of(case, order.indicator, order.unit)
    through, began, phase = period_named(series, order.through), series.began, series.phase
    if phase is not None and phase["frozen_through"] is not None:
        raise Refused("error.baseline_frozen", through=phase["frozen_through"].isoformat())
    if not began <= through <= series.periods[-1]:
        told = {"given": through.isoformat(), "first": began.isoformat(), "last": series.periods[-1].isoformat()}
        raise Refused("error.baseline_outside", **told)
    if (n := series.count(began, through)) < NEEDED:
        raise Refused("error.baseline_too_short", n=n, needed=NEEDED)
    frozen = {
        "frozen_through": through,
        "frozen_reason": reason,
        "frozen_on": case.today,
        "frozen_by": case.actor_id,
    }
    if phase is not None:
        case.update(IndicatorPhase, phase["ref"], **frozen)
        return
    key = {"indicator": series.indicator["ref"], "unit_id": series.unit_id, "starts": began}
    case.insert(IndicatorPhase, **key, cause=PhaseCause.FIRST, **frozen)


USE_CASE = UseCase("freeze_baseline", FreezeBaseline, freeze_baseline)
