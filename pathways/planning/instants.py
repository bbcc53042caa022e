"""When a promise made on a wall clock falls in world time. Which date is promised is decided elsewhere."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


def local_instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the aware UTC instant at which the zone's wall clocks show this time on this day.

    On the night when clocks go forward, a time that does not exist moves forward by the skipped hour (02:30
    becomes 03:30); when they go back, a time that comes twice means the first. Both follow from fold=0 (PEP 495).
    """
    return datetime.combine(day, at.replace(tzinfo=None, fold=0), tzinfo=zone).astimezone(UTC)


def local_date(at: datetime, zone: ZoneInfo) -> date:
    """Return the date that the zone's calendars show at an aware instant."""
    return at.astimezone(zone).date()
