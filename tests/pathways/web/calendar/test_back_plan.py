"""The way back from a meeting, read in a browser: what is late is named, and what could be done instead is offered."""

import re

import pytest

from pathways.clock import SetClock
from tests.pathways.drive import drive_to
from tests.pathways.queries.watching import watched
from tests.pathways.web.board.page import Page, read
from tests.pathways.web.conftest import Web

SLUG = "kol"


def page_for(web: Web, query: str = "", *, slug: str = SLUG, by: str = "sam", status: int = 200) -> Page:
    answer = web.as_(by).get(f"/forlopp/{slug}/tidsplan{query}")
    assert answer.status_code == status, answer.text[:600]
    return read(answer)


def row_of(page: Page, step: str) -> list[str]:
    return next(row for row in page.rows if row[0] == step)


@pytest.fixture
def begun(web: Web) -> Web:
    drive_to(web.app, web.clock, SLUG, "preparation")
    return web


def test_without_a_choice_the_boards_next_meeting_is_planned_back_from(begun: Web) -> None:
    assert "Vägen till HSN tisdag 21 september 2021" in page_for(begun).words


def test_every_step_of_the_november_board_has_its_latest_days(begun: Web) -> None:
    page = page_for(begun, "?organ=hsn&dag=2021-11-23")
    assert row_of(page, "Gapanalys") == ["Gapanalys", "23 juni 2021", "4 aug. 2021", "ja"]
    assert row_of(page, "Kallelsen går ut")[1:3] == ["16 nov. 2021", "16 nov. 2021"]
    assert "Alla steg hinns." in page.words


def test_the_squeeze_is_told_at_once(begun: Web) -> None:
    assert (
        "Till gapanalysen finns 39 arbetsdagar, fram till 4 aug. 2021."
        in page_for(begun, "?organ=hsn&dag=2021-11-23").words
    )


def test_the_first_impossible_step_is_named_with_its_working_days(begun: Web) -> None:
    words = page_for(begun, "?organ=hsn&dag=2021-09-21").words
    assert re.search(r"Det går inte längre: ”Gapanalys” skulle ha varit klart .* för \d+ arbetsdag", words)


def test_instead_the_earliest_meeting_is_offered_as_a_link(begun: Web) -> None:
    page = page_for(begun, "?organ=hsn&dag=2021-09-21")
    assert "Tidigaste sammanträde där alla steg hinns i lugn takt" in page.words
    assert page.links["HSN tisdag 19 oktober 2021"] == f"/forlopp/{SLUG}/tidsplan?organ=hsn&dag=2021-10-19"


def test_a_step_that_would_do_if_it_were_shorter_is_offered_and_can_be_tried(begun: Web) -> None:
    page = page_for(begun, "?organ=lg_hs&dag=2021-09-20")
    assert "i stället för" in page.words
    tried = page_for(begun, page.links["Pröva"].partition("tidsplan")[2])
    assert "Tänk om:" in tried.words
    assert "Alla steg hinns." in tried.words
    assert tried.links["Visa tidsplanen med de vanliga tiderna"].endswith("?organ=lg_hs&dag=2021-09-20")


def test_a_day_off_is_warned_of_with_the_nearest_working_days(begun: Web) -> None:
    page = page_for(begun, "?organ=hsn&dag=2022-01-06")
    assert "torsdag 6 januari 2022 är en ledig dag" in page.words
    assert {"HSN onsdag 5 januari 2022", "HSN fredag 7 januari 2022"} <= set(page.links)


def test_a_day_without_a_meeting_leads_to_the_nearest_ones(begun: Web) -> None:
    page = page_for(begun, "?organ=hsn&dag=2021-11-25")
    assert "HSN har inget sammanträde den dagen" in page.words
    assert {"HSN tisdag 23 november 2021", "HSN tisdag 21 december 2021"} <= set(page.links)


def test_a_hand_in_day_that_is_past_offers_the_next_meeting(begun: Web) -> None:
    page = page_for(begun, "?organ=hsn&dag=2021-06-15")
    assert "Sista dagen att lämna in handlingar var 18 maj 2021" in page.words
    assert "HSN tisdag 21 september 2021" in page.links


def test_a_window_is_planned_back_from_the_responding_bodys_last_meeting_in_it(begun: Web) -> None:
    page = page_for(begun, "?remiss=2021-09-15")
    assert "Remissvar beslutat i RS" in page.words
    assert "innan remissen stänger 12 nov. 2021" in page.words
    assert "Till gapanalysen finns bara" in page.words


def test_steps_that_are_done_are_ticked_from_where_it_stands(web: Web) -> None:
    drive_to(web.app, web.clock, SLUG, "ranking")
    page = page_for(web, "?organ=hsn&dag=2021-11-23")
    told = {row[0]: row[3] for row in page.rows}
    assert (told["Gapanalys"], told["Synpunktsrunda"], told["Prioritering i LG-HS"]) == ("klart", "klart", "ja")


def test_a_chosen_meeting_is_what_the_page_begins_with(web: Web) -> None:
    drive_to(web.app, web.clock, SLUG, "awaiting_decision")
    page = page_for(web)
    told = {row[0]: row[3] for row in page.rows}
    assert told["Sista dag att lämna in handlingar"] == "klart"
    assert re.search(r"Vägen till HSN tisdag \d+ \w+ 202[12]", page.words)


def test_what_is_decided_says_so(web: Web) -> None:
    drive_to(web.app, web.clock, SLUG, "executing")
    assert "Planen är redan beslutad" in page_for(web).words


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("?organ=finns&dag=2021-11-23", "Välj ett organ i listan"),
        ("?organ=hsn&dag=i+morgon", "”i morgon” är inget datum"),
        ("?organ=hsn&dag=0001-01-01", "Välj en dag mellan"),
        ("?organ=hsn&dag=9999-12-31", "Välj en dag mellan"),
        ("?organ=hsn", "Välj vilken dag"),
        ("?dag=2021-11-23", "Välj vilket organ"),
        ("?remiss=2021-09-16", "Välj en remissomgång"),
        ("?remiss=<script>", "Välj en remissomgång"),
        ("?organ=hsn&dag=2021-11-23&steg=finns&dagar=3", "Välj ett steg i listan"),
        ("?organ=hsn&dag=2021-11-23&steg=comment_round&dagar=-1", "Skriv ett antal dagar"),
        ("?organ=hsn&dag=2021-11-23&steg=comment_round&dagar=²", "Skriv ett antal dagar"),
    ],
)
def test_what_cannot_be_understood_is_said_at_its_field(begun: Web, query: str, told: str) -> None:
    assert told in page_for(begun, query, status=422).words


def test_a_meeting_that_was_cancelled_is_not_planned_for(begun: Web) -> None:
    begun.as_("sam").post("/admin/organ/hsn/2021-09-21/stall-in")
    assert "Vägen till HSN tisdag 19 oktober 2021" in page_for(begun).words


def test_the_plan_takes_few_statements_whatever_it_is_about(begun: Web) -> None:
    client = begun.as_("sam")
    client.get(f"/forlopp/{SLUG}/tidsplan")
    with watched(begun.app) as sent:
        client.get(f"/forlopp/{SLUG}/tidsplan")
    assert len(sent) <= 9, sent  # four of the plan, the others of the session


def test_strangers_and_unknown_introductions_have_no_plan(begun: Web) -> None:
    page_for(begun, by="frammande", status=404)
    page_for(begun, slug="finns-inte", status=404)


def test_in_english_every_word_is_english(begun: Web, clock: SetClock) -> None:
    client = begun.as_("sam")
    client.post("/sprak", data={"language": "en"})
    words = read(client.get(f"/forlopp/{SLUG}/tidsplan?organ=hsn&dag=2021-09-21")).words
    assert "This is no longer possible: “Gap analysis” should have been finished" in words
    assert "hinns" not in words
