"""Which moment an as-of question is about, and the refusal of one that has no answer."""

from datetime import date, datetime, time, timedelta

from pathways.clock import require_utc
from pathways.errors import PathwaysError, Refused
from pathways.planning.instants import local_date, local_instant
from pathways.profiles.schema import Profile

_TICK = timedelta(microseconds=1)


class NotThere(PathwaysError):
    """The introduction had not begun at that moment; the day it began is told."""

    sentence = "error.not_there_yet"


def end_of_day(day: date, *, profile: Profile, now: datetime) -> datetime:
    """Return the moment "as of a day" means: the day's last instant in the region, or now where the day is today.

    A day that lies ahead is refused.
    """
    today = local_date(now, profile.region.zone)
    if day > today:
        raise Refused("error.as_of_in_future", as_of=day.isoformat(), now=today.isoformat())
    if day == today:
        return now
    return local_instant(day + timedelta(days=1), time(0), profile.region.zone) - _TICK


def require_past(as_of: datetime, *, now: datetime) -> datetime:
    """Return the moment in UTC; one that lies ahead is refused, and so is a naive one (`ValueError`)."""
    moment = require_utc(as_of)
    if moment > now:
        raise Refused("error.as_of_in_future", as_of=moment.isoformat(), now=now.isoformat())
    return moment
