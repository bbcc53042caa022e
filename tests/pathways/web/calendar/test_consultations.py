"""The nation's consultations in a browser: what is open, and whether the region's responses can be decided in time."""

from datetime import UTC, datetime

import pytest

from pathways.clock import SetClock
from pathways.services.ask import Ask
from tests.pathways.queries.watching import watched
from tests.pathways.services.judge import CONSULTED, publish
from tests.pathways.web.board.page import Page, read
from tests.pathways.web.conftest import Web

PATH = "/nationellt/remisser"


def page_for(web: Web, *, by: str = "sam", status: int = 200) -> Page:
    answer = web.as_(by).get(PATH)
    assert answer.status_code == status, answer.text[:500]
    return read(answer)


@pytest.fixture
def consulted(web: Web) -> Web:
    publish(web.app, ("remiss 2021", "consultation"))
    web.app.run(CONSULTED, "start", {}, Ask(actor="sam"))
    return web


def test_what_is_open_says_when_it_closes_and_how_many_working_days_are_left(web: Web) -> None:
    words = page_for(web).words
    assert "Remiss: 15 apr. 2021 – 14 juni 2021" in words
    assert "Stänger måndag 14 juni 2021. 3 arbetsdagar kvar." in words
    assert "Inget av regionens införanden är ute på remiss" in words


def test_an_introduction_in_consultation_stands_there_with_its_response(consulted: Web) -> None:
    assert page_for(consulted).rows[0][0] == "Provförloppet"
    consulted.app.run(CONSULTED, "waive_response", {}, Ask(actor="sam", reason="Inga följder här"))
    assert "inget svar planeras" in page_for(consulted).rows[0][2]


def test_a_response_that_cannot_be_decided_in_time_says_so_and_leads_to_the_time_plan(consulted: Web) -> None:
    page = page_for(consulted)
    row = page.rows[0]
    assert "hinns inte till inlämningen 11 maj 2021" in row[2]
    assert any(href == f"/forlopp/{CONSULTED}/tidsplan?remiss=2021-04-15" for href in page.links.values())


def test_when_the_window_has_closed_it_waits_for_the_nation(consulted: Web, clock: SetClock) -> None:
    clock.set(datetime(2021, 7, 1, 8, 0, tzinfo=UTC))
    words = page_for(consulted).words
    assert "Ingen remiss är öppen just nu." in words
    assert "Väntar på nationellt beslut" in words


def test_the_next_windows_tell_what_a_response_would_take(web: Web) -> None:
    page = page_for(web)
    first = next(row for row in page.rows if row[0] == "15 sep. 2021")
    assert first[1] == "12 nov. 2021"
    assert "RS 9 nov. 2021, inlämning senast 12 okt. 2021. Det ger 19 arbetsdagar" in first[2]
    assert "1 sep. 2021 – 29 sep. 2021" in page.words


def test_it_takes_as_many_statements_for_many_as_for_one(consulted: Web) -> None:
    client = consulted.as_("sam")
    client.get(PATH)
    with watched(consulted.app) as sent:
        client.get(PATH)
    assert len([one for one in sent if "introduction" in one and "session" not in one]) <= 4


def test_strangers_have_no_such_page(web: Web) -> None:
    page_for(web, by="frammande", status=404)


def test_in_english_every_word_is_english(consulted: Web) -> None:
    client = consulted.as_("sam")
    client.post("/sprak", data={"language": "en"})
    words = read(client.get(PATH)).words
    assert "Coming consultations" in words
    assert "arbetsdagar" not in words
