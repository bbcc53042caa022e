"""Every page of the stage in a real browser, in all the ways that people look at it."""

import pytest

from tests.browser import MODES, OpenPage, axe_violations, console_faults, overflow
from tests.pathways.web.look.stage import PAGES

pytestmark = pytest.mark.slow

REFLOW = 320  # WCAG 1.4.10


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("mode", MODES)
def test_a_page_is_open_to_everybody_and_within_policy(open_page: OpenPage, address: str, mode: str, name: str) -> None:
    page = open_page(**MODES[mode])
    page.goto(f"{address}/{name}")
    assert axe_violations(page) == []
    assert overflow(page) == 0
    assert console_faults(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_in_english(open_page: OpenPage, address: str, name: str) -> None:
    page = open_page()
    page.goto(f"{address}/{name}?language=en")
    assert axe_violations(page) == []
    assert page.get_by_role("link", name="Accessibility statement").is_visible()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_needs_no_sideways_scrolling_when_enlarged_four_times(
    open_page: OpenPage, address: str, name: str
) -> None:
    page = open_page(width=REFLOW)
    page.goto(f"{address}/{name}")
    assert overflow(page) == 0


@pytest.mark.parametrize("width", [360, 1280])
def test_without_script_the_menu_opens_and_nothing_that_needs_one_is_shown(
    open_page: OpenPage, address: str, width: int
) -> None:
    page = open_page(width=width, script=False)
    page.goto(f"{address}/stilguide")
    page.locator("header details.menu > summary").locator("visible=true").click()
    assert page.get_by_role("button", name="Logga ut").locator("visible=true").count() == 1
    assert page.get_by_role("button", name="Skriv ut").count() == 0


@pytest.mark.parametrize("script", [True, False])
def test_the_focus_is_moved_to_the_error_summary_with_and_without_script(
    open_page: OpenPage, address: str, *, script: bool
) -> None:
    page = open_page(script=script)
    page.goto(f"{address}/stilguide")
    page.locator(".error-summary:focus").wait_for()
    page.get_by_role("link", name="Välj en nivå.").click()
    assert page.evaluate("document.activeElement.id") == "f-level"


def test_the_first_stop_of_the_keyboard_leads_past_the_menus(open_page: OpenPage, address: str) -> None:
    page = open_page()
    page.goto(f"{address}/saknas")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Hoppa till innehållet"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("name", ["stilguide", "hann-fore"])
def test_on_paper_there_is_nothing_to_press(open_page: OpenPage, address: str, name: str) -> None:
    page = open_page(width=690)
    page.emulate_media(media="print")
    page.goto(f"{address}/{name}")
    assert page.locator("button, .ds-button, nav a").locator("visible=true").count() == 0
    assert page.locator("h1").is_visible()
    assert overflow(page) == 0
