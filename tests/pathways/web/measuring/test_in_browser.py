"""Measuring in a real browser: a column pasted with the wrong sign, lines frozen and set anew, and looked at by axe."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from pathways.models.measure import IndicatorPhase
from pathways.web.sessions import cookie_name
from tests.browser import OpenPage, axe_violations, console_faults, overflow
from tests.pathways.drive import Driver, drive_to
from tests.pathways.services.judge import rows
from tests.pathways.services.measuring import standing
from tests.pathways.web.conftest import Web
from tests.pathways.web.measuring.scene import DAYS, MEASURING, SHARE, begun, measured

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
def test_an_analyst_pastes_a_column_with_the_wrong_sign(
    web: Web, address: str, open_page: OpenPage, *, script: bool
) -> None:
    driver: Driver = begun(web.app, web.clock)
    page = open_page(width=DESK, script=script, base_url=address)
    log_in(page, web, address, "ana")
    page.goto(MEASURING)
    page.get_by_role("link", name="Dagar till första besök").click()
    page.get_by_role("link", name="Lägg in värden").click()
    page.get_by_role("link", name="Klistra in").click()
    page.get_by_label("Första perioden").fill("2021-10")
    page.get_by_label("Värden", exact=True).fill("30.5\n28.1\n29")
    page.get_by_role("button", name="Kontrollera").click()
    expect(page.locator(".error-summary")).to_contain_text("Rad 1, Värde: ”30.5” har punkt; skriv 30,5")
    page.get_by_role("button", name="Läs punkt som decimaltecken").click()
    expect(page.get_by_role("heading", name="Kontrollera innan du sparar")).to_be_visible()
    assert standing(driver) == []
    page.get_by_role("button", name="Spara 3 värden").click()
    expect(page.get_by_text("3 värden är sparade.").first).to_be_visible()
    assert [row["value"] for row in standing(driver)] == [30.5, 28.1, 29.0]
    assert (console_faults(page), overflow(page)) == ([], 0)


@pytest.mark.parametrize("script", [True, False])
def test_a_baseline_is_frozen_and_the_lines_set_anew(
    web: Web, address: str, open_page: OpenPage, *, script: bool
) -> None:
    driver = measured(web.app, web.clock)
    page = open_page(width=DESK, script=script, base_url=address)
    log_in(page, web, address, "sam")
    page.goto(DAYS)
    page.get_by_role("link", name="Frys utgångsläget").click()
    page.get_by_label("Varför?").fill("Allt före första utbildningen")
    page.get_by_role("button", name="Frys utgångsläget").click()
    expect(page.get_by_text("värden i rad ligger på samma sida om den frysta linjen")).to_be_visible()
    page.get_by_role("link", name="Sätt linjerna på nytt").first.click()
    page.get_by_label("Varför?").fill("Ny mottagning i februari")
    page.get_by_role("button", name="Sätt linjerna på nytt").click()
    expect(page.locator(".error-summary")).to_contain_text("alla fyra frågor ska besvaras med ja")
    for name in ("shift_sustained", "cause_known", "wanted_or_accepted", "expected_to_last"):
        page.locator(f'input[name="{name}"][value="yes"]').check()
    page.get_by_role("button", name="Sätt linjerna på nytt").click()
    expect(page.get_by_text("Nya linjer är satta. De gamla står kvar.").first).to_be_visible()
    assert len(rows(driver, IndicatorPhase)) == 2
    page.get_by_role("link", name="Ta tillbaka senaste beslutet").click()
    page.get_by_label("Varför?").fill("För tidigt")
    page.get_by_role("button", name="Ta tillbaka senaste beslutet").click()
    expect(page.get_by_text("Beslutet är taget tillbaka.").first).to_be_visible()
    assert len(rows(driver, IndicatorPhase)) == 1
    assert (console_faults(page), overflow(page)) == ([], 0)


def test_a_unit_types_its_own_value_on_a_phone(web: Web, address: str, open_page: OpenPage) -> None:
    driver = begun(web.app, web.clock)
    page = open_page(width=PHONE, base_url=address)
    log_in(page, web, address, "vcf")
    page.goto(f"{SHARE}/varden")
    page.get_by_label("Täljare").fill("12")
    page.get_by_label("Nämnare").fill("11")
    page.get_by_role("button", name="Kontrollera").click()
    expect(page.locator("#f-denominator-error")).to_contain_text("nämnaren 11 är mindre än täljaren 12")
    page.get_by_label("Nämnare").fill("15")
    page.get_by_role("button", name="Kontrollera").click()
    page.get_by_role("button", name="Spara 1 värde").click()
    expect(page.get_by_text("1 värde är sparat.").first).to_be_visible()
    assert [row["value"] for row in standing(driver)] == [80.0]
    assert (console_faults(page), overflow(page)) == ([], 0)


@pytest.mark.parametrize(("width", "dark"), [(DESK, False), (PHONE, False), (DESK, True)])
def test_every_page_is_clean(web: Web, address: str, open_page: OpenPage, *, width: int, dark: bool) -> None:
    driver = measured(web.app, web.clock)
    driver.do("freeze_baseline", reason="Före", indicator="dagar-till-forsta-besok", through="2022-01")
    drive_to(web.app, web.clock, "sepsis", "preparation")
    page = open_page(width=width, dark=dark, base_url=address)
    log_in(page, web, address, "sam")
    ways = (
        *("/forlopp/sepsis/matning", MEASURING, f"{MEASURING}/ny", DAYS, SHARE, f"{SHARE}?skala=fri"),
        *(f"{SHARE}?enhet=vc-falun", f"{DAYS}?datum=2023-01-15", f"{DAYS}/andra", f"{DAYS}/avsluta"),
        *(f"{DAYS}/utgangslage", f"{DAYS}/nya-linjer", f"{DAYS}/ta-tillbaka"),
        *(f"{DAYS}/varden", f"{SHARE}/varden", f"{DAYS}/varden?satt=paste", f"{SHARE}/varden?satt=file"),
    )
    found: dict[str, object] = {}
    for way in ways:
        page.goto(way)
        if faults := [*axe_violations(page), *console_faults(page), *(["too wide"] if overflow(page) else [])]:
            found[way] = faults
    for text, name in (("2021-03\t31\n2021-04\t310\n2022-12\t20", "preview"), ("fel\n12.5", "with faults")):
        page.goto(f"{DAYS}/varden?satt=paste")
        page.get_by_label("Värden", exact=True).fill(text)
        page.get_by_role("button", name="Kontrollera").click()
        page.wait_for_url("**/varden")
        if faults := [*axe_violations(page), *(["too wide"] if overflow(page) else [])]:
            found[name] = faults
    assert found == {}
