"""Gathers each person's held messages into the weekly digest."""

from datetime import datetime

from notifications.digest import collect_digests
from pathways.planning.instants import local_date
from pathways.services.clockwork.heartbeat import refuse_an_earlier_clock
from pathways.services.clockwork.running import Running
from pathways.storage.unit_of_work import UnitOfWork


def weekly_digest(app: Running, *, now: datetime) -> int:
    """Put one digest per person who has something to hear, and return how many; once a week at most.

    Raises `ClockWentBack` where the clock stands before the newest sweep: it would name an earlier week.
    """
    profile = next(iter(app.profiles.values()))
    year, week, _ = local_date(now, profile.region.zone).isocalendar()
    name = f"{year}-W{week:02d}"

    def collect(work: UnitOfWork) -> int:
        refuse_an_earlier_clock(work)
        return collect_digests(work.connection, now=now, week=name, max_lines=profile.digest.max_lines)

    return app.retry(collect)
