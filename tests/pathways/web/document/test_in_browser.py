"""A document in a real browser: begun, written, fixed and dispatched, with and without script, and looked at by axe."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pathways.models.document import DocumentKind
from tests.browser import MODES, OpenPage, axe_violations, console_faults, overflow
from tests.pathways.documents.test_papers import template_with
from tests.pathways.drive import drive_to
from tests.pathways.services.document.desk import Desk
from tests.pathways.web.conftest import LogIn, Web

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("pango")]

PHONE = 360
TAGGED = b"/StructTreeRoot"


@pytest.fixture
def planned(web: Web) -> Web:
    """An introduction whose plan waits for the board."""
    drive_to(web.app, web.clock, "sepsis", "awaiting_decision")
    return web


def fetch(page: Page, link: str) -> bytes:
    with page.expect_download() as coming:
        page.get_by_role("link", name=link).click()
    return Path(coming.value.path()).read_bytes()


@pytest.mark.parametrize("script", [True, False])
def test_a_document_goes_all_its_way_on_a_phone(
    planned: Web, address: str, open_page: OpenPage, log_in: LogIn, *, script: bool
) -> None:
    page = log_in(open_page(width=PHONE, script=script, base_url=address), "sam")
    page.goto("/forlopp/sepsis")
    page.locator(".subnav").get_by_text("Mer", exact=True).click()
    page.get_by_role("link", name="Handlingar", exact=True).click()
    page.get_by_label("Handlingsplan", exact=False).check()
    page.get_by_role("button", name="Börja").click()
    expect(page.get_by_text("Arbetsmaterialet finns här.").first).to_be_visible()
    page.get_by_role("link", name="Skriv", exact=True).click()
    page.get_by_label("Sammanfattning").fill("Kort sagt.\n\n- Ett\n- Två")
    page.get_by_role("button", name="Spara").click()
    expect(page.locator(".paper li", has_text="Två")).to_be_visible()
    page.get_by_role("link", name="Fastställ").click()
    page.get_by_label("Diarienummer").fill("HSN 2021/7")
    page.get_by_role("button", name="Fastställ handlingen").click()
    expect(page.get_by_text("Handlingen är fastställd.").first).to_be_visible()
    expect(page.get_by_role("link", name="Skriv", exact=True)).to_have_count(0)
    first = fetch(page, "Hämta som PDF")
    page.get_by_role("link", name="Expediera").click()
    page.get_by_label("Till vem?").fill("HSN")
    page.get_by_role("button", name="Markera som expedierad").click()
    expect(page.get_by_text("till HSN").first).to_be_visible()
    assert fetch(page, "Hämta som PDF") == first
    assert fetch(page, "Hämta som Word").startswith(b"PK")
    assert (console_faults(page), overflow(page)) == ([], 0)


def test_a_wrong_template_is_told_and_a_right_one_is_used(
    planned: Web, address: str, open_page: OpenPage, log_in: LogIn, tmp_path: Path
) -> None:
    page = log_in(open_page(base_url=address), "adm")
    page.goto("/admin/wordmallar")
    for name, field in (("fel.docx", "{{ titel }}"), ("mall.docx", "Rubrik: {{ title }}")):
        (tmp_path / name).write_bytes(template_with(field))
    page.get_by_label("Wordfil").set_input_files(tmp_path / "fel.docx")
    page.get_by_role("button", name="Kontrollera och använd").click()
    expect(page.locator(".error-summary")).to_contain_text("fel.docx har ett okänt fält: titel. Närmast kända: title")
    assert axe_violations(page) == []
    page.get_by_label("Wordfil").set_input_files(tmp_path / "mall.docx")
    page.get_by_role("button", name="Kontrollera och använd").click()
    expect(page.get_by_text("mall.docx").first).to_be_visible()
    assert fetch(page, "Prova").startswith(b"PK")
    page.get_by_role("button", name="Gå tillbaka till Förlopps mall").click()
    expect(page.get_by_text("Förlopps egen mall används.").first).to_be_visible()


@pytest.mark.parametrize("mode", MODES)
def test_no_page_of_documents_has_a_fault_of_access_in_any_mode(
    planned: Web, address: str, open_page: OpenPage, log_in: LogIn, mode: str
) -> None:
    desk = Desk(planned.app, planned.clock)
    fixed, working = desk.begin(DocumentKind.ACTION_PLAN, "sepsis"), desk.begin(DocumentKind.DECISION_BASIS, "sepsis")
    report = desk.begin(DocumentKind.STATE_REPORT, about="yearly-2021")
    desk.fix(fixed)
    page = log_in(open_page(**MODES[mode], base_url=address), "sam")
    for path in (
        *("/forlopp/sepsis/handlingar", "/rapporter", "/admin/wordmallar", f"/handlingar/{report}"),
        *(f"/handlingar/{fixed}", f"/handlingar/{fixed}/expediera", f"/handlingar/{working}"),
        *(f"/handlingar/{working}/skriv", f"/handlingar/{working}/faststall"),
    ):
        page.goto(path)
        assert (path, axe_violations(page), console_faults(page), overflow(page)) == (path, [], [], 0)
