"""When an at-once message may leave: not at night and not on week-ends. Pure: the caller sets `not_before`."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

_SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """The hours of a day, on the wall clock, when nobody is disturbed; equal ends mean that there are none.

    The hours may run past midnight. `weekends` adds Saturday and Sunday as a whole.
    """

    starts: time
    ends: time
    weekends: bool = True


def leaves_at(now: datetime, quiet: QuietHours, zone: ZoneInfo) -> datetime:
    """Gives `now` if a message may leave now, otherwise the first instant when it may, in UTC."""
    local = now.astimezone(zone)
    if not _is_quiet(local, quiet):
        return now
    # A quiet stretch ends at `ends` on some day; the longest stretch is a week-end with its two nights.
    for days in range(5):
        candidate = datetime.combine(local.date() + timedelta(days=days), quiet.ends, zone)
        if candidate > local and not _is_quiet(candidate, quiet):
            return candidate.astimezone(UTC)
    raise AssertionError(f"no end of {quiet} after {now}")  # a stretch is never longer than a week-end


def _is_quiet(local: datetime, quiet: QuietHours) -> bool:
    if quiet.weekends and local.weekday() >= _SATURDAY:
        return True
    clock = local.time()
    if quiet.starts <= quiet.ends:
        return quiet.starts <= clock < quiet.ends
    return clock >= quiet.starts or clock < quiet.ends
