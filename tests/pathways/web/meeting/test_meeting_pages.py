"""The pages of bodies and meetings: what is shown to whom, and how an agenda is made."""

from datetime import date, timedelta

import pytest
from starlette.testclient import TestClient

from pathways.clock import SetClock
from pathways.models.document import Document, DocumentKind, DocumentState
from tests.pathways.drive import drive_to
from tests.pathways.queries.watching import watched
from tests.pathways.services.meeting.stage import BODY, add, items_at, join, meetings_of, order, second_meeting
from tests.pathways.web.conftest import Web

ITEM = {"title": "Läget i regionen", "kind": "discussion"}


def address(web: Web, body: str = BODY) -> str:
    return f"/moten/{body}/{second_meeting(web.app, body).isoformat()}"


def go_to(clock: SetClock, day: date) -> None:
    clock.set(clock.now() + (day - clock.now().date()))


def add_by_form(client: TestClient, there: str, **more: str) -> int:
    return client.post(f"{there}/arende/nytt", data={**ITEM, **more}).status_code


def test_all_bodies_are_listed_with_their_next_meeting(web: Web) -> None:
    page = web.as_("lg").get("/moten").text
    assert "Kunskapsstyrningsgruppen" in page
    assert "Hälso- och sjukvårdsnämnden" in page
    assert "/moten/lg_hs/2021-06-21" in page


def test_meetings_are_in_the_navigation(web: Web) -> None:
    assert '<a href="/moten"' in web.as_("m1").get("/forlopp").text or "/moten" in web.as_("sam").get("/").text


def test_a_body_shows_its_mandate_its_order_and_its_members(web: Web) -> None:
    page = web.as_("sam").get("/moten/lg_hs").text
    assert "Rangordning av åtgärder" in page
    assert "KSG → LG-HS → HSN" in page
    assert "Lars Grahn" in page
    assert "2 med rollen ledamot i ledningsgruppen" in page


@pytest.mark.parametrize(
    "path",
    [
        "/moten/ingen",
        "/moten/hsn/2021-01-01",
        "/moten/hsn/igår",
        "/moten/hsn/20211123",
        "/moten/lg_hs/2021-06-21/arende/7/andra",
    ],
)
def test_what_is_no_meeting_is_no_page(web: Web, path: str) -> None:
    assert web.as_("sam").get(path).status_code == 404


def test_a_stranger_sees_no_meetings(web: Web) -> None:
    for path in ("/moten", "/moten/hsn", address(web)):
        assert web.as_("frammande").get(path).status_code == 404


def test_an_administrator_makes_somebody_a_member_and_ends_it(web: Web) -> None:
    client = web.as_("adm")
    there = "/moten/ksg"
    assert "Inga ledamöter är registrerade" in client.get(there).text
    assert client.post(f"{there}/ledamoter", data={"person": "ana", "role": "analyst"}).status_code == 303
    assert "Anders Nyström" in web.as_("lg").get(there).text
    assert client.post(f"{there}/ledamoter", data={"person": "ana", "role": "analyst"}).status_code == 409
    assert client.post(f"{there}/ledamoter", data={"person": "ana", "role": "admin"}).status_code == 422
    assert client.post(f"{there}/ledamoter/ana/ta-bort").status_code == 303
    assert "Anders Nyström" not in web.as_("lg").get(there).text


def test_a_member_by_a_role_of_the_region_is_not_taken_out_of_the_body_alone(web: Web) -> None:
    answer = web.as_("adm").post("/moten/lg_hs/ledamoter/lg/ta-bort")
    assert answer.status_code == 409
    assert "genom sin roll i regionen" in answer.text


def test_only_an_administrator_changes_who_belongs(web: Web) -> None:
    assert web.as_("sam").post("/moten/ksg/ledamoter", data={"person": "sam", "role": "head"}).status_code == 404
    assert "Lägg till ledamot" not in web.as_("sam").get("/moten/ksg").text


def test_an_empty_agenda_says_what_to_do(web: Web) -> None:
    there = address(web)
    assert "Dagordningen är tom" in web.as_("sam").get(there).text
    assert f"{there}/arende/nytt" in web.as_("sam").get(there).text
    assert f"{there}/arende/nytt" not in web.as_("lg").get(there).text


def test_an_item_is_added_and_shown_with_its_time_and_presenter(web: Web) -> None:
    client, there = web.as_("sam"), address(web)
    assert add_by_form(client, there, presenter="chef", starts_at="09.30", minutes="45") == 303
    page = client.get(there).text
    assert "Läget i regionen" in page
    assert "09.30–10.15" in page
    assert "Örjan Ek" in page


def test_a_form_that_fails_keeps_what_was_typed_and_says_what_is_wrong(web: Web) -> None:
    there = address(web)
    answer = web.as_("sam").post(f"{there}/arende/nytt", data={"title": "x", "kind": "decision", "starts_at": "nio"})
    assert answer.status_code == 422
    assert 'value="nio"' in answer.text
    assert "ska vara ett klockslag" in answer.text


def test_a_missing_heading_is_told_by_the_name_of_its_question(web: Web) -> None:
    answer = web.as_("sam").post(f"{address(web)}/arende/nytt", data={"title": "", "kind": "decision"})
    assert answer.status_code == 422
    assert answer.text.count("Fyll i ”Rubrik”.") == 2  # in the summary and at the question


def test_a_decision_outside_the_mandate_is_refused_with_the_bodies_that_may(web: Web) -> None:
    answer = web.as_("sam").post(
        f"{address(web)}/arende/nytt", data={"title": "Remissvar", "kind": "decision", "matter": "response"}
    )
    assert answer.status_code == 422
    assert "rs" in answer.text
    assert "f-matter-error" in answer.text


def test_after_the_hand_in_day_the_next_meeting_is_offered_and_a_reason_asked_for(web: Web) -> None:
    client, there, day = web.as_("sam"), address(web), second_meeting(web.app)
    go_to(web.clock, day)
    client = web.as_("sam")
    assert "Lägg ärendet på mötet" in client.get(f"{there}/arende/nytt").text
    answer = client.post(f"{there}/arende/nytt", data=ITEM)
    assert answer.status_code == 422
    assert "f-although_late" in answer.text
    assert add_by_form(client, there, although_late="Måste upp nu") == 303
    assert "efter inlämningsdagen: Måste upp nu" in client.get("/admin/logg").text


def test_items_change_places_by_buttons(web: Web) -> None:
    client, there, day = web.as_("sam"), address(web), second_meeting(web.app)
    ids = [add(web.app, order(title), held_on=day) for title in ("Första", "Andra")]
    answer = client.post(f"{there}/arende/{ids[1]}/flytta", data={"vart": "upp"})
    assert answer.status_code == 303
    assert [row["title"] for row in items_at(web.app, day)] == ["Andra", "Första"]
    assert client.post(f"{there}/arende/{ids[1]}/flytta", data={"vart": "bort"}).status_code == 404


def test_items_that_want_the_same_time_are_marked(web: Web) -> None:
    day = second_meeting(web.app)
    add(web.app, order("Första", starts_at="09:00", minutes=60), held_on=day)
    add(web.app, order("Andra", starts_at="09:30", minutes=30), held_on=day)
    assert "Krockar med ärende 2" in web.as_("lg").get(address(web)).text


def test_an_item_is_changed_and_withdrawn(web: Web) -> None:
    client, there, day = web.as_("sam"), address(web), second_meeting(web.app)
    item = add(web.app, order("Första"), held_on=day)
    assert "Första" in client.get(f"{there}/arende/{item}/andra").text
    changed = client.post(f"{there}/arende/{item}/andra", data={**ITEM, "title": "Nytt namn"})
    assert changed.status_code == 303
    assert [row["title"] for row in items_at(web.app, day)] == ["Nytt namn"]
    assert client.post(f"{there}/arende/{item}/ta-bort").status_code == 303
    assert "1 ärende har tagits bort" in client.get(there).text


def test_annexes_are_added_with_letters_and_taken_away(web: Web) -> None:
    client, there = web.as_("sam"), address(web)
    item = add(web.app, order(), held_on=second_meeting(web.app))
    here = f"{there}/arende/{item}"
    given = {"annex_title": "Gapanalys", "link": "https://regionen.example/gap.pdf"}
    assert client.post(f"{here}/bilaga", data=given).status_code == 303
    assert "Bilaga A" in client.get(there).text
    wrong = client.post(f"{here}/bilaga", data={"annex_title": "Fel", "link": "http://regionen.example"})
    assert wrong.status_code == 422
    assert "https://" in wrong.text
    assert client.post(f"{here}/bilaga/A/ta-bort").status_code == 303
    assert client.post(f"{here}/bilaga/A/ta-bort").status_code == 404
    assert "Bilaga A" not in client.get(there).text.split("dagordning")[-1]


def test_a_document_of_the_product_is_chosen_as_an_annex_and_leads_to_its_page(web: Web) -> None:
    client, there = web.as_("sam"), address(web)
    item = add(web.app, order(), held_on=second_meeting(web.app))
    with web.app.write() as work:
        values = {"region_id": web.app.region_id(), "kind": DocumentKind.STATUS_LETTER, "title": "Brev till enheterna"}
        document = work.insert_one(Document, {**values, "state": DocumentState.WORKING_PAPER, "made_at": work.now})
        work.commit()
    assert "Brev till enheterna" in client.get(f"{there}/arende/{item}/andra").text
    assert client.post(f"{there}/arende/{item}/bilaga", data={"document": str(document)}).status_code == 303
    assert f'href="/handlingar/{document}"' in client.get(there).text


def test_attendance_is_ticked_from_the_day_on_and_tells_whether_enough_are_there(web: Web) -> None:
    there, day = address(web), second_meeting(web.app)
    assert "Närvaron skrivs upp från mötesdagen" in web.as_("sam").get(there).text
    join(web.app, "chef", BODY)
    go_to(web.clock, day)
    client = web.as_("sam")
    assert client.post(f"{there}/narvaro", data={"present": ["lg"]}).status_code == 303
    assert "Organet är inte beslutsfört" in client.get(there).text
    client.post(f"{there}/narvaro", data={"present": ["lg", "chef"]})
    assert "Organet är beslutsfört" in client.get(there).text


def test_the_members_are_summoned_once(web: Web) -> None:
    client, there = web.as_("sam"), address(web)
    assert client.post(f"{there}/kallelse").status_code == 303
    assert "Kalla igen" in client.get(there).text
    again = client.post(f"{there}/kallelse")
    assert again.status_code == 409
    assert "har gått ut medan du hade sidan öppen" in again.text


def test_a_meeting_is_moved_with_its_agenda(web: Web) -> None:
    client, there, day = web.as_("sam"), address(web), second_meeting(web.app)
    add(web.app, order("Följer med"), held_on=day)
    moved = web.app.profile.workdays.next_workday(day + timedelta(days=1))
    assert client.get(f"{there}/flytta").status_code == 200
    answer = client.post(f"{there}/flytta", data={"held_on": moved.isoformat()})
    assert answer.headers["location"] == f"/moten/{BODY}/{moved.isoformat()}"
    assert "Följer med" in client.get(answer.headers["location"]).text
    assert "Mötet är flyttat till" in client.get(there).text  # the day it left leads on


def test_a_cancelled_meeting_keeps_its_agenda_and_takes_no_more(web: Web) -> None:
    client, there, day = web.as_("sam"), address(web), second_meeting(web.app)
    item = add(web.app, order("Blir kvar"), held_on=day)
    assert client.post(f"/admin/organ/{BODY}/{day.isoformat()}/stall-in").status_code == 303
    page = client.get(there).text
    assert "Mötet är inställt" in page
    assert "Blir kvar" in page
    assert f"{there}/arende/nytt" not in page
    assert client.post(f"{there}/arende/{item}/ta-bort").status_code == 409
    assert client.get(f"{there}/flytta").status_code == 404


def test_a_move_to_a_day_off_warns_with_the_nearest_days(web: Web) -> None:
    answer = web.as_("sam").post(f"{address(web)}/flytta", data={"held_on": "2021-12-25"})
    assert answer.status_code == 422
    assert "27 december 2021" in answer.text
    broken = web.as_("sam").post(f"{address(web)}/flytta", data={"held_on": "snart"})
    assert broken.status_code == 422


def test_a_submitted_plan_stands_on_the_boards_agenda(web: Web) -> None:
    drive_to(web.app, web.clock, "kol", "awaiting_decision")
    day = next(row["held_on"] for row in meetings_of(web.app, "hsn") if items_at(web.app, row["held_on"], "hsn"))
    page = web.as_("reg").get(f"/moten/hsn/{day.isoformat()}").text
    assert "Väntar på KSG, LG-HS" in page
    assert "Föredragande saknas" in page
    assert "/forlopp/kol" in page


def test_an_item_is_proposed_from_the_introductions_page(web: Web) -> None:
    drive_to(web.app, web.clock, "kol", "preparation")
    client, day = web.as_("sam"), second_meeting(web.app)
    assert "/forlopp/kol/arende" in client.get("/forlopp/kol/beslut").text
    assert "LG-HS" in client.get("/forlopp/kol/arende").text
    none = client.post("/forlopp/kol/arende", data=ITEM)
    assert none.status_code == 422
    given = {**ITEM, "kind": "decision", "matter": "appointment", "meeting": f"{BODY}/{day.isoformat()}"}
    answer = client.post("/forlopp/kol/arende", data=given)
    assert answer.headers["location"] == f"/moten/{BODY}/{day.isoformat()}"
    (row,) = items_at(web.app, day)
    assert row["introduction_id"] is not None


def test_the_pages_are_whole_in_english(web: Web) -> None:
    client = web.as_("sam")
    client.post("/sprak", data={"language": "en", "till": "/"})
    for path in ("/moten", "/moten/lg_hs", address(web), f"{address(web)}/arende/nytt", f"{address(web)}/flytta"):
        page = client.get(path).text
        assert 'lang="en"' in page
        assert "Dagordning" not in page


@pytest.mark.parametrize(("path", "most"), [("/moten", 8), ("/moten/lg_hs", 10)])
def test_lists_are_read_in_few_statements(web: Web, path: str, most: int) -> None:
    client = web.as_("sam")
    client.get(path)
    with watched(web.app) as made:
        client.get(path)
    assert len(made) <= most


def test_an_agenda_is_read_in_as_many_statements_however_long_it_is(web: Web) -> None:
    client, day = web.as_("sam"), second_meeting(web.app)
    client.get(address(web))
    counts = []
    for number in range(2):
        for item in range(5):
            add(web.app, order(f"Ärende {number} {item}"), held_on=day)
        with watched(web.app) as made:
            client.get(address(web))
        counts.append(len(made))
    assert counts[0] == counts[1] <= 22


def test_a_meeting_tells_when_it_begins_and_where_it_is(web: Web) -> None:
    page = web.as_("lg").get(address(web)).text
    assert "kl. 09.00" in page
    assert "Regionhuset i Falun" in page
    assert "kl. 09.00" in web.as_("lg").get("/moten").text
    assert "kl. 09.00, Regionhuset i Falun" in web.as_("lg").get(f"/moten/{BODY}").text


def test_time_and_place_are_changed_where_a_meeting_is_moved(web: Web) -> None:
    client, there = web.as_("sam"), address(web)
    kept = date.fromisoformat(there[-10:]) - timedelta(days=3)
    client.post(f"{there}/flytta", data={"held_on": there[-10:], "hand_in_on": kept.isoformat()})
    form = client.get(f"{there}/flytta").text
    assert 'value="09.00"' in form
    assert "Lämna tomt för det som är vanligt för organet: Regionhuset i Falun." in form
    said = {"held_on": there[-10:], "starts_at": "13.15", "place": "Rum 4"}
    assert client.post(f"{there}/flytta", data=said).status_code == 303
    page = client.get(there).text
    assert "kl. 13.15" in page
    assert "Rum 4" in page
    hand_in = next(row["hand_in_on"] for row in meetings_of(web.app, BODY) if row["held_on"].isoformat() == there[-10:])
    assert hand_in == kept  # the day stays, and what hangs on it
    assert client.post(f"{there}/flytta", data={**said, "starts_at": "", "place": ""}).status_code == 303
    assert "kl. 09.00" in client.get(there).text


def test_a_time_that_is_none_is_told_at_its_question_and_nothing_typed_is_lost(web: Web) -> None:
    there = address(web)
    said = {"held_on": there[-10:], "starts_at": "efter lunch", "place": "x" * 201}
    answer = web.as_("sam").post(f"{there}/flytta", data=said)
    assert answer.status_code == 422
    assert 'value="efter lunch"' in answer.text
    assert "ska vara ett klockslag" in answer.text
    assert answer.text.count("”Plats”") == 2
    assert "kl. 09.00" in web.as_("sam").get(there).text


def test_a_meeting_whose_time_nobody_knows_says_so(web: Web) -> None:
    day = second_meeting(web.app, "forskningsberedningen")
    assert "Inte bestämt" in web.as_("sam").get(f"/moten/forskningsberedningen/{day.isoformat()}").text
