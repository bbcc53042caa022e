"""A meeting in a real browser: the coordinator makes an agenda, orders it and ticks who is there."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from pathways.web.sessions import cookie_name
from tests.browser import OpenPage, axe_violations, console_faults, overflow
from tests.pathways.drive import drive_to
from tests.pathways.services.meeting.stage import BODY, add, items_at, join, meetings_of, order, second_meeting
from tests.pathways.web.conftest import Web

pytestmark = pytest.mark.slow
WIDTHS = [(1280, False), (820, False), (360, False), (1280, True)]
PICTURES = os.environ.get("FORLOPP_PICTURES", "")


@pytest.fixture
def address(web: Web) -> Iterator[str]:
    """The live server."""
    with web.served() as served:
        yield served


def log_in(page: Page, web: Web, address: str, who: str) -> None:
    host = urlsplit(address).hostname or ""
    cookie = {"name": cookie_name(web.config), "value": web.session_of(who), "domain": host, "path": "/"}
    page.context.add_cookies([cookie])  # type: ignore[list-item]  # the library's own dict


def add_item(page: Page, title: str, *, starts_at: str) -> None:
    page.get_by_role("link", name="Lägg till ärende").first.click()
    page.get_by_label("Rubrik", exact=True).fill(title)
    page.get_by_label("Diskussion").check()
    page.get_by_label("Börjar klockan").fill(starts_at)
    page.get_by_label("Minuter").fill("30")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("link", name=title, exact=True)).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_the_coordinator_makes_an_agenda_orders_it_and_ticks_who_is_there(
    web: Web, address: str, open_page: OpenPage, *, script: bool
) -> None:
    join(web.app, "chef", BODY)
    day = second_meeting(web.app)
    page = open_page(width=820, script=script, base_url=address)
    log_in(page, web, address, "sam")
    page.goto("/moten")
    page.goto(f"/moten/{BODY}/{day.isoformat()}")
    add_item(page, "Läget i länet", starts_at="09.00")
    add_item(page, "Rangordning av KOL", starts_at="09.15")
    expect(page.get_by_text("Krockar med ärende 2").first).to_be_visible()
    page.get_by_role("button", name="Upp : Rangordning av KOL").click()
    expect(page.get_by_role("row").nth(1)).to_contain_text("Rangordning av KOL")
    assert [row["title"] for row in items_at(web.app, day)] == ["Rangordning av KOL", "Läget i länet"]
    page.get_by_role("button", name="Kalla").click()
    expect(page.get_by_text("Kallelsen är på väg till 2 personer").first).to_be_visible()
    web.clock.set(web.clock.now() + (day - web.clock.now().date()))
    log_in(page, web, address, "sam")
    page.reload()
    page.get_by_label("Lars Grahn").check()
    page.get_by_label("Örjan Ek").check()
    page.get_by_role("button", name="Spara närvaron").click()
    expect(page.get_by_text("Organet är beslutsfört.").first).to_be_visible()
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / "journey-820.png", full_page=True)
    assert (overflow(page), console_faults(page)) == (0, [])
    assert not script or axe_violations(page) == []


@pytest.mark.parametrize(("width", "dark"), WIDTHS)
def test_every_page_is_clean(web: Web, address: str, open_page: OpenPage, *, width: int, dark: bool) -> None:
    ways = furnish(web)
    page = open_page(width=width, dark=dark, base_url=address)
    log_in(page, web, address, "sam")
    found: dict[str, object] = {}
    for number, way in enumerate(ways):
        page.goto(way)
        expect(page.locator("h1")).to_be_visible()
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{number}-{width}{'-dark' if dark else ''}.png", full_page=True)
        if faults := [*axe_violations(page), *console_faults(page), *(["too wide"] if overflow(page) else [])]:
            found[way] = faults
    assert found == {}


def furnish(web: Web) -> list[str]:
    """Fill one meeting, and return the addresses of the pages."""
    drive_to(web.app, web.clock, "kol", "awaiting_decision")
    join(web.app, "chef", BODY)
    day = second_meeting(web.app)
    given = {"introduction": "kol", "presenter": "chef", "starts_at": "09:00", "minutes": 45}
    first = add(
        web.app, order("Rangordning av åtgärderna för KOL", kind="decision", matter="ranking", **given), held_on=day
    )
    add(web.app, order("Läget i regionen", kind="information", starts_at="09:30", minutes=20), held_on=day)
    add(web.app, order("Hur vi arbetar med lärandeloopar", proposal="Vad lärde vi oss?"), held_on=day)
    board = next(row["held_on"] for row in meetings_of(web.app, "hsn") if items_at(web.app, row["held_on"], "hsn"))
    there = f"/moten/{BODY}/{day.isoformat()}"
    late = next(row["held_on"] for row in meetings_of(web.app, BODY) if row["held_on"] >= web.clock.now().date())
    empty = max(row["held_on"] for row in meetings_of(web.app, BODY))
    assert late - web.clock.now().date() < timedelta(days=60)
    return [
        "/moten",
        f"/moten/{BODY}",
        there,
        f"{there}/arende/nytt",
        f"{there}/arende/{first}/andra",
        f"{there}/flytta",
        f"/moten/hsn/{board.isoformat()}",
        f"/moten/{BODY}/{empty.isoformat()}",
        f"/moten/{BODY}/{late.isoformat()}/arende/nytt",
        "/forlopp/kol/arende",
    ]
