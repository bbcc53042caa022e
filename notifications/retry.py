"""When to try again after a failed try, and when to give up. Pure: it decides, others act."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

# Quick at first, for a server that restarts; then patient, for a server that is down over a long week-end.
DELAYS: Final[tuple[timedelta, ...]] = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(hours=24),
    timedelta(hours=24),
    timedelta(hours=24),
    timedelta(hours=24),
)


@dataclass(frozen=True, slots=True)
class Retry:
    """Try again at `at`."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Bury:
    """Give up; a person must look."""

    reason: str


def next_attempt(attempt: int, *, permanent: bool, now: datetime) -> Retry | Bury:
    """Decides after the failed try number `attempt` (the first is 1)."""
    if permanent:
        return Bury("permanent: trying again will not help")
    if attempt > len(DELAYS):
        return Bury(f"gave up after {attempt} tries")
    return Retry(now + DELAYS[attempt - 1])
