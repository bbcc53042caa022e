"""In a real browser: a version is tried, brought in and taken back, with and without script; every page is open."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import MODES, OpenPage, axe_violations, console_faults, overflow
from tests.pathways.drive import Driver
from tests.pathways.web.conftest import LogIn, Web
from tests.pathways.web.gap.scene import WOUNDS
from tests.pathways.web.national.conftest import VERSION

pytestmark = pytest.mark.slow
SHARE = f"/forlopp/{WOUNDS}/lardomar/dela"


def share(page: Page, address: str) -> None:
    """From the lessons of an introduction to the list that all regions see."""
    page.goto(f"{address}/forlopp/{WOUNDS}/lardomar")
    page.get_by_role("link", name="Dela en erfarenhet").click()
    page.get_by_label("Vilket steg eller gap gällde det?").fill("Kompression")
    page.get_by_label("Hur gjorde ni?").fill("Vi utbildade alla på plats")
    page.get_by_label("Hur många månader tog det?").fill("6")
    page.get_by_label("Vilken roll kan andra fråga?").select_option(label="utvecklingsresurs")
    page.get_by_role("button", name="Dela med andra regioner").click()
    expect(page.get_by_text("Erfarenheten är delad med de andra regionerna.").first).to_be_visible()
    page.goto(f"{address}/nationellt/erfarenheter?q=kompression")
    expect(page.get_by_role("heading", name="Kompression")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_a_version_is_tried_brought_in_and_taken_back(
    open_page: OpenPage, address: str, log_in: LogIn, wounds: Driver, *, script: bool
) -> None:
    page = log_in(open_page(script=script), "sam")
    page.goto(f"{address}/forlopp/{WOUNDS}")
    page.get_by_role("link", name="Se vad som skiljer mellan versionerna").click()
    expect(page.get_by_role("heading", name="Vad som skiljer")).to_be_visible()
    choice = page.get_by_role("radiogroup", name="Hur gör vi med Svårläkta sår?")
    choice.get_by_role("radio", name="Ingen påverkan hos oss").check()
    page.get_by_role("button", name="Granska innan det görs").click()
    page.get_by_role("link", name="Skriv varför den nya versionen inte påverkar er.").click()
    assert page.evaluate("document.activeElement.id") == f"f-skal-{WOUNDS}"
    choice.get_by_role("radio", name="Revidera gapanalysen").check()
    page.get_by_role("button", name="Granska innan det görs").click()
    expect(page.get_by_role("heading", name="Granska utrullningen")).to_be_visible()
    assert wounds.place() == "communicated"
    page.get_by_role("button", name="Genomför").click()
    expect(page.get_by_text("Klart. Genomförda: 1. Kvar: 1, se listan nedan.").first).to_be_visible()
    assert wounds.place() == "revising"
    page.get_by_label("Varför tas det tillbaka?").fill("Fel version")
    page.get_by_role("button", name="Ta tillbaka").click()
    expect(page.get_by_text("Tillbakataget: 1 införande står som före utrullningen.").first).to_be_visible()
    assert wounds.place() == "communicated"
    share(page, address)
    assert console_faults(page) == []


@pytest.mark.parametrize("mode", MODES)
def test_every_page_is_open_to_everybody(open_page: OpenPage, address: str, log_in: LogIn, web: Web, mode: str) -> None:
    client = web.as_("sam")
    shared = {"step": "Kompression", "how": "Vi utbildade alla", "contact_role": "lag_chair"}
    assert client.post(SHARE, data=shared).status_code == 303
    page = log_in(open_page(**MODES[mode]), "sam")
    found: list[str] = []
    for path in ("/nationellt", "/nationellt/erfarenheter", VERSION, SHARE, "/belastning", "/belastning/resurser"):
        page.goto(address + path)
        found += _faults(page, path)
    page.goto(f"{address}/belastning/enhet/vc-falun")
    found += _faults(page, "unit")
    page.goto(address + VERSION)
    page.get_by_role("radio", name="Revidera gapanalysen").first.check()
    page.get_by_role("button", name="Granska innan det görs").click()
    expect(page.get_by_role("heading", name="Granska utrullningen")).to_be_visible()
    found += _faults(page, "confirm")
    page.get_by_role("button", name="Genomför").click()
    expect(page.get_by_text("Klart. Genomförda: 1.").first).to_be_visible()
    page.wait_for_load_state()
    found += _faults(page, "done")
    assert found == []
    assert console_faults(page) == []


def _faults(page: Page, where: str) -> list[str]:
    wide = overflow(page)
    return [*(f"{where}: {one}" for one in axe_violations(page)), *([f"{where}: {wide} px too wide"] if wide else [])]
