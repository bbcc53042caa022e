"""Take back the last decision about a series' lines: a frozen baseline moves again, a new phase is no more.

Nothing is deleted: the decision, and that it was taken back, stand in the history.
"""

from pathways.errors import Refused
from pathways.models.measure import IndicatorPhase, PhaseCause
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.measure.phases import reason_of, series_of


class TakeBackPhase(Order):
    """The series; the command's reason says why."""

    indicator: str
    unit: str | None = None


def take_back_phase(case: Case, order: TakeBackPhase) -> None:
    """Take back the newest decision: freezing is taken back before the phase that it was about.

    Where nothing has been decided it is refused.
    """
    reason_of(case)
    phase = series_of(case, order.indicator, order.unit).phase
    if phase is None:
        raise Refused("error.no_phase", name=order.indicator)
    if phase["frozen_through"] is not None and phase["cause"] != PhaseCause.FIRST:
        gone = {"frozen_through": None, "frozen_reason": None, "frozen_on": None, "frozen_by": None}
        case.update(IndicatorPhase, phase["ref"], **gone)
        return
    case.update(IndicatorPhase, phase["ref"], voided_by=case.seq)


USE_CASE = UseCase("take_back_phase", TakeBackPhase, take_back_phase)
