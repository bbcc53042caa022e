"""What our own script adds to pages that work without it."""

import pytest
from playwright.sync_api import Dialog, Page, Route

from tests.browser import OpenPage, console_faults

pytestmark = pytest.mark.slow

AREA = "Hur ser det ut i dag?"


@pytest.fixture
def page(open_page: OpenPage, address: str) -> Page:
    """The style guide, with its script at work."""
    page = open_page(base_url=address)
    page.goto("/stilguide")
    return page


def test_what_is_typed_without_a_connection_is_there_after_a_reload(page: Page) -> None:
    page.context.set_offline(True)
    page.get_by_label(AREA).fill("Fötterna kontrolleras inte.")
    page.get_by_role("radio", name="Nivå 3: stort gap").first.check()
    page.get_by_role("button", name="Spara").last.click()
    assert page.get_by_text("Du har ingen anslutning").is_visible()
    page.context.set_offline(False)
    page.reload()
    assert page.get_by_label(AREA).input_value() == "Fötterna kontrolleras inte."
    assert page.get_by_role("radio", name="Nivå 3: stort gap").first.is_checked()
    assert page.get_by_text("Ditt utkast är tillbaka").is_visible()


def test_a_draft_never_brings_back_the_unseen_keys(page: Page) -> None:
    page.context.set_offline(True)
    page.get_by_label(AREA).fill("x")
    (kept,) = page.evaluate("Object.values(sessionStorage)")
    assert "command_id" not in kept
    assert "version" not in kept


def test_a_draft_in_the_browser_is_given_back_to_the_same_reader_alone(page: Page) -> None:
    page.context.set_offline(True)
    page.get_by_label(AREA).fill("Fötterna kontrolleras inte.")
    page.context.set_offline(False)

    def as_another(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace('data-reader="sam"', 'data-reader="annan"'))

    page.route("**/stilguide*", as_another)
    page.reload()
    assert page.get_by_label(AREA).input_value() != "Fötterna kontrolleras inte."
    page.unroute("**/stilguide*")
    page.reload()
    assert page.get_by_label(AREA).input_value() == "Fötterna kontrolleras inte."


def test_with_a_connection_nothing_is_kept_in_the_browser(page: Page) -> None:
    page.get_by_label(AREA).fill("Fötterna kontrolleras inte.")
    assert page.evaluate("sessionStorage.length") == 0


def test_a_text_with_a_limit_says_how_long_it_is_and_is_never_cut(page: Page) -> None:
    area = page.get_by_label("Varför behövs mer tid?")
    area.fill("a" * 501)
    assert page.get_by_text("501 / 500").is_visible()
    assert len(area.input_value()) == 501


def test_a_menu_closes_by_escape_and_gives_the_focus_back(page: Page) -> None:
    summary = page.locator(".site-header__tools summary")
    summary.click()
    page.keyboard.press("Escape")
    assert not page.get_by_role("link", name="Min profil").is_visible()
    assert summary.evaluate("one => one === document.activeElement")


def test_a_menu_closes_when_something_else_is_clicked(page: Page) -> None:
    page.locator(".site-header__tools summary").click()
    page.locator("h1").click()
    assert not page.get_by_role("link", name="Min profil").is_visible()


def test_notices_that_came_with_the_page_are_read_out(page: Page) -> None:
    page.locator("#notices > .visually-hidden").wait_for(state="attached")
    assert "Gapanalysen är startad." in page.locator("#notices > .visually-hidden").inner_text()


@pytest.mark.parametrize(("address_of", "jumps"), [("/stilguide", False), ("/stilguide?keys=1", True)])
def test_a_single_key_leads_to_the_search_only_where_that_was_chosen(
    page: Page, address_of: str, *, jumps: bool
) -> None:
    page.goto(address_of)
    page.evaluate("""() => {
      const search = document.createElement("input");
      search.type = "search";
      document.querySelector("main").append(search);
      document.activeElement.blur();
    }""")
    page.keyboard.press("/")
    assert (page.evaluate("document.activeElement.type") == "search") == jumps


def test_leaving_a_guarded_form_with_something_unsent_asks_first(page: Page) -> None:
    asked: list[str] = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", accept)
    page.evaluate("document.querySelector('form[data-draft]').setAttribute('data-guard', '')")
    page.get_by_label(AREA).press_sequentially("x")
    page.goto("/saknas")
    assert asked == ["beforeunload"]


def test_the_script_is_within_policy(page: Page) -> None:
    page.get_by_label(AREA).fill("x")
    assert console_faults(page) == []
