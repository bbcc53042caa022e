"""The plan and its ranking in a real browser: a member on a tablet, with and without script, and looked at by axe."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from pathways.models.plan import Activity
from pathways.models.plan_comment import PlanComment
from pathways.models.ranking import Ranking
from pathways.web.sessions import cookie_name
from tests.browser import OpenPage, axe_violations, console_faults, overflow
from tests.pathways.drive import Driver
from tests.pathways.services.judge import rows
from tests.pathways.web.conftest import Web
from tests.pathways.web.plan.scene import at_basis, at_ranking, at_round, refs, score

pytestmark = pytest.mark.slow

TABLET, DESK, PHONE = 820, 1280, 360


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
def test_a_member_scores_and_ranks_on_a_tablet(web: Web, address: str, open_page: OpenPage, *, script: bool) -> None:
    driver: Driver = at_ranking(web.app, web.clock)
    first, second, third = refs(driver)
    page = open_page(width=TABLET, script=script, base_url=address)
    log_in(page, web, address, "lg")
    page.goto("/forlopp/kol/rangordning")
    page.get_by_role("link", name="Poängsätt").click()
    for ref, level in ((first, "4"), (second, "1"), (third, "2")):
        for factor in ("severity", "feasibility"):
            page.locator(f'input[name="{factor}-{ref}"][value="{level}"]').check()
    page.get_by_role("button", name="Lämna poängen").click()
    expect(page.get_by_text("1 person har poängsatt: Lars Grahn.")).to_be_visible()
    page.get_by_role("link", name="Ordna åtgärderna").click()
    page.get_by_role("button", name="Flytta upp Journalmall för årskontroll").click()
    expect(page).to_have_url(re.compile(f"#rad-{re.escape(third)}$"))
    page.get_by_label("Motivering till ordningen som helhet").fill("Mallen behövs först")
    page.get_by_role("button", name="Sätt ordningen").click()
    expect(page.locator(".error-summary")).to_contain_text("Journalmall för årskontroll")
    page.locator(f'textarea[name="motiv-{third}"]').fill("Utan mallen dokumenteras inget")
    page.get_by_role("button", name="Sätt ordningen").click()
    expect(page.get_by_text("Lars Grahn satte ordningen")).to_be_visible()
    assert [one["rank"] for one in rows(driver, Activity)] == [2, 3, 1]
    assert len(rows(driver, Ranking)) == 1
    assert (console_faults(page), overflow(page)) == ([], 0)


@pytest.mark.parametrize("script", [True, False])
def test_a_unit_gives_its_views_on_a_phone(web: Web, address: str, open_page: OpenPage, *, script: bool) -> None:
    driver = at_round(web.app, web.clock)
    page = open_page(width=PHONE, script=script, base_url=address)
    log_in(page, web, address, "med")
    page.goto("/")
    page.get_by_role("link", name="Lämna synpunkter på planen").click()
    page.get_by_role("link", name="Till planen").click()
    page.get_by_label("Synpunkt på planen som helhet").fill("Bra, men börja i oktober")
    page.get_by_role("button", name="Lämna synpunkterna").click()
    expect(page.get_by_text("Tack, synpunkterna är lämnade.").first).to_be_visible()
    assert "Bra, men börja i oktober" in [one["body"] for one in rows(driver, PlanComment)]
    assert (console_faults(page), overflow(page)) == ([], 0)


def test_the_draft_of_an_order_is_kept_while_it_is_typed(web: Web, address: str, open_page: OpenPage) -> None:
    at_ranking(web.app, web.clock)
    page = open_page(width=TABLET, base_url=address)
    log_in(page, web, address, "lg")
    page.goto("/forlopp/kol/rangordning/ordna")
    with page.expect_response("**/utkast/**"):
        page.get_by_label("Motivering till ordningen som helhet").press_sequentially("Störst gap")
    page.reload()
    expect(page.get_by_label("Motivering till ordningen som helhet")).to_have_value("Störst gap")


@pytest.mark.parametrize(("width", "dark"), [(DESK, False), (PHONE, False), (TABLET, False), (DESK, True)])
def test_every_page_is_clean(web: Web, address: str, open_page: OpenPage, *, width: int, dark: bool) -> None:
    driver = at_basis(web.app, web.clock)
    score(driver, (1, 4), (3, 2), (4, 1), by="sam")
    at_round(web.app, web.clock, "sepsis")
    ref = refs(driver)[0]
    page = open_page(width=width, dark=dark, base_url=address)
    log_in(page, web, address, "sam")
    kol, sepsis = "/forlopp/kol", "/forlopp/sepsis"
    ways = (
        *(f"{kol}/plan", f"{kol}/plan/ny", f"{kol}/plan/aktivitet/{ref}", f"{kol}/plan/aktivitet/{ref}/lage"),
        *(f"{kol}/rangordning", f"{kol}/rangordning/poang", f"{kol}/rangordning/ordna"),
        *(f"{kol}/underlag", f"{kol}/underlag/skriv", f"{kol}/plan/synpunkter"),
        *(f"{sepsis}/plan/synpunkter", f"{sepsis}/plan/synpunkter/medicin", f"{sepsis}/plan/synpunkter/avsluta"),
    )
    found: dict[str, object] = {}
    for way in ways:
        page.goto(way)
        if faults := [*axe_violations(page), *console_faults(page), *(["too wide"] if overflow(page) else [])]:
            found[way] = faults
    page.goto(f"{kol}/rangordning/ordna")
    page.get_by_role("button", name="Sätt ordningen").click()
    if faults := axe_violations(page):
        found["with faults"] = faults
    assert found == {}
