"""Set the lines anew: a new phase from a period on, decided by people. The system suggests it and never does it."""

from datetime import date
from typing import Literal

from pathways.errors import InvalidOrder, Problem, Refused
from pathways.models.measure import IndicatorPhase, PhaseCause
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.measure.parts import PeriodText
from pathways.services.measure.phases import Series, period_named, reason_of, series_of

QUESTIONS = ("shift_sustained", "cause_known", "wanted_or_accepted", "expected_to_last")
"""What must be true of a change before the lines follow it (Anhøj and Mohammed); all four."""


class ResetPhase(Order):
    """The series, the first period of its new phase, and why: a lasting change with its four answers, or a definition.

    `wanted_or_accepted`: the change goes the way that was wanted, or is accepted as the new level.
    """

    indicator: str
    starts: PeriodText
    unit: str | None = None
    cause: Literal["reset", "definition"] = "reset"
    shift_sustained: bool | None = None
    cause_known: bool | None = None
    wanted_or_accepted: bool | None = None
    expected_to_last: bool | None = None


def reset_phase(case: Case, order: ResetPhase) -> None:
    """Write the new phase; the old lines stay as they were.

    Without a reason it is refused, and so is a lasting change where any of the four answers is not yes.
    """
    reason = reason_of(case)
    answers = {name: getattr(order, name) if order.cause == "reset" else None for name in QUESTIONS}
    if order.cause == "reset":
        _refuse_without_cause(order)
    series = series_of(case, order.indicator, order.unit)
    starts = period_named(series, order.starts)
    _refuse_outside(series, starts)
    case.insert(
        IndicatorPhase,
        indicator=series.indicator["ref"],
        unit_id=series.unit_id,
        starts=starts,
        cause=PhaseCause(order.cause),
        reason=reason,
        **answers,
        decided_on=case.today,
        decided_by=case.actor_id,
    )


def _refuse_without_cause(order: ResetPhase) -> None:
    missing = [name for name in QUESTIONS if not getattr(order, name)]
    if missing:
        raise InvalidOrder(
            "reset_phase", [Problem(name, "order.reset_without_cause", {"given": ""}) for name in missing]
        )


def _refuse_outside(series: Series, starts: date) -> None:
    """Let a period through that lies after the baseline of the phase that runs now, with values on both sides."""
    began, phase = series.began, series.phase
    after = phase["frozen_through"] if phase is not None and phase["frozen_through"] is not None else began
    if not after < starts <= series.periods[-1]:
        told = {"given": starts.isoformat(), "first": after.isoformat(), "last": series.periods[-1].isoformat()}
        raise Refused("error.phase_outside", **told)


USE_CASE = UseCase("reset_phase", ResetPhase, reset_phase)
