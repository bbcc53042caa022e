"""The board, its timeline and the search in a real browser: for every eye, on every screen, with and without script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser import MODES, OpenPage, axe_violations, console_faults, overflow
from tests.pathways.web.conftest import Open, Web, opened_as

pytestmark = pytest.mark.slow

PAGES = {
    "board": "/forlopp",
    "filtered": "/forlopp?fas=gap_analysis&sena=ja&sortera=-dagar",
    "earlier": "/forlopp?datum=2021-07-20",
    "wrong": "/forlopp?datum=2021-13-01&fas=okänd",
    "nothing": "/forlopp?q=finnsinte",
    "timeline": "/forlopp/tidslinje",
    "search": "/sok?q=e",
    "search for nothing": "/sok",
}


@pytest.fixture
def open_as_sara(six: Web, open_page: OpenPage) -> Iterator[Open]:
    """Opens an address of ours in which the coordinator is logged in."""
    with opened_as(six, "sam", open_page) as go:
        yield go


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("mode", MODES)
def test_a_page_is_open_to_everybody_and_within_policy(open_as_sara: Open, mode: str, name: str) -> None:
    page = open_as_sara(PAGES[name], **MODES[mode])
    assert axe_violations(page) == []
    assert overflow(page) == 0
    assert console_faults(page) == []


@pytest.mark.parametrize("path", ["/forlopp", "/forlopp/tidslinje"])
def test_the_whole_form_and_every_table_that_can_be_opened_are_open_to_everybody_too(
    open_as_sara: Open, path: str
) -> None:
    page = open_as_sara(path)
    page.evaluate("document.querySelectorAll('details.more').forEach((one) => { one.open = true; })")
    assert axe_violations(page) == []


@pytest.mark.parametrize("script", [True, False])
def test_the_coordinator_narrows_sorts_and_opens_what_is_late(open_as_sara: Open, *, script: bool) -> None:
    page = open_as_sara("/forlopp", script=script)
    page.get_by_role("link", name="Försenade").click()
    page.get_by_text("Filtrera, sortera eller se en tidigare dag").click()
    page.get_by_label("Fas", exact=True).select_option("gap_analysis")
    page.get_by_label("Sortera efter").select_option("-dagar")
    page.get_by_role("button", name="Visa").first.click()
    assert "fas=gap_analysis" in page.url
    assert "sena=yes" in page.url
    expect(page.locator("table.board tbody tr")).to_have_count(1)
    page.get_by_role("rowheader", name="Sepsis").get_by_role("link").click()
    assert page.url.endswith("/forlopp/sepsis")


@pytest.mark.parametrize("script", [True, False])
def test_a_faulty_day_moves_the_focus_to_what_is_wrong(open_as_sara: Open, *, script: bool) -> None:
    page = open_as_sara("/forlopp?datum=2021-13-01", script=script)
    page.locator(".error-summary:focus").wait_for()
    page.get_by_role("link", name="Skriv datumet som 2026-06-30.").click()
    assert page.evaluate("document.activeElement.id") == "f-datum"


def test_by_keyboard_alone_the_timeline_leads_to_an_introduction(open_as_sara: Open) -> None:
    page = open_as_sara("/forlopp/tidslinje?q=kol")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('lane')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/forlopp/kol")


def test_the_search_of_the_head_finds_from_any_page(open_as_sara: Open) -> None:
    page = open_as_sara("/forlopp/tidslinje")
    box = page.get_by_role("searchbox", name="Sök i hela Förlopp").locator("visible=true")
    box.fill("osteo")
    box.press("Enter")
    page.wait_for_url("**/sok?q=osteo")
    page.get_by_role("link", name="Osteoporos").click()
    page.wait_for_url("**/forlopp/osteoporos-sekundarprevention")


def test_on_a_phone_a_row_is_a_card_with_its_labels(open_as_sara: Open) -> None:
    page = open_as_sara("/forlopp?q=kol", width=360)
    card = page.locator("table.board tbody tr")
    assert card.evaluate("(row) => getComputedStyle(row).display") == "block"
    label = card.locator("td.board__days").evaluate("(cell) => getComputedStyle(cell, '::before').content")
    assert label == '"Dagar i fasen"'


@pytest.mark.parametrize("path", ["/forlopp?q=kol", "/forlopp/tidslinje?q=kol"])
def test_on_paper_the_ways_are_gone_and_the_head_says_what_it_is_of(open_as_sara: Open, path: str) -> None:
    page = open_as_sara(path)
    page.emulate_media(media="print")
    expect(page.get_by_text("Region Dalarna ·")).to_be_visible()
    expect(page.get_by_text("Urval: sökord: kol")).to_be_visible()
    expect(page.locator("form.board-form")).to_be_hidden()
