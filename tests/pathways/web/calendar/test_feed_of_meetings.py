"""A meeting in a calendar: moved under one name, told when it is cancelled, asked about without its content."""

from datetime import date, timedelta

from sqlalchemy import select

from pathways.models.calendar import CalendarEntry
from pathways.storage.unit_of_work import table_of
from tests.pathways.web.calendar.ics import Component
from tests.pathways.web.calendar.test_feed import address_of, events
from tests.pathways.web.conftest import Web

_entry = table_of(CalendarEntry)
WAS_ON, MOVED_TO = "2021-11-23", "2021-11-24"
TITLE = "HSN sammanträder"


def meeting_in(found: dict[str, Component], day: str) -> tuple[str, Component]:
    """The board's meeting of that day, and its name."""
    at_day = day.replace("-", "")
    return next(
        (uid, one)
        for uid, one in found.items()
        if one.value("DTSTART").startswith(at_day)
        and one.value("SUMMARY") == TITLE
        and one.value("STATUS") == "CONFIRMED"
    )


def move(web: Web, was_on: str, held_on: str) -> None:
    answer = web.as_("sam").post(f"/moten/hsn/{was_on}/flytta", data={"held_on": held_on})
    assert answer.status_code == 303, answer.text[:400]
    web.clock.set(web.clock.now() + timedelta(hours=1))


def test_a_meeting_that_is_moved_keeps_its_name_and_raises_its_sequence(web: Web) -> None:
    address = address_of(web, "lg", "regionen")
    before = events(web, address)
    uid, old = meeting_in(before, WAS_ON)
    hand_in = uid.replace("meeting-", "hand-in-")
    move(web, WAS_ON, MOVED_TO)
    after = events(web, address)
    assert set(after) == set(before)  # the day that it left is no meeting of its own
    assert meeting_in(after, MOVED_TO)[0] == uid
    assert (old.value("SEQUENCE"), after[uid].value("SEQUENCE")) == ("0", "1")
    assert after[uid].value("LAST-MODIFIED") > old.value("LAST-MODIFIED")
    assert after[hand_in].value("DTSTART") != before[hand_in].value("DTSTART")
    assert after[hand_in].value("SEQUENCE") == "1"
    unmoved = {name for name in before if name not in {uid, hand_in}}
    assert {after[name].value("SEQUENCE") for name in unmoved} == {"0"}


def test_a_meeting_that_is_moved_twice_and_then_cancelled_is_one_event_all_the_way(web: Web) -> None:
    address = address_of(web, "lg", "regionen")
    uid, _ = meeting_in(events(web, address), WAS_ON)
    said = []
    move(web, WAS_ON, MOVED_TO)
    said.append(events(web, address)[uid])
    move(web, MOVED_TO, WAS_ON)
    said.append(events(web, address)[uid])
    assert web.as_("sam").post(f"/admin/organ/hsn/{WAS_ON}/stall-in").status_code == 303
    web.clock.set(web.clock.now() + timedelta(hours=1))
    said.append(events(web, address)[uid])
    assert [(one.value("SEQUENCE"), one.value("STATUS")) for one in said] == [
        ("1", "CONFIRMED"),
        ("2", "CONFIRMED"),
        ("3", "CANCELLED"),
    ]


def test_a_meeting_with_a_time_is_an_event_on_the_regions_clock_at_its_place(web: Web) -> None:
    address = address_of(web, "lg", "regionen")
    uid, usual = meeting_in(events(web, address), WAS_ON)
    assert (usual.value("DTSTART"), usual.parameters("DTSTART")) == ("20211123T093000", "TZID=Europe/Stockholm")
    assert (usual.value("DTEND"), usual.value("LOCATION")) == ("20211123T113000", "Regionhuset i Falun")
    said = {"held_on": WAS_ON, "starts_at": "13.15", "place": "Rum 4, Borlänge"}
    assert web.as_("sam").post(f"/moten/hsn/{WAS_ON}/flytta", data=said).status_code == 303
    web.clock.set(web.clock.now() + timedelta(hours=1))
    own = events(web, address)[uid]
    assert (own.value("DTSTART"), own.value("LOCATION")) == ("20211123T131500", "Rum 4, Borlänge")
    assert own.value("SEQUENCE") == "1"


def test_the_time_on_the_clock_is_the_same_on_both_sides_of_the_change_to_winter_time(web: Web) -> None:
    found = events(web, address_of(web, "lg", "regionen"))
    october, november = meeting_in(found, "2021-10-19")[1], meeting_in(found, WAS_ON)[1]
    assert [one.value("DTSTART")[-7:] for one in (october, november)] == ["T093000", "T093000"]
    with web.app.read() as work:
        rows = work.rows(select(_entry.c.on, _entry.c.starts_at, _entry.c["values"]).where(_entry.c.kind == "meeting"))
    instants = {
        row["on"]: row["starts_at"] for row in rows if row["starts_at"] is not None and row["values"]["body"] == "hsn"
    }
    assert instants[date(2021, 10, 19)].hour == 7
    assert instants[date(2021, 11, 23)].hour == 8


def test_reading_again_raises_nothing(web: Web) -> None:
    address = address_of(web, "lg", "regionen")
    uid, _ = meeting_in(events(web, address), WAS_ON)
    move(web, WAS_ON, MOVED_TO)
    for _again in range(3):
        web.clock.set(web.clock.now() + timedelta(days=1))
        assert events(web, address)[uid].value("SEQUENCE") == "1"


def test_a_calendar_may_ask_before_it_fetches(web: Web) -> None:
    address = address_of(web, "lg", "regionen")
    events(web, address)
    client = web.anonymous()
    fetched, asked = client.get(address), client.head(address)
    assert (asked.status_code, asked.content) == (200, b"")
    alike = ("etag", "content-type", "content-length", "cache-control", "content-disposition", "x-robots-tag")
    assert {name: asked.headers[name] for name in alike} == {name: fetched.headers[name] for name in alike}
    again = client.head(address, headers={"if-none-match": fetched.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.head("/kalender/gissa.ics").status_code == 404
