"""Calendar files (iCalendar, RFC 5545) that phones and Outlook subscribe to. The same dates give the same bytes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Event

READ_AGAIN = timedelta(hours=1)
YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDate:
    """One date in words: a whole day (`starts_at` is None), or some minutes from an instant on.

    A whole day makes nobody busy, nor does a time that is only for knowing (`is_busy` is untrue).
    """

    uid: str
    title: str
    description: str
    link: str
    on: date
    sequence: int
    changed_at: datetime
    starts_at: datetime | None = None
    minutes: int | None = None
    cancelled: bool = False
    is_busy: bool = True
    place: str = ""


def make_calendar_file(dates: Iterable[CalendarDate], *, name: str, zone: ZoneInfo) -> bytes:
    """Return the file: published, so that no answer is expected; times stand on the zone's wall clock, with its rules.

    A cancelled date stays in it with its name and a higher number, so that calendars take it away.
    """
    from icalendar import Calendar  # noqa: PLC0415 - heavy, and only calendars need it

    calendar = Calendar()
    for key, value in (("prodid", "-//Forlopp//Forlopp//SV"), ("version", "2.0"), ("method", "PUBLISH")):
        calendar.add(key, value)
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", zone.key)
    calendar.add("refresh-interval", READ_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    chosen = list(dates)
    for one in chosen:
        calendar.add_component(_event(one, zone))
    timed = [one.on for one in chosen if one.starts_at is not None]
    if timed:
        calendar.add_missing_timezones(first_date=min(timed) - YEAR, last_date=max(timed) + YEAR)
    return bytes(calendar.to_ical())


def _event(one: CalendarDate, zone: ZoneInfo) -> "Event":
    from icalendar import Event  # noqa: PLC0415 - as above

    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", one.changed_at.astimezone(UTC))
    event.add("last-modified", one.changed_at.astimezone(UTC))
    event.add("sequence", one.sequence)
    event.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
    event.add("summary", one.title)
    if one.description:
        event.add("description", one.description)
    event.add("url", one.link)
    if one.place:
        event.add("location", one.place)
    event.add("transp", "OPAQUE" if one.is_busy and one.starts_at is not None else "TRANSPARENT")
    if one.starts_at is None:
        event.add("dtstart", one.on)
        event.add("dtend", one.on + timedelta(days=1))
    else:
        event.add("dtstart", one.starts_at.astimezone(zone))
        event.add("dtend", (one.starts_at + timedelta(minutes=one.minutes or 0)).astimezone(zone))
    return event
