"""The calendar file of a meeting: published, not a request, so that no answer is expected or sent.

The UID is stable, so a changed meeting replaces the old one in the person's calendar.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress

NOBODY = "invalid:nomail"
"""A cancellation must name an organizer; nobody is to be written to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting of a whole day (`starts_at` is None) or with a time on the wall clock of `zone`.

    `sequence` rises with every change, so that a calendar knows the newer of two files; a cancelled one is taken away.
    """

    uid: str
    title: str
    description: str
    link: str
    on: date
    starts_at: datetime | None = None
    duration: timedelta = timedelta(hours=1)
    place: str | None = None
    sequence: int = 0
    cancelled: bool = False


def build_invite(meeting: Meeting, *, zone: ZoneInfo, stamped_at: datetime) -> bytes:
    """Builds an .ics file with one event, METHOD:PUBLISH or CANCEL, and a VTIMEZONE when the event has a time."""
    calendar = Calendar()
    calendar.add("prodid", "-//Forlopp//Forlopp//SV")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if meeting.cancelled else "PUBLISH")
    calendar.add_component(_event_of(meeting, zone, stamped_at))
    # One year of clock changes on either side is enough, and keeps the file short.
    year = timedelta(days=366)
    calendar.add_missing_timezones(first_date=meeting.on - year, last_date=meeting.on + year)
    return bytes(calendar.to_ical())


def _event_of(meeting: Meeting, zone: ZoneInfo, stamped_at: datetime) -> Event:
    event = Event()
    event.add("uid", meeting.uid if "@" in meeting.uid else f"{meeting.uid}@forlopp")
    event.add("dtstamp", stamped_at)
    event.add("sequence", meeting.sequence)
    if meeting.cancelled:
        event.add("status", "CANCELLED")
        event["organizer"] = vCalAddress(NOBODY)
    event.add("summary", meeting.title)
    event.add("description", meeting.description)
    event.add("url", meeting.link)
    if meeting.place:
        event.add("location", meeting.place)
    if meeting.starts_at is None:
        event.add("dtstart", meeting.on)
        event.add("dtend", meeting.on + timedelta(days=1))
        event.add("transp", "TRANSPARENT")  # a whole day does not make the person busy
    else:
        starts_at = meeting.starts_at.astimezone(zone)
        event.add("dtstart", starts_at)
        event.add("dtend", (meeting.starts_at + meeting.duration).astimezone(zone))
    return event
