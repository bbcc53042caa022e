"""The inbox, and what people change about themselves: name, language, address, absences; and what was sent to them."""

import pytest
from httpx2 import Response
from sqlalchemy import select
from starlette.testclient import TestClient

from notifications.channels.inbox import count_unread
from notifications.channels.memory import MemoryChannel
from pathways.bootstrap.delivery import build_post
from pathways.models.administration import RegionEvent
from pathways.models.organisation import Absence, Person
from pathways.services.clockwork.delivery import deliver_due
from pathways.storage.unit_of_work import Row, table_of
from tests.pathways.queries.watching import watched
from tests.pathways.services.judge import person_id
from tests.pathways.web.work.conftest import Desk
from tests.pathways.web.work.looking import follow, form, forms, notices, words

_person, _absence = table_of(Person), table_of(Absence)


def deliver(desk: Desk) -> MemoryChannel:
    channel = MemoryChannel(name="address")
    deliver_due(desk.app, build_post(desk.app, channel), now=desk.app.clock.now())
    return channel


def unread(desk: Desk, person: str) -> int:
    with desk.app.read() as work:
        return count_unread(work.connection, str(person_id(desk.app, person)))


def person(desk: Desk, slug: str) -> Row:
    with desk.app.read() as work:
        found = work.find(select(_person).where(_person.c.slug == slug))
    assert found is not None
    return found


# -- inbox


def test_an_empty_inbox_says_what_comes_there(desk: Desk) -> None:
    assert "Inkorgen är tom Här hamnar meddelanden" in words(desk.as_("frammande").get("/inkorg"))


def test_a_message_says_what_it_is_about_and_why_it_came(desk: Desk) -> None:
    ref = desk.task("m1")
    deliver(desk)
    shown = desk.as_("m1").get("/inkorg")
    said = words(shown)
    assert "KOL: du har fått en ny uppgift Oläst 9 juni 2021 kl. 10.00 Uppgiften ”Ring Mora” är nu din." in said
    assert "Varför får jag detta?" in said
    assert f'href="/forlopp/kol/uppgift/{ref}"' in shown.text
    assert "/u/" not in shown.text


def test_a_message_is_marked_as_read_by_its_own_person_alone(desk: Desk) -> None:
    desk.task("m1")
    deliver(desk)
    client = desk.as_("m1")
    before = unread(desk, "m1")
    action = next(action for action in forms(client.get("/inkorg")) if action.endswith("/last"))
    assert desk.as_("m2").post(action).status_code == 303
    assert unread(desk, "m1") == before
    follow(client, client.post(action))
    assert unread(desk, "m1") == before - 1
    assert client.post(action).status_code == 303


def test_everything_is_marked_as_read_at_once(desk: Desk) -> None:
    desk.task("m1")
    deliver(desk)
    client = desk.as_("m1")
    answer = form(client.get("/inkorg"), "/inkorg/lasta").send(client)
    assert "Alla meddelanden är markerade som lästa." in notices(follow(client, answer))
    assert unread(desk, "m1") == 0
    assert "/inkorg/lasta" not in forms(client.get("/inkorg"))


def test_older_messages_are_a_page_away(desk: Desk) -> None:
    for n in range(25):
        desk.task("m2", title=f"Ring nummer {n}")
    deliver(desk)
    client = desk.as_("m2")
    first = client.get("/inkorg")
    assert ("Ring nummer 24" in words(first), "Ring nummer 0 " in words(first)) == (True, False)
    older = first.text.partition('rel="next" href="')[2].partition('"')[0]
    assert "”Ring nummer 0”" in words(client.get(older))


@pytest.mark.parametrize("before", ["x", "-1", "99999999999999999999", "²"])
def test_a_page_number_that_is_none_shows_the_newest(desk: Desk, before: str) -> None:
    assert desk.as_("m1").get("/inkorg", params={"fore": before}).status_code == 200


@pytest.mark.parametrize("item", ["x", "0", "99999999"])
def test_marking_what_is_not_there_harms_nothing(desk: Desk, item: str) -> None:
    assert desk.as_("m1").post(f"/inkorg/{item}/last").status_code in {303, 404}


def test_the_way_to_the_inbox_says_how_much_is_unread_at_no_extra_cost(desk: Desk) -> None:
    client = desk.as_("m1")
    client.get("/hjalp")
    with watched(desk.app) as before:
        client.get("/hjalp")
    desk.task("m1")
    deliver(desk)
    with watched(desk.app) as after:
        shown = client.get("/hjalp")
    n = unread(desk, "m1")
    assert f"Inkorg ({n} olästa)" in shown.text
    assert len(after) == len(before)


# -- profile


def test_a_person_changes_name_language_and_address(desk: Desk) -> None:
    client = desk.as_("m1")
    shown = form(client.get("/min-profil"), "/min-profil")
    assert (shown.fields["own_name"], shown.fields["address"]) == (["Maja Zetterlund"], ["m1@forlopp.example"])
    answer = shown.send(client, own_name="Maja  Åberg", language="en", address="maja@region.example")
    assert "Your profile has been saved. Send a trial message" in notices(follow(client, answer))
    now = person(desk, "m1")
    assert (now["name"], now["language"], now["address"]) == ("Maja Åberg", "en", "maja@region.example")


def test_what_a_person_changes_about_themselves_stands_in_the_regions_log_without_names_or_addresses(
    desk: Desk,
) -> None:
    client = desk.as_("m1")
    form(client.get("/min-profil"), "/min-profil").send(client, own_name="Maja Åberg", address="maja@region.example")
    go_away(client, away_from="2021-06-09", away_until="2021-06-20")
    with desk.app.read() as work:
        logged = work.rows(select(table_of(RegionEvent)).order_by(table_of(RegionEvent).c.id))
    assert [(one["action"], one["subject"], one["values"]) for one in logged] == [
        ("change_person", "m1", {"fields": ["address", "name"]}),
        ("record_absence", "m1", {"from_on": "2021-06-09", "until_on": "2021-06-20"}),
    ]


def test_an_address_that_was_left_alone_stays_as_an_administrator_set_it(desk: Desk) -> None:
    client = desk.as_("m1")
    form(client.get("/min-profil"), "/min-profil").send(client, own_name="Maja Z")
    assert person(desk, "m1")["address"] == "mailto://m1@forlopp.example"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"own_name": ""}, "own_name"),
        ({"own_name": "x" * 101}, "own_name"),
        ({"language": "de"}, "language"),
        ({"address": "maja"}, "address"),
        ({"address": "json://169.254.169.254/latest"}, "address"),
        ({"address": "mailto://user:pass@intern.example:25"}, "address"),
        ({"address": "file:///etc/passwd"}, "address"),
        ({"address": "a@b.example, c@d.example"}, "address"),
    ],
)
def test_a_faulty_profile_is_shown_again_and_nothing_is_changed(desk: Desk, typed: dict[str, str], field: str) -> None:
    client, before = desk.as_("m1"), person(desk, "m1")
    answer = form(client.get("/min-profil"), "/min-profil").send(client, **typed)
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text
    assert person(desk, "m1") == before


def test_a_trial_message_arrives_once_however_often_the_button_is_pressed(desk: Desk) -> None:
    client = desk.as_("m1")
    shown = form(client.get("/min-profil"), "/prov")
    answer = shown.send(client)
    shown.send(client)
    assert "Ett provmeddelande är på väg." in notices(follow(client, answer))
    sent = [kept for kept in deliver(desk).kept if kept.rendered.kind == "trial"]
    assert [kept.rendered.subject for kept in sent] == ["Provmeddelande från Förlopp"]


def test_what_was_sent_is_told_with_when_and_why(desk: Desk) -> None:
    desk.task("m1")
    deliver(desk)
    said = words(desk.as_("m1").get("/min-profil"))
    assert "9 juni 2021 kl. 10.00 Ny uppgift KOL Du är" in said
    assert "Skickat din adress, inkorgen här" in said


# -- absences


def go_away(client: TestClient, **typed: str | list[str]) -> Response:
    return form(client.get("/min-profil"), "/borta").send(client, **typed)


def test_an_absence_lets_the_substitute_see_the_open_tasks(desk: Desk) -> None:
    ref = desk.task("m1")
    client = desk.as_("m1")
    assert "Du har 1 öppen uppgift nu." in words(client.get("/min-profil"))
    answer = go_away(client, away_from="2021-06-09", away_until="2021-06-20", substitute="m2")
    seen = follow(client, answer)
    assert "Din frånvaro är sparad." in notices(seen)
    assert "9 juni 2021 till och med 20 juni 2021 Ali Haddad ersätter dig" in words(seen)
    assert "Ring Mora" in words(desk.as_("m2").get("/"))
    assert desk.as_("m2").get(f"/forlopp/kol/uppgift/{ref}").status_code == 200


def test_an_absence_is_ended(desk: Desk) -> None:
    client = desk.as_("m1")
    go_away(client, away_from="2021-06-09", away_until="2021-06-20", substitute="m2")
    desk.days_pass(2)
    client = desk.as_("m1")
    answer = form(client.get("/min-profil"), "/avsluta").send(client)
    assert "Frånvaron är avslutad." in notices(follow(client, answer))
    with desk.app.read() as work:
        assert [day.isoformat() for day in work.values(select(_absence.c.until_on))] == ["2021-06-10"]


def test_an_absence_still_to_come_is_taken_back_whole(desk: Desk) -> None:
    client = desk.as_("m1")
    go_away(client, away_from="2021-07-01", away_until="2021-07-20")
    form(client.get("/min-profil"), "/avsluta").send(client)
    with desk.app.read() as work:
        assert work.values(select(_absence.c.id)) == []


def test_the_absence_of_somebody_else_is_no_page(desk: Desk) -> None:
    go_away(desk.as_("m1"), away_from="2021-06-09", away_until="2021-06-20")
    with desk.app.read() as work:
        absence = work.value(select(_absence.c.id))
    assert desk.as_("m2").post(f"/min-profil/borta/{absence}/avsluta").status_code == 404


@pytest.mark.parametrize(
    ("typed", "field", "status"),
    [
        ({"away_from": "", "away_until": "2021-06-20"}, "away_from", 422),
        ({"away_from": "2021-06-10", "away_until": "sen"}, "away_until", 422),
        ({"away_from": "2021-06-20", "away_until": "2021-06-10"}, "away_until", 422),
        ({"away_from": "2021-05-01", "away_until": "2021-06-08"}, "away_until", 422),
        ({"away_from": "2021-06-10", "away_until": "2023-06-10"}, "away_until", 422),
        ({"away_from": "2021-06-10", "away_until": "2021-06-20", "substitute": "m1"}, "substitute", 422),
        ({"away_from": "2021-06-10", "away_until": "2021-06-20", "substitute": "ingen"}, "substitute", 422),
    ],
)
def test_a_faulty_absence_is_shown_again(desk: Desk, typed: dict[str, str], field: str, status: int) -> None:
    answer = go_away(desk.as_("m1"), **typed)
    assert (answer.status_code, f'href="#f-{field}"' in answer.text) == (status, True)
    with desk.app.read() as work:
        assert work.values(select(_absence.c.id)) == []


def test_a_second_absence_on_the_same_days_is_refused(desk: Desk) -> None:
    client = desk.as_("m1")
    go_away(client, away_from="2021-06-09", away_until="2021-06-20")
    answer = go_away(client, away_from="2021-06-20", away_until="2021-06-30")
    assert answer.status_code == 409
    assert "Det finns redan en frånvaro från 9 juni 2021 till 20 juni 2021." in words(answer)


@pytest.mark.parametrize("path", ["/inkorg", "/min-profil", "/"])
def test_these_pages_are_everybodys_own_whatever_their_roles(desk: Desk, path: str) -> None:
    assert desk.as_("frammande").get(path).status_code == 200
