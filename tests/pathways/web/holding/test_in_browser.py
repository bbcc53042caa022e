"""Holding on and celebrating in a real browser: a phone without script, and every page looked at by axe."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from pathways.models.holding import HoldInvitation
from pathways.services.hold.lines import LINES
from pathways.web.sessions import cookie_name
from tests.browser import OpenPage, axe_violations, console_faults, overflow
from tests.pathways.drive import Driver
from tests.pathways.services.judge import rows
from tests.pathways.web.conftest import Web
from tests.pathways.web.holding.scene import asked, furnish, link_of

pytestmark = pytest.mark.slow

DESK, PHONE = 1280, 360


@pytest.fixture
def address(web: Web) -> Iterator[str]:
    """The live server."""
    with web.served() as served:
        yield served


def log_in(page: Page, web: Web, address: str, who: str) -> None:
    host = urlsplit(address).hostname
    page.context.add_cookies(
        [{"name": cookie_name(web.config), "value": web.session_of(who), "domain": host or "", "path": "/"}]
    )


@pytest.mark.parametrize("script", [True, False])
def test_the_hold_check_is_answered_on_a_phone_from_its_mail(
    web: Web, kol: Driver, address: str, open_page: OpenPage, *, script: bool
) -> None:
    asked(kol)
    page = open_page(width=PHONE, script=script, base_url=address)
    page.goto(link_of(kol, 2))
    page.get_by_role("link", name="Till frågorna").click()
    page.get_by_role("link", name="Börja svara").click()
    for number in range(1, len(LINES) + 1):
        expect(page.get_by_role("heading", name=f"Fråga {number} av 10")).to_be_visible()
        page.get_by_label("2 – Till stor del" if number % 2 else "Vet inte").check()
        assert overflow(page) == 0
        page.get_by_role("button", name="Nästa").click()
    expect(page.get_by_role("heading", name="Alla tio frågor")).to_be_visible()
    assert axe_violations(page) == [] if script else True
    page.get_by_role("button", name="Lämna svaren").click()
    expect(page.get_by_text("Tack! Dina svar är med").first).to_be_visible()
    assert rows(kol, HoldInvitation)[2]["answered_on"] == kol.today
    assert (console_faults(page), overflow(page)) == ([], 0)


@pytest.mark.parametrize(("width", "dark"), [(DESK, False), (PHONE, False), (DESK, True)])
def test_every_page_is_clean(web: Web, address: str, open_page: OpenPage, *, width: int, dark: bool) -> None:
    ways = furnish(web.app, web.clock)
    page = open_page(width=width, dark=dark, base_url=address)
    log_in(page, web, address, "res")
    found: dict[str, object] = {}
    for way in ways:
        page.goto(way)
        expect(page.locator("h1")).to_be_visible()
        if faults := [*axe_violations(page), *console_faults(page), *(["too wide"] if overflow(page) else [])]:
            found[way] = faults
    assert found == {}
