"""The flow and the forecast in a real browser: for every eye, on every screen, with and without script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser import MODES, OpenPage, axe_violations, console_faults, overflow
from tests.pathways.web.conftest import Open, Web, opened_as
from tests.pathways.web.flow.conftest import AWAITING, FRESH, SLOW

pytestmark = pytest.mark.slow

PAGES = {
    "flow": "/flode",
    "board": "/forlopp",
    "forecast": f"/forlopp/{FRESH}/prognos",
    "no forecast": f"/forlopp/{SLOW}/prognos",
    "what if": f"/forlopp/{AWAITING}/prognos",
    "wrong meeting": f"/forlopp/{AWAITING}/prognos?mote=hsn:2001-01-01",
    "introduction": f"/forlopp/{FRESH}",
}


@pytest.fixture
def open_as_sara(flowing: Web, open_page: OpenPage) -> Iterator[Open]:
    """Opens an address of ours in which the coordinator is logged in."""
    with opened_as(flowing, "sam", open_page) as go:
        yield go


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("mode", MODES)
def test_a_page_is_open_to_everybody_and_within_policy(open_as_sara: Open, mode: str, name: str) -> None:
    page = open_as_sara(PAGES[name], **MODES[mode])
    assert axe_violations(page) == []
    assert overflow(page) == 0
    assert console_faults(page) == []


@pytest.mark.parametrize("script", [True, False])
def test_the_coordinator_finds_what_waits_and_goes_there(open_as_sara: Open, *, script: bool) -> None:
    page = open_as_sara("/forlopp", script=script)
    page.get_by_role("link", name="Flöde och väntetider").click()
    page.wait_for_url("**/flode")
    page.get_by_role("heading", name="Väntar längst just nu").wait_for()
    page.locator(".wait").first.get_by_role("link").click()
    page.wait_for_url(f"**/forlopp/{SLOW}/uppgift/*")


@pytest.mark.parametrize("script", [True, False])
def test_another_meeting_is_chosen_and_what_follows_is_told(open_as_sara: Open, *, script: bool) -> None:
    page = open_as_sara(f"/forlopp/{AWAITING}/prognos", script=script)
    page.get_by_label("Sammanträde som beslutar om planen").select_option(index=2)
    page.get_by_role("button", name="Visa vad som följer").click()
    expect(page.get_by_text("ska underlaget vara inlämnat senast")).to_be_visible()


def test_on_paper_pictures_and_tables_stay_and_files_are_gone(open_as_sara: Open) -> None:
    page = open_as_sara("/flode")
    page.emulate_media(media="print")
    expect(page.locator(".times-figure")).to_be_visible()
    expect(page.get_by_role("heading", name="Filer")).to_be_hidden()
