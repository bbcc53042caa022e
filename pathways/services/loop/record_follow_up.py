"""Record a follow-up after celebration: chart and hold check were looked at, and the change holds or has slipped."""

from typing import Annotated, Literal

from pydantic import Field

from pathways.errors import Refused
from pathways.models.introduction import Timer, TimerKind, TimerState
from pathways.models.loop import FollowUp
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.hold.checks import is_checked
from pathways.services.hold.close_hold_check import give_up_with_the_introduction
from pathways.services.lookup import rows_of
from pathways.services.move import move
from states.commands import Command
from states.snapshot import ENDED, standing_of


class RecordFollowUp(Order):
    """Which follow-up (by its months), whether the change holds, and what was seen.

    `hold_check_done` says that the chart was looked at and the hold check gone through; without it nothing is recorded,
    unless this follow-up's check was closed here.
    """

    months: Annotated[int, Field(ge=1, le=120)]
    outcome: Literal["holds", "slipped"]
    hold_check_done: bool = False
    note: str | None = None


def record_follow_up(case: Case, order: RecordFollowUp) -> None:
    """Write it; the second one that holds closes the introduction. One ahead of time or recorded before is refused."""
    planned = rows_of(case, FollowUp, months=order.months)
    if not planned:
        known = sorted({str(row["months"]) for row in rows_of(case, FollowUp)})
        raise Refused("error.no_follow_up", months=order.months, known=", ".join(known))
    follow_up = planned[-1]
    if follow_up["recorded_on"] is not None:
        raise Refused("error.follow_up_recorded", months=order.months, day=follow_up["recorded_on"].isoformat())
    if case.today < follow_up["due_on"]:
        raise Refused("error.follow_up_ahead", months=order.months, day=follow_up["due_on"].isoformat())
    case.update(
        FollowUp,
        follow_up["ref"],
        recorded_on=case.today,
        hold_check_done=order.hold_check_done or is_checked(case, months=order.months),
        holds=order.outcome == "holds",
        note=order.note,
    )
    for timer in rows_of(case, Timer, kind=TimerKind.FOLLOW_UP, occurrence=order.months, state=TimerState.LIVE):
        case.update(Timer, timer["ref"], state=TimerState.FIRED, settled_at=case.now)
    move(case, Command.RECORD_FOLLOW_UP, choice=order.outcome)
    if standing_of(case.snapshot) in ENDED:
        give_up_with_the_introduction(case)


USE_CASE = UseCase("record_follow_up", RecordFollowUp, record_follow_up)
