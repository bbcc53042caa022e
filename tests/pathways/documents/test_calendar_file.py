"""A calendar file by two readers: the icalendar library's, and one by the letter of the standard."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from pathways.documents.calendar_file import CalendarDate, make_calendar_file
from tests.pathways.web.calendar.ics import events_of, parse

ZONE = ZoneInfo("Europe/Stockholm")
CHANGED = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)
WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=120)


def one(uid: str = "loop-1-1@SE-W", **values: object) -> CalendarDate:
    given: dict[str, Any] = {  # Any: the columns' own types
        "title": "Lärandeloop 1: KOL",
        "description": "",
        "link": "https://forlopp.example/forlopp/kol/loop",
        "on": date(2026, 12, 10),
        "sequence": 0,
        "changed_at": CHANGED,
        **values,
    }
    return CalendarDate(uid=uid, **given)


def at(local: str, minutes: int = 45, **values: Any) -> CalendarDate:  # Any: as below
    moment = datetime.fromisoformat(local).replace(tzinfo=ZONE)
    return one(on=moment.date(), starts_at=moment.astimezone(UTC), minutes=minutes, **values)


def test_a_whole_day_ends_on_the_next_and_makes_nobody_busy() -> None:
    (event,) = events_of(make_calendar_file([one()], name="Mitt", zone=ZONE)).values()
    assert (event.value("DTSTART"), event.parameters("DTSTART")) == ("20261210", "VALUE=DATE")
    assert event.value("DTEND") == "20261211"
    assert event.value("TRANSP") == "TRANSPARENT"


def test_only_a_time_to_be_there_makes_busy() -> None:
    dates = [at("2026-12-10T13:00", uid="a@x"), at("2026-12-10T08:00", uid="b@x", is_busy=False)]
    found = events_of(make_calendar_file(dates, name="Mitt", zone=ZONE))
    assert [found[uid].value("TRANSP") for uid in ("a@x", "b@x")] == ["OPAQUE", "TRANSPARENT"]


def test_a_leap_day_is_a_day_like_others() -> None:
    (event,) = events_of(make_calendar_file([one(on=date(2028, 2, 29))], name="Mitt", zone=ZONE)).values()
    assert (event.value("DTSTART"), event.value("DTEND")) == ("20280229", "20280301")


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ("2026-03-27T08:00", "07:00"),  # the last working day of winter time
        ("2026-03-30T08:00", "06:00"),  # the first of summer time
        ("2026-10-23T08:00", "06:00"),
        ("2026-10-26T08:00", "07:00"),
        ("2028-02-29T08:00", "07:00"),
    ],
)
def test_eight_o_clock_stays_eight_o_clock_over_both_switches(local: str, utc: str) -> None:
    content = make_calendar_file([at(local)], name="Mitt", zone=ZONE)
    (event,) = events_of(content).values()
    assert event.parameters("DTSTART") == "TZID=Europe/Stockholm"
    assert event.value("DTSTART").endswith("T080000")
    assert event.value("DTEND").endswith("T084500")
    (read,) = Calendar.from_ical(content).walk("VEVENT")
    assert f"{read.decoded('dtstart').astimezone(UTC):%H:%M}" == utc


def test_the_zones_own_rules_stand_in_the_file() -> None:
    content = make_calendar_file([at("2026-03-30T08:00")], name="Mitt", zone=ZONE)
    (zone,) = [part for part in parse(content).parts if part.name == "VTIMEZONE"]
    assert zone.value("TZID") == "Europe/Stockholm"
    assert {part.name for part in zone.parts} == {"DAYLIGHT", "STANDARD"}
    summer = next(part for part in zone.parts if part.name == "DAYLIGHT")
    assert (summer.value("TZOFFSETFROM"), summer.value("TZOFFSETTO")) == ("+0100", "+0200")


def test_a_file_of_whole_days_needs_no_zone() -> None:
    content = make_calendar_file([one()], name="Mitt", zone=ZONE)
    assert [part.name for part in parse(content).parts] == ["VEVENT"]


def test_an_empty_file_is_a_calendar_all_the_same() -> None:
    calendar = parse(make_calendar_file([], name="Mitt", zone=ZONE))
    assert (calendar.value("VERSION"), calendar.value("METHOD"), calendar.value("X-WR-CALNAME")) == (
        "2.0",
        "PUBLISH",
        "Mitt",
    )
    assert calendar.value("REFRESH-INTERVAL") == "PT1H"


def test_a_cancelled_date_says_so_under_its_name_with_its_number() -> None:
    content = make_calendar_file([one(cancelled=True, sequence=3)], name="Mitt", zone=ZONE)
    event = events_of(content)["loop-1-1@SE-W"]
    assert (event.value("STATUS"), event.value("SEQUENCE")) == ("CANCELLED", "3")
    assert event.value("LAST-MODIFIED") == event.value("DTSTAMP") == "20261120T073000Z"


def test_the_same_dates_give_the_same_bytes() -> None:
    dates = [one(), at("2026-12-11T08:00", uid="loop-2-1@SE-W")]
    assert make_calendar_file(dates, name="Mitt", zone=ZONE) == make_calendar_file(dates, name="Mitt", zone=ZONE)


@settings(max_examples=120, deadline=None)
@given(title=WORDS, description=WORDS, name=WORDS)
def test_any_words_come_through_both_readers_as_they_were(title: str, description: str, name: str) -> None:
    content = make_calendar_file([one(title=title, description=description)], name=name, zone=ZONE)
    (event,) = events_of(content).values()
    (read,) = Calendar.from_ical(content).walk("VEVENT")
    assert str(read["summary"]) == title
    assert str(read["description"]) == description
    if "\\" not in title:
        assert event.value("SUMMARY") == title


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 11 * 365 * 24 * 60), st.integers(1, 600))
def test_any_instant_comes_back_as_the_same_instant(since: int, minutes: int) -> None:
    starts_at = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=since)
    date_of = one(on=starts_at.astimezone(ZONE).date(), starts_at=starts_at, minutes=minutes)
    (read,) = Calendar.from_ical(make_calendar_file([date_of], name="Mitt", zone=ZONE)).walk("VEVENT")
    # In the hour that comes twice, a wall clock alone cannot say which; the standard means the first.
    is_twice = starts_at.astimezone(ZONE).fold == 1
    ends_twice = (starts_at + timedelta(minutes=minutes)).astimezone(ZONE).fold == 1
    if not is_twice:
        assert read.decoded("dtstart").astimezone(UTC) == starts_at
    if not (is_twice or ends_twice):
        assert read.decoded("dtend").astimezone(UTC) == starts_at + timedelta(minutes=minutes)
