"""The sweep: rings the timers that are due, climbs the reminder ladder, and names the learning loops to be opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pathways.errors import ClockWentBack, Refused
from pathways.models.introduction import TimerKind
from pathways.services.clockwork.agendas import put_waiting_plans
from pathways.services.clockwork.calendars import refresh_calendars
from pathways.services.clockwork.heartbeat import refuse_an_earlier_clock
from pathways.services.clockwork.jury import ask_juries
from pathways.services.clockwork.loops import LoopDue, due_loops, due_timers
from pathways.services.clockwork.meetings import top_up_meetings
from pathways.services.clockwork.reminders import remind_due
from pathways.services.clockwork.ring import USE_CASE as RING
from pathways.services.clockwork.ring import Ring
from pathways.services.clockwork.running import Running, within
from pathways.storage.unit_of_work import Row, UnitOfWork

TOGETHER = 50


@dataclass(frozen=True, slots=True)
class SweepReport:
    """What a sweep did, and the loops that are to be opened, each in a run of its own."""

    timers_fired: int
    reminders: int
    refused: int
    loops_due: tuple[LoopDue, ...]


def sweep(app: Running, *, now: datetime) -> SweepReport:
    """Do what is due at `now`. A second sweep at the same time does no harm: each timer and rung is claimed.

    Raises `ClockWentBack` where the clock stands before the newest sweep.
    """
    with app.database.read(now) as work:
        refuse_an_earlier_clock(work)
        timers = [row for row in work.rows(due_timers(app, now)) if row["kind"] != TimerKind.LEARNING_LOOP]
    fired = sum(_ring_together(app, timers[first : first + TOGETHER]) for first in range(0, len(timers), TOGETHER))
    reminders = remind_due(app, now=now)
    top_up_meetings(app, now=now)
    put_waiting_plans(app, now=now)
    ask_juries(app, now=now)
    refresh_calendars(app, now=now)
    return SweepReport(
        timers_fired=fired,
        reminders=reminders,
        refused=len(timers) - fired,
        loops_due=due_loops(app, now=now),
    )


def _ring_together(app: Running, timers: Sequence[Row]) -> int:
    """Ring some timers in one transaction, since waiting for the disk costs most; return how many rang.

    Where one is refused, because another sweep was first or its introduction has seen a later clock, each rings by
    itself: that one waits, and the others do not wait with it.
    """
    try:
        return app.retry(lambda work: sum(_ring(app, work, timer) for timer in timers))
    except (Refused, ClockWentBack):
        return sum(_ring_together(app, [timer]) for timer in timers) if len(timers) > 1 else 0


def _ring(app: Running, work: UnitOfWork, timer: Row) -> bool:
    """Ring one timer; False where it has rung already."""
    receipt = within(
        app,
        work,
        RING,
        Ring(timer=timer["ref"]),
        region=(timer["region_id"], timer["code"]),
        slug=timer["slug"],
        key=f"ring:{timer['introduction_id']}:{timer['ref']}",
    )
    return not receipt.repeated
