"""Administrators keep people, units, meetings, programs and messages in order; others find no such pages."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import Workbook
from starlette.testclient import TestClient

from tests.pathways.web.conftest import Web

ROOMS = (
    "/admin",
    "/admin/personer",
    "/admin/personer/ny",
    "/admin/personer/sam",
    "/admin/enheter",
    "/admin/enheter/ny",
    "/admin/enheter/vc-falun",
    "/admin/import",
    "/admin/organ",
    "/admin/stangda-dagar",
    "/admin/franvaro",
    "/admin/meddelanden",
    "/admin/meddelanden/sam",
    "/admin/katalog",
    "/admin/profil",
    "/admin/behorigheter",
    "/admin/inloggning",
    "/admin/nycklar",
    "/admin/webhookar",
    "/admin/logg",
)
NEW = {"full_name": "Nils Nytorp", "address": "nils@forlopp.example", "language": "sv", "roles": ["analyst"]}


def workbook(*rows: tuple[str, ...]) -> bytes:
    book, target = Workbook(), BytesIO()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    book.save(target)
    return target.getvalue()


def upload(client: TestClient, kind: str, content: bytes, name: str = "lista.xlsx") -> str:
    answer = client.post("/admin/import", data={"kind": kind}, files={"file": (name, content)})
    return f"{answer.status_code} {answer.text}"


@pytest.mark.parametrize("path", ROOMS)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_room_opens_for_an_administrator_in_both_languages(web: Web, path: str, language: str) -> None:
    client = web.as_("adm")
    client.post("/sprak", data={"language": language})
    answer = client.get(path)
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.text


@pytest.mark.parametrize("path", [path for path in ROOMS if path != "/admin/behorigheter"])
def test_no_room_is_there_for_a_unit_representative(web: Web, path: str) -> None:
    assert web.as_("vcf").get(path).status_code == 404


def test_a_new_person_can_be_found_and_the_log_says_who_added_them(web: Web) -> None:
    client = web.as_("adm")
    assert client.post("/admin/personer/ny", data=NEW).status_code == 303
    assert "Nils Nytorp" in client.get("/admin/personer").text
    log = client.get("/admin/logg").text
    assert "lade till person" in log
    assert "Nils Nytorp" not in log


@pytest.mark.parametrize(
    ("given", "field"),
    [({"full_name": "  "}, "full_name"), ({"address": "nils"}, "address"), ({"language": "de"}, "language")],
)
def test_a_faulty_person_is_refused_and_nothing_typed_is_lost(web: Web, given: dict[str, str], field: str) -> None:
    answer = web.as_("adm").post("/admin/personer/ny", data={**NEW, **given})
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text
    assert "Nils" in answer.text or given.get("full_name") == "  "


def test_the_last_administrator_stays_one(web: Web) -> None:
    answer = web.as_("adm").post("/admin/personer/adm", data={"full_name": "Ada Malm", "language": "sv"})
    assert answer.status_code == 422
    assert "minst en administratör" in answer.text


def test_a_role_that_is_taken_away_is_gone_at_the_next_click(web: Web) -> None:
    coordinator = web.as_("sam")
    assert coordinator.get("/admin/organ").status_code == 200
    web.as_("adm").post("/admin/personer/sam", data={"full_name": "Sara Åkesson", "language": "sv"})
    assert coordinator.get("/admin/organ").status_code == 404


def test_somebody_who_has_left_is_logged_out(web: Web) -> None:
    analyst = web.as_("ana")
    assert web.as_("adm").post("/admin/personer/ana/sluta").status_code == 303
    assert analyst.get("/forlopp").status_code == 303


def test_a_unit_is_added_and_closed(web: Web) -> None:
    client = web.as_("adm")
    client.post("/admin/enheter/ny", data={"unit_name": "Vårdcentralen Åre", "kind": "primary_care_centre"})
    changed = {"unit_name": "VC Åre", "kind": "primary_care_centre"}
    answer = client.post("/admin/enheter/vardcentralen-are", data=changed)
    assert answer.status_code == 303
    assert "VC Åre" in client.get("/admin/enheter").text


def test_a_meeting_on_a_holiday_is_warned_of_with_the_nearest_days(web: Web) -> None:
    form = {"body": "hsn", "held_on": "2021-06-25", "hand_in_on": "2021-06-14"}  # midsommarafton
    client = web.as_("sam")
    answer = client.post("/admin/organ", data=form)
    assert answer.status_code == 422
    assert "24 juni 2021 och 28 juni 2021" in answer.text
    assert client.post("/admin/organ", data={**form, "although_free": "yes"}).status_code == 303


def test_a_cancelled_meeting_is_gone_and_can_be_put_back(web: Web) -> None:
    client = web.as_("sam")
    form = {"body": "hsn", "held_on": "2021-07-07", "hand_in_on": "2021-06-14"}
    client.post("/admin/organ", data=form)
    client.post("/admin/organ/hsn/2021-07-07/stall-in")
    assert "2021-07-07" not in client.get("/admin/organ").text
    assert client.post("/admin/organ", data=form).status_code == 303
    assert "2021-07-07" in client.get("/admin/organ").text


def test_a_closing_day_moves_what_is_worked_out_from_then_on(web: Web) -> None:
    day = web.clock.now().date() + timedelta(days=1)
    before = web.app.profile.workdays.add(web.clock.now().date(), 1)
    web.as_("sam").post("/admin/stangda-dagar", data={"closed_on": day.isoformat()})
    web.app.refresh_calendars()
    assert (before, web.app.profile.workdays.add(web.clock.now().date(), 1)) == (day, day + timedelta(days=1))


def test_an_absence_is_kept_with_its_substitute(web: Web) -> None:
    form = {"person": "ana", "from_on": "2021-07-01", "until_on": "2021-07-30", "substitute": "sam"}
    client = web.as_("sam")
    assert client.post("/admin/franvaro", data=form).status_code == 303
    assert "Anders Nyström" in client.get("/admin/franvaro").text


def test_a_file_is_shown_before_it_is_written(web: Web) -> None:
    client = web.as_("adm")
    content = workbook(("Namn", "Adress", "Roller"), ("Nils Nytorp", "nils@forlopp.example", "analytiker"))
    assert "1 nya" in upload(client, "people", content)
    assert "Nils" not in client.get("/admin/personer").text
    assert client.post("/admin/import/skriv", data={"kind": "people"}).status_code == 303
    assert "Nils Nytorp" in client.get("/admin/personer").text


def test_reading_the_same_file_twice_changes_nothing(web: Web) -> None:
    client = web.as_("adm")
    content = workbook(("Namn", "Slag"), ("Vårdcentralen Åre", "vårdcentral"))
    for told in ("1 nya", "1 är som förut"):
        assert told in upload(client, "units", content)
        client.post("/admin/import/skriv", data={"kind": "units"})


def test_a_broken_row_is_named_and_nothing_is_written(web: Web) -> None:
    client = web.as_("adm")
    content = workbook(
        ("Namn", "Adress", "Roller"),
        ("Nils Nytorp", "nils@forlopp.example", "analytiker"),
        ("Nora Ny", "ingen adress", "kejsare"),
    )
    told = upload(client, "people", content)
    assert told.startswith("422")
    assert "Rad 3, kolumn Adress" in told
    assert "Rad 3, kolumn Roller" in told
    client.post("/admin/import/skriv", data={"kind": "people"})
    assert "Nils" not in client.get("/admin/personer").text


def test_a_file_from_swedish_excel_on_windows_is_understood(web: Web) -> None:
    content = "Namn;Slag\r\nVårdcentralen Åre;vårdcentral\r\n".encode("cp1252")
    assert "Vårdcentralen Åre" in upload(web.as_("adm"), "units", content, "enheter.csv")


@pytest.mark.parametrize("content", [b"\x00\x01", b"PK\x03\x04broken", b"   "])
def test_a_file_that_is_no_table_is_refused_in_words(web: Web, content: bytes) -> None:
    assert upload(web.as_("adm"), "people", content).startswith("422")


def test_a_token_is_shown_once_and_opens_the_api(web: Web) -> None:
    client = web.as_("adm")
    form = {"token_name": "Prov", "person": "ana", "scopes": ["read"], "days": "30"}
    found = re.search(r"forlopp_[\w-]{43}", client.post("/admin/nycklar", data=form).text)
    assert found is not None
    assert found[0] not in client.get("/admin/nycklar").text
    answer = web.anonymous().get("/api/v1/board", headers={"authorization": f"Bearer {found[0]}"})
    assert answer.status_code == 200


def test_a_webhook_without_encryption_is_refused(web: Web) -> None:
    answer = web.as_("adm").post("/admin/webhookar", data={"hook_name": "Prov", "url": "http://x.example"})
    assert answer.status_code == 422
    assert "https://" in answer.text


def test_a_webhooks_secret_is_shown_once(web: Web) -> None:
    client = web.as_("adm")
    form = {"hook_name": "Prov", "url": "https://receiver.example/in"}
    assert "whsec_" in client.post("/admin/webhookar", data=form).text
    assert "whsec_" not in client.get("/admin/webhookar").text


def test_a_faulty_catalogue_is_refused_with_its_lines(web: Web) -> None:
    content = b"pathways:\n  - slug: x\n    name: 7\n"
    answer = web.as_("adm").post("/admin/katalog", files={"file": ("katalog.yaml", content)})
    assert answer.status_code == 422
    assert "Rad " in answer.text
