"""The calendar file, read back as a calendar program reads it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import icalendar

from notifications.channels.base import Rendered
from notifications.message import JsonValue, MessageKind
from notifications.render import Renderer
from tests.notifications.samples import SAMPLES

STAMP = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


def _read(renderer: Renderer, **changes: JsonValue) -> tuple[Rendered, icalendar.Calendar]:
    values = {**SAMPLES[MessageKind.LOOP_OPENS], **changes}
    rendered = renderer.render(MessageKind.LOOP_OPENS, values, "sv", stamped_at=STAMP)
    (attachment,) = rendered.attachments
    calendar = icalendar.Calendar.from_ical(attachment.content)
    assert isinstance(calendar, icalendar.Calendar)
    return rendered, calendar


def test_a_meeting_with_a_time_stands_on_the_wall_clock_of_its_place(renderer: Renderer) -> None:
    rendered, calendar = _read(renderer)
    (event,) = calendar.events
    stockholm = ZoneInfo("Europe/Stockholm")
    assert calendar["METHOD"] == "PUBLISH"
    assert event.start == datetime(2026, 12, 10, 13, 0, tzinfo=stockholm)
    assert event.end == datetime(2026, 12, 10, 14, 30, tzinfo=stockholm)
    assert [str(zone["TZID"]) for zone in calendar.timezones] == ["Europe/Stockholm"]
    assert event["SUMMARY"] == rendered.subject
    assert event["URL"] == "https://forlopp.example/introductions/dalarna-kol"
    assert event["LOCATION"] == "Falu lasarett, Älgen"


def test_a_meeting_without_a_time_takes_the_day_and_makes_nobody_busy(renderer: Renderer) -> None:
    _rendered, calendar = _read(renderer, starts_at=None, minutes=None, place=None)
    (event,) = calendar.events
    assert (event.start, event.end) == (date(2026, 12, 10), date(2026, 12, 11))
    assert event["TRANSP"] == "TRANSPARENT"


def test_the_same_meeting_keeps_its_identity_when_it_moves(renderer: Renderer) -> None:
    first = _read(renderer)[1].events[0]
    moved = _read(renderer, meeting_on="2026-12-11", starts_at="2026-12-11T12:00:00+00:00")[1].events[0]
    assert first["UID"] == moved["UID"] == "loop-17-2@SE-W"


def test_the_same_message_makes_the_same_file(renderer: Renderer) -> None:
    assert _read(renderer)[0] == _read(renderer)[0]
