"""A calendar's address in the hands of a program: it follows what happens, and ends when it should."""

import re
from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select
from starlette.testclient import TestClient

from notifications.tables import outbox_message
from pathways.clock import SetClock
from pathways.models.calendar import CalendarFeed
from pathways.models.organisation import Body, Person, RegionRole
from pathways.profiles.vocabulary import Role
from pathways.services.ask import Ask
from pathways.services.clockwork.calendars import refresh_calendars
from pathways.storage.unit_of_work import table_of
from tests.pathways.drive import drive_to
from tests.pathways.furnished import CAST
from tests.pathways.queries.watching import watched
from tests.pathways.web.board.page import read
from tests.pathways.web.calendar.ics import Component, events_of, parse
from tests.pathways.web.conftest import Web

_body, _person, _feed = table_of(Body), table_of(Person), table_of(CalendarFeed)


def address_of(web: Web, slug: str = "sam", scope: str = "egen", client: TestClient | None = None) -> str:
    answer = (client or web.as_(slug)).post(f"/kalender/{scope}/skapa")
    assert answer.status_code == 200, answer.text[:400]
    (found,) = re.findall(r'value="http://127\.0\.0\.1(/kalender/[^"]+\.ics)"', answer.text)
    return str(found)


def events(web: Web, address: str) -> dict[str, Component]:
    refresh_calendars(web.app, now=web.clock.now())
    answer = web.anonymous().get(address)
    assert answer.status_code == 200
    return events_of(answer.content)


def titles(found: dict[str, Component]) -> list[str]:
    return [one.value("SUMMARY") for one in found.values() if one.value("STATUS") == "CONFIRMED"]


def test_an_address_is_shown_once_and_only_its_digest_is_kept(web: Web) -> None:
    client = web.as_("sam")
    address = address_of(web, client=client)
    secret = address.removeprefix("/kalender/").removesuffix(".ics")
    assert secret not in client.get("/kalender").text
    with web.app.read() as work:
        rows = work.rows(select(_feed))
    assert secret not in str(rows)
    assert len(rows[0]["token_hash"]) == 64


def test_a_calendar_is_read_without_a_login(web: Web) -> None:
    answer = web.anonymous().get(address_of(web))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert answer.headers["cache-control"] == "private, no-cache"
    assert "set-cookie" not in answer.headers
    assert Calendar.from_ical(answer.content)["X-WR-CALNAME"] == "Förlopp: mitt, Region Dalarna"


def test_the_regions_calendar_holds_all_bodies_and_no_tasks(web: Web) -> None:
    drive_to(web.app, web.clock, "kol", "executing")
    found = titles(events(web, address_of(web, "lg", "regionen")))
    assert "HSN sammanträder" in found
    assert "Nationell remiss öppnar" in found
    assert any(title.startswith("Lärandeloop 1 öppnar: ") for title in found)
    assert not any(title.startswith("Uppgift") for title in found)


def test_no_person_is_named_in_any_calendar(web: Web) -> None:
    drive_to(web.app, web.clock, "kol", "reviewing")
    refresh_calendars(web.app, now=web.clock.now())
    for slug, scope in (("sam", "egen"), ("res", "egen"), ("lg", "regionen")):
        text = web.anonymous().get(address_of(web, slug, scope)).text
        assert [person.name for person in CAST if person.name in text] == []
        assert "mailto" not in text.lower()


def test_a_persons_own_calendar_holds_their_tasks_loops_and_meetings_alone(web: Web) -> None:
    drive_to(web.app, web.clock, "kol", "reviewing")
    drive_to(web.app, web.clock, "sepsis", "executing")
    web.app.run("sepsis", "dismiss", {"person": "res", "role": "development_resource"}, Ask(actor="sam"))
    found = events(web, address_of(web, "res"))
    told = titles(found)
    assert [title for title in told if title.startswith("Lärandeloop")] == ["Lärandeloop 1: " + _pathway(web, "kol")]
    assert any(title.startswith("Uppgift: ") for title in told)
    assert not any("sammanträder" in title for title in told)
    others = events(web, address_of(web, "frammande"))
    assert others == {}


def test_members_of_a_body_have_its_meetings(web: Web) -> None:
    told = titles(events(web, address_of(web, "lg")))
    assert "LG-HS sammanträder" in told
    assert "HSN sammanträder" not in told
    with web.app.write() as work:
        board = work.value(select(_body.c.id).where(_body.c.slug == "hsn"))
        person = work.value(select(_person.c.id).where(_person.c.slug == "m1"))
        values = {"region_id": web.app.region_id(), "person_id": person, "role": Role.MANAGEMENT_GROUP_MEMBER}
        work.insert_one(RegionRole, {**values, "body_id": board})
        work.commit()
    assert set(titles(events(web, address_of(web, "m1")))) == {
        "HSN sammanträder",
        *(
            one
            for one in titles(events(web, address_of(web, "m1")))
            if one.startswith("Sista dag att lämna in till HSN")
        ),
    }


def test_names_stay_through_changes_and_cancellations(web: Web) -> None:
    address = address_of(web, "lg", "regionen")
    before = events(web, address)
    on_that_day = [(uid, one) for uid, one in before.items() if one.value("DTSTART").startswith("20211123")]
    uid, old = next((uid, one) for uid, one in on_that_day if one.value("SUMMARY") == "HSN sammanträder")
    assert (old.value("SEQUENCE"), old.value("STATUS")) == ("0", "CONFIRMED")
    assert web.as_("sam").post("/admin/organ/hsn/2021-11-23/stall-in").status_code == 303
    web.clock.set(web.clock.now() + timedelta(hours=1))
    after = events(web, address)
    assert set(after) == set(before)
    assert (after[uid].value("SEQUENCE"), after[uid].value("STATUS")) == ("1", "CANCELLED")
    assert after[uid].value("LAST-MODIFIED") > old.value("LAST-MODIFIED")


def test_a_loop_that_opens_moves_under_the_same_name_as_in_the_mail(web: Web, clock: SetClock) -> None:
    driver = drive_to(web.app, clock, "kol", "executing")
    address = address_of(web, "res")
    planned = next(one for one in events(web, address).values() if "öppnar" in one.value("SUMMARY"))
    assert planned.value("DTSTART").endswith("T080000")
    driver.open_due_loop()
    opened = events(web, address)[planned.value("UID")]
    assert opened.value("DTSTART").endswith("T130000")
    with web.app.read() as work:
        values = [
            row["values"] for row in work.rows(select(outbox_message).where(outbox_message.c.kind == "loop_opens"))
        ]
    assert {(one["event_uid"], str(one["event_sequence"])) for one in values} == {
        (opened.value("UID"), opened.value("SEQUENCE"))
    }


def test_a_reader_that_has_it_already_is_sent_nothing(web: Web) -> None:
    address = address_of(web, "lg", "regionen")
    events(web, address)
    client = web.anonymous()
    first = client.get(address)
    tag = first.headers["etag"]
    for named in (tag, f"W/{tag}", f'"other", {tag}'):
        again = client.get(address, headers={"if-none-match": named})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(address, headers={"if-none-match": '"other"'}).status_code == 200
    web.as_("sam").post("/admin/organ/hsn/2021-11-23/stall-in")
    events(web, address)
    assert client.get(address, headers={"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize("secret", ["gissa", "a" * 52, "a" * 500, "%00", "..%2f", "å"])
def test_an_unknown_address_is_no_page(web: Web, secret: str) -> None:
    assert web.anonymous().get(f"/kalender/{secret}.ics").status_code == 404


def test_a_revoked_address_is_no_page_and_a_new_one_ends_the_old(web: Web) -> None:
    client = web.as_("sam")
    first = address_of(web, client=client)
    second = address_of(web, client=client)
    assert [web.anonymous().get(one).status_code for one in (first, second)] == [404, 200]
    assert client.post("/kalender/egen/sluta").status_code == 303
    assert "Adressen gäller inte längre" in read(client.get("/kalender")).words
    assert web.anonymous().get(second).status_code == 404


def test_the_two_calendars_of_a_person_end_apart(web: Web) -> None:
    own, region = address_of(web), address_of(web, scope="regionen")
    web.as_("sam").post("/kalender/egen/sluta")
    assert [web.anonymous().get(one).status_code for one in (own, region)] == [404, 200]


def test_who_has_left_has_no_calendar(web: Web) -> None:
    addresses = [address_of(web, "ana"), address_of(web, "ana", "regionen")]
    with web.app.write() as work:
        work.update(Person, {"slug": "ana"}, {"active": False})
        work.commit()
    assert [web.anonymous().get(one).status_code for one in addresses] == [404, 404]


def test_who_has_lost_every_role_reads_the_regions_calendar_no_more(web: Web) -> None:
    own, region = address_of(web, "ana"), address_of(web, "ana", "regionen")
    with web.app.write() as work:
        person = work.value(select(_person.c.id).where(_person.c.slug == "ana"))
        work.connection.execute(table_of(RegionRole).delete().where(table_of(RegionRole).c.person_id == person))
        work.commit()
    assert [web.anonymous().get(one).status_code for one in (own, region)] == [200, 404]


def test_a_stranger_may_have_an_own_calendar_but_not_the_regions(web: Web) -> None:
    assert web.as_("frammande").post("/kalender/regionen/skapa").status_code == 404
    assert "Regionens kalender" not in web.as_("frammande").get("/kalender").text
    assert address_of(web, "frammande")


def test_words_are_in_the_persons_language(web: Web) -> None:
    client = web.as_("lg")
    client.post("/sprak", data={"language": "en"})
    with web.app.write() as work:
        work.update(Person, {"slug": "lg"}, {"language": "en"})
        work.commit()
    told = titles(events(web, address_of(web, "lg", "regionen")))
    assert "HSN meets" in told
    assert not any("sammanträder" in title for title in told)


def test_whole_days_and_times_are_told_apart(web: Web) -> None:
    drive_to(web.app, web.clock, "kol", "executing")
    address = address_of(web, "lg", "regionen")
    refresh_calendars(web.app, now=web.clock.now())
    calendar = parse(web.anonymous().get(address).content)
    kinds = {(part.name, part.parameters("DTSTART")) for part in calendar.parts if part.name == "VEVENT"}
    assert kinds == {("VEVENT", "VALUE=DATE"), ("VEVENT", "TZID=Europe/Stockholm")}
    assert [part.value("TZID") for part in calendar.parts if part.name == "VTIMEZONE"] == ["Europe/Stockholm"]


def test_what_is_long_past_leaves_the_file(web: Web) -> None:
    address = address_of(web, "lg", "regionen")
    events(web, address)
    web.clock.set(web.clock.now() + timedelta(days=200))
    first = min(one.value("DTSTART")[:8] for one in events(web, address).values())
    assert first >= f"{web.clock.now().date() - timedelta(days=90):%Y%m%d}"


def test_a_calendar_takes_three_statements_whatever_it_holds(web: Web) -> None:
    drive_to(web.app, web.clock, "kol", "executing")
    address = address_of(web, "res")
    events(web, address)
    client = web.anonymous()
    client.get(address)
    with watched(web.app) as sent:
        client.get(address)
    assert len([one for one in sent if "calendar_" in one or "region_role" in one]) <= 3


def test_a_door_that_is_tried_too_often_closes_for_a_while(web: Web) -> None:
    client = web.anonymous()
    answers = [client.get(f"/kalender/gissning{n}.ics").status_code for n in range(61)]
    assert answers[0] == 404
    assert answers[-1] == 429


def test_the_page_tells_how_to_subscribe_in_both_languages(web: Web) -> None:
    client = web.as_("sam")
    page = read(client.get("/kalender"))
    assert "Så prenumererar du" in page.words
    assert "Android (Google Kalender)" in page.words
    client.post("/sprak", data={"language": "en"})
    assert "Subscribe from web" in read(client.get("/kalender")).words


def test_an_unknown_kind_of_calendar_is_no_page(web: Web) -> None:
    assert web.as_("sam").post("/kalender/andras/skapa").status_code == 404
    assert web.as_("sam").post("/kalender/andras/sluta").status_code == 404


def _pathway(web: Web, slug: str) -> str:
    text = web.as_("sam").get(f"/forlopp/{slug}").text
    (name,) = re.findall(r"<h1>(.*?)</h1>", text)[:1]
    return str(name)
