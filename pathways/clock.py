"""The only place that knows what time it is; everybody else is told."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Something that can be asked for the present instant."""

    def now(self) -> datetime:
        """Return the present instant, aware and in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the present instant, aware and in UTC."""
        return datetime.now(UTC)


class SetClock:
    """A clock that stands still until somebody moves it: for simulation, demo history and tests."""

    def __init__(self, at: datetime) -> None:
        self._at = require_utc(at)

    def now(self) -> datetime:
        """Return the instant it was last set to."""
        return self._at

    def set(self, at: datetime) -> None:
        """Move the clock to `at`; backwards too, so that tests can play a wrong clock."""
        self._at = require_utc(at)


def require_utc(at: datetime) -> datetime:
    """Return `at` in UTC; a naive time is refused with `ValueError`, since nobody can say what it means."""
    if at.tzinfo is None:
        raise ValueError(f"the time {at.isoformat()} has no time zone")
    return at.astimezone(UTC)
