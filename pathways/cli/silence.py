"""Decides when the clockwork has been silent for too long, and that the stand-in sweep runs once per period.

Time is what the caller's monotonic clock says, so a clock that is set back or forth changes nothing.
"""

from dataclasses import dataclass


@dataclass(slots=True)
class SilenceWatch:
    """Remembers when the sweep's mark last changed and when the stand-in last ran."""

    period: float
    since: float
    mark: float | None = None
    stood_in_at: float | None = None

    def is_silent(self, mark: float | None, *, now: float) -> bool:
        """Whether no sweep has finished for two periods; `mark` is the mark's time of change, None if absent."""
        if mark != self.mark:
            self.mark, self.since, self.stood_in_at = mark, now, None
        return now - self.since > 2 * self.period

    def must_stand_in(self, *, now: float) -> bool:
        """Whether the stand-in is due during a silence; answering yes counts as having run."""
        if self.stood_in_at is not None and now - self.stood_in_at < self.period:
            return False
        self.stood_in_at = now
        return True
