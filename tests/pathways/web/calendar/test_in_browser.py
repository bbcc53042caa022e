"""The calendar in a real browser: for every eye, on every screen, on paper, with and without script."""

import re
from collections.abc import Callable, Iterator
from typing import TypedDict

import pytest
from playwright.sync_api import Page, expect

from pathways.services.clockwork.calendars import refresh_calendars
from pathways.web.sessions import cookie_name
from tests.browser import OpenPage, axe_violations, console_faults, overflow
from tests.pathways.services.judge import CONSULTED
from tests.pathways.web.calendar.conftest import ANALYSING
from tests.pathways.web.calendar.ics import events_of
from tests.pathways.web.conftest import Web

pytestmark = pytest.mark.slow

PLAN = f"/forlopp/{ANALYSING}/tidsplan"
PAGES = {
    "time plan": PLAN,
    "impossible": f"{PLAN}?organ=hsn&dag=2021-11-23",
    "day off": f"{PLAN}?organ=hsn&dag=2022-01-06",
    "wrong": f"{PLAN}?organ=finns&dag=x",
    "window": f"/forlopp/{CONSULTED}/tidsplan",
    "year": "/arshjul",
    "nothing of a kind": "/arshjul?organ=rs&slag=loop",
    "calendars": "/kalender",
    "consultations": "/nationellt/remisser",
}


class Mode(TypedDict, total=False):
    width: int
    dark: bool
    forced_colours: bool
    script: bool


MODES: dict[str, Mode] = {
    "desktop": {},
    "phone": {"width": 360},
    "dark": {"dark": True},
    "dark phone": {"dark": True, "width": 360},
    "forced colours": {"forced_colours": True},
}
Open = Callable[..., Page]


@pytest.fixture
def open_as_sara(dated: Web, open_page: OpenPage) -> Iterator[Open]:
    """Opens an address of ours in which the coordinator is logged in."""
    refresh_calendars(dated.app, now=dated.clock.now())
    with dated.served() as address:

        def go(path: str, **mode: object) -> Page:
            page = open_page(**mode)  # type: ignore[arg-type]  # the parts of a mode
            token = dated.session_of("sam")
            page.context.add_cookies(
                [{"name": cookie_name(dated.config), "value": token, "domain": "127.0.0.1", "path": "/"}]
            )
            page.goto(address + path)
            return page

        yield go


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("mode", MODES)
def test_a_page_is_open_to_everybody_and_within_policy(open_as_sara: Open, mode: str, name: str) -> None:
    page = open_as_sara(PAGES[name], **MODES[mode])
    assert axe_violations(page) == []
    assert overflow(page) == 0
    assert console_faults(page) == []


@pytest.mark.parametrize("script", [True, False])
def test_an_impossible_meeting_leads_to_one_that_can_be_reached(open_as_sara: Open, *, script: bool) -> None:
    page = open_as_sara(f"/forlopp/{ANALYSING}", script=script)
    page.locator(".subnav").get_by_text("Mer", exact=True).click()
    page.get_by_role("link", name="Tidsplan", exact=True).click()
    page.wait_for_url("**/tidsplan")
    page.get_by_label("Organ").select_option("hsn")
    page.get_by_label("Dag", exact=True).fill("2021-11-23")
    page.get_by_role("button", name="Visa tidsplanen").first.click()
    page.wait_for_url(re.compile(r"/tidsplan\?organ=hsn&dag=2021-11-23$"))
    expect(page.get_by_text("Det går inte längre").first).to_be_visible()
    page.locator("#instead + .plan-ways a").first.click()
    page.wait_for_url(re.compile(r"/tidsplan\?organ=hsn&dag=2022-"))
    expect(page.get_by_text("Alla steg hinns.").first).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_a_calendar_is_made_read_by_a_program_and_ended(dated: Web, open_as_sara: Open, *, script: bool) -> None:
    page = open_as_sara("/kalender", script=script)
    page.get_by_role("button", name="Skapa adress").first.click()
    field = page.get_by_label("Kalenderns adress")
    field.wait_for()
    path = field.input_value().partition("127.0.0.1")[2]
    found = dated.anonymous().get(path)
    assert found.status_code == 200
    assert len(events_of(found.content)) > 5
    expect(page.get_by_role("button", name="Kopiera")).to_be_visible(visible=script)
    assert not script or axe_violations(page) == []
    page.get_by_role("button", name="Sluta dela").first.click()
    expect(page.get_by_text("Adressen gäller inte längre.").first).to_be_visible()
    assert dated.anonymous().get(path).status_code == 404


def test_the_year_is_printed_on_one_page(open_as_sara: Open) -> None:
    page = open_as_sara("/arshjul")
    paper = page.pdf(prefer_css_page_size=True)
    assert paper.count(b"/Type /Page\n") == 1


def test_on_a_phone_the_list_is_the_year(open_as_sara: Open) -> None:
    page = open_as_sara("/arshjul", width=360)
    expect(page.locator(".year-wheel")).to_be_hidden()
    expect(page.get_by_role("heading", name="September", exact=True)).to_be_visible()
