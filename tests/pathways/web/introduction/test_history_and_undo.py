"""History page by page however long it is, corrections told at both ends, and the way to undo what was just done."""

import csv
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.models.introduction import Event, Introduction
from pathways.queries.history import history
from pathways.queries.log_page import log_page, whole_log
from pathways.storage.unit_of_work import table_of
from tests.pathways.drive import drive_to
from tests.pathways.queries.watching import watched
from tests.pathways.web.conftest import Web
from tests.pathways.web.introduction.conftest import At, events_of, version_of
from tests.pathways.web.introduction.sheet import Sheet, give, look

LONG = 5_000
_introduction = table_of(Introduction)


def lengthen(app: App, events: int) -> None:
    """Writes many reports behind the newest event, as rows only: what reads them never looks at the chain."""
    last = events_of(app)[-1]
    more = [
        {**last, "seq": last["seq"] + n, "command": "report", "command_id": f"long-{n}", "payload": {}, "reason": None}
        for n in range(1, events + 1)
    ]
    with app.write() as work:
        work.insert(Event, more)
        work.connection.execute(update(_introduction).values(version=last["seq"] + events))
        work.commit()


def pages(client: TestClient, path: str) -> Iterator[Sheet]:
    """Goes from page to page, to the oldest."""
    while path:
        sheet = look(client, path)
        yield sheet
        before = [int(link.rpartition("=")[2]) for link in sheet.links if "fore=" in link]
        here = int(path.rpartition("=")[2]) if "fore=" in path else 10**9
        path = next((f"/forlopp/kol/historik?fore={n}" for n in before if n < here), "")


def test_a_history_of_five_thousand_events_is_read_page_by_page(web: Web, at: At, app: App) -> None:
    at("preparation")
    lengthen(app, LONG)
    client = web.as_("sam")
    with watched(app) as first:
        newest = look(client, "/forlopp/kol/historik")
    assert newest.words.count("Rapportera läget") == 50
    with watched(app) as later:
        look(client, "/forlopp/kol/historik?fore=400")
    assert abs(len(first) - len(later)) <= 1
    assert sum(1 for _ in pages(client, "/forlopp/kol/historik?fore=402")) == 9


def test_the_pages_hold_every_event_once(web: Web, at: At, app: App) -> None:
    at("finished")
    with app.read() as work:
        case = events_of(app)[-1]["introduction_id"]
        seen: list[int] = []
        before: int | None = None
        while True:
            page = log_page(work, region_id=app.region_id(), introduction_id=case, before=before, limit=7)
            seen += [row.seq for row in page.rows]
            before = page.older
            if before is None:
                break
        whole = [row.seq for row in whole_log(work, region_id=app.region_id(), introduction_id=case)]
    assert seen == whole[::-1] == [event["seq"] for event in events_of(app)][::-1]


def test_the_way_to_newer_events_leads_back_to_where_one_was(web: Web, at: At, app: App) -> None:
    at("finished")
    with app.read() as work:
        asked = {"region_id": app.region_id(), "introduction_id": events_of(app)[-1]["introduction_id"]}
        first = log_page(work, **asked, limit=5)
        second = log_page(work, **asked, before=first.older, limit=5)
        back = log_page(work, **asked, before=second.newer, limit=5)
    assert back.rows == first.rows
    assert first.newer is None


def test_a_page_of_history_tells_the_same_as_the_whole(either_app: App, clock: SetClock) -> None:
    driver = drive_to(either_app, clock, "kol", "executing")
    driver.do("correct", undo_to=version_of(either_app) - 1, reason="Fel protokoll")
    case = events_of(either_app)[-1]["introduction_id"]
    with either_app.read() as work:
        whole = history(work, region_id=either_app.region_id(), introduction_id=case)
        page = log_page(work, region_id=either_app.region_id(), introduction_id=case, limit=100)
    same = ("seq", "command", "actor", "on_behalf", "at", "reason", "phase", "place", "undoes")
    assert [[getattr(row, name) for name in same] for row in page.rows[::-1]] == [
        [getattr(row, name) for name in same] for row in whole
    ]


def test_history_is_narrowed_to_a_kind(web: Web, at: At) -> None:
    at("executing")
    words = look(web.as_("sam"), "/forlopp/kol/historik?slag=people").words
    assert "Utse en person : Åsa Öberg" in words or "Utse en person: Åsa Öberg" in words
    assert "Anteckna beslutet" not in words
    assert web.as_("sam").get("/forlopp/kol/historik?slag=nonsense").status_code == 404
    assert web.as_("sam").get("/forlopp/kol/historik?fore=0").status_code == 404


def test_a_correction_is_told_at_both_events(web: Web, at: At, app: App) -> None:
    driver = at("executing")
    decided = version_of(app)
    driver.do("correct", undo_to=decided - 1, reason="Fel protokoll")
    words = look(web.as_("sam"), "/forlopp/kol/historik").words
    assert f"Ångrad av händelse {decided + 1}" in words
    assert f"Ångrade händelse {decided}" in words
    assert "Fel protokoll" in words


def test_a_mistake_is_corrected_from_history_with_a_reason(web: Web, at: At, app: App) -> None:
    driver = at("executing")
    client, decided = web.as_("sam"), version_of(app)
    sheet = look(client, "/forlopp/kol/historik")
    path = f"/forlopp/kol/gor/correct?undo_to={decided - 1}"
    assert path in sheet.links
    form = look(client, path).form
    assert Sheet(form.send(client, "granska")).status == 422
    reviewed = Sheet(form.put(reason="Fel protokoll").send(client, "granska"))
    assert "1 händelse ångras" in reviewed.words
    assert "”Genomförande: planen genomförs” till ”Prioritering: väntar på beslut”" in reviewed.words
    assert reviewed.form.send(client, "bekrafta").headers["location"] == "/forlopp/kol/historik"
    assert driver.place() == "awaiting_decision"


def test_only_those_who_may_correct_are_offered_it(web: Web, at: At) -> None:
    at("executing")
    assert not [link for link in look(web.as_("lg"), "/forlopp/kol/historik").links if "correct" in link]
    assert web.as_("lg").get("/forlopp/kol/gor/correct").status_code == 404


def test_the_file_holds_the_whole_history_and_no_formula(web: Web, at: At) -> None:
    driver = at("executing")
    driver.do("report", reason='=HYPERLINK("http://ond.example")')
    answer = web.as_("sam").get("/forlopp/kol/historik.csv")
    table = list(csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert answer.headers["content-type"].startswith("text/csv")
    assert [row[2] for row in table if row and row[0] == "1"] == ["Starta införandet"]
    assert table[-1][6].startswith("'=")


def test_a_move_can_be_undone_for_ten_minutes_by_whoever_made_it(web: Web, at: At, app: App) -> None:
    driver = at("executing")
    client = web.as_("sam")
    done = give(client, "/forlopp/kol/gor/open_loop", reason="Tidigarelagd")
    page = look(client, done.headers["location"])
    undo = f"/forlopp/kol/angra/{version_of(app)}"
    assert undo in page.links
    sheet = look(client, undo)
    assert "Ångra ”Öppna en lärandeloop”" in sheet.words
    assert "”Lärande och justering: lärandeloop pågår” till ”Genomförande: planen genomförs”" in sheet.words
    assert sheet.form.send(client).headers["location"] == "/forlopp/kol"
    assert driver.place() == "executing"
    assert "Det är ångrat" in look(client, "/forlopp/kol").words


def test_the_way_to_undo_stays_on_the_page_while_the_minutes_last(web: Web, at: At, app: App, clock: SetClock) -> None:
    at("executing")
    client = web.as_("sam")
    give(client, "/forlopp/kol/gor/open_loop", reason="Tidigarelagd")
    undo = f"/forlopp/kol/angra/{version_of(app)}"
    look(client, "/forlopp/kol")
    assert undo in look(client, "/forlopp/kol").links
    assert undo not in look(web.as_("chef"), "/forlopp/kol").links
    clock.set(clock.now() + timedelta(minutes=10))
    assert undo not in look(client, "/forlopp/kol").links


@pytest.mark.parametrize("too_late", ["minutes", "somebody"])
def test_an_undo_that_comes_too_late_changes_nothing_and_shows_the_way_to_correct(
    web: Web, at: At, app: App, clock: SetClock, too_late: str
) -> None:
    driver = at("executing")
    client = web.as_("sam")
    give(client, "/forlopp/kol/gor/open_loop", reason="Tidigarelagd")
    undo = f"/forlopp/kol/angra/{version_of(app)}"
    form = look(client, undo).form
    if too_late == "minutes":
        clock.set(clock.now() + timedelta(minutes=11))
    else:
        driver.do("report", by="chef", reason="Läget")
    before = version_of(app)
    answer = form.send(client)
    assert answer.status_code == 409
    assert any("gor/correct?undo_to=" in link for link in Sheet(answer).links)
    assert version_of(app) == before
    assert look(client, undo).status == 200


def test_undoing_twice_undoes_once(web: Web, at: At, app: App) -> None:
    at("executing")
    client = web.as_("sam")
    give(client, "/forlopp/kol/gor/open_loop", reason="Tidigarelagd")
    form = look(client, f"/forlopp/kol/angra/{version_of(app)}").form
    before = version_of(app)
    assert [form.send(client).status_code for _ in range(2)] == [303, 303]
    assert version_of(app) == before + 1


def test_what_moved_nothing_offers_no_undo(web: Web, at: At, app: App) -> None:
    at("executing")
    client = web.as_("sam")
    done = give(client, "/forlopp/kol/gor/report", reason="Läget")
    assert not [link for link in look(client, done.headers["location"]).links if "angra" in link]


def test_whoever_may_not_correct_finds_no_page_to_undo(web: Web, at: At, app: App) -> None:
    at("executing")
    assert web.as_("res").get(f"/forlopp/kol/angra/{version_of(app)}").status_code == 404
