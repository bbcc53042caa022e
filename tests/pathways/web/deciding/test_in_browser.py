"""Deciding at the table in a real browser: a member reads on a tablet, the registrar decides and takes the extract.

With and without script, looked at by axe, and narrow enough for a phone.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from pathways.models.task import Task
from pathways.web.sessions import cookie_name
from tests.browser import OpenPage, axe_violations, console_faults, overflow
from tests.pathways.services.deciding.table import Table
from tests.pathways.services.judge import rows
from tests.pathways.web.conftest import Web
from tests.pathways.web.deciding.test_decide_page import at
from tests.pathways.web.deciding.test_minutes_page import WHOLE, minutes_of

pytestmark = pytest.mark.slow

TABLET, PHONE = 820, 360


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
def test_a_member_reads_and_the_registrar_decides_with_a_condition(
    web: Web, board: Table, address: str, open_page: OpenPage, *, script: bool
) -> None:
    item = board.item(proposal="Planen antas", presenter_id=board.id_of("chef"))
    member = open_page(width=TABLET, script=script, base_url=address)
    log_in(member, web, address, "lg")
    member.goto(at(board, item))
    expect(member.get_by_role("heading", name="Det här ska beslutas")).to_be_visible()
    assert not script or axe_violations(member) == []
    assert overflow(member) == 0
    page = open_page(width=TABLET, script=script, base_url=address)
    log_in(page, web, address, "reg")
    page.goto(at(board, item))
    page.get_by_role("radio", name="Bifall med villkor", exact=True).check()
    page.get_by_label("Motivering").fill("Gapen är störst här")
    page.locator("summary", has_text="Lägg till villkor").click()
    page.get_by_label("Villkor 1").fill("Redovisa i juni")
    page.get_by_label("Klart senast").fill("2021-12-01")
    page.get_by_label("Diarienummer").fill("HSN 2021/7")
    page.get_by_role("button", name="Granska beslutet").click()
    expect(page.get_by_role("heading", name="Det här händer")).to_be_visible()
    assert not script or axe_violations(page) == []
    page.get_by_role("button", name="Bekräfta beslutet").click()
    expect(page.get_by_role("heading", name="Avgjort, § 1")).to_be_visible()
    assert [one["state"] for one in rows(board.driver, Task, own_title="Redovisa i juni")] == ["open"]
    assert not script or axe_violations(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").click()
    assert download.value.suggested_filename == f"utdrag-hsn-{board.held_on.isoformat()}-1.pdf"
    page.get_by_role("link", name="Till uppgifterna").click()
    expect(page.get_by_text("Redovisa i juni").first).to_be_visible()
    assert console_faults(page) == []


@pytest.mark.parametrize("width", [TABLET, PHONE])
@pytest.mark.parametrize("dark", [False, True])
def test_the_pages_fit_a_tablet_and_a_phone(
    web: Web, board: Table, address: str, open_page: OpenPage, *, width: int, dark: bool
) -> None:
    item = board.item(proposal="Planen antas", presenter_id=board.id_of("chef"))
    noted = board.item(position=2, introduction_id=None, matter=None, title="Mötesdagar för nästa år")
    board.decide(noted, "return", paragraph_no="8", dissent="Lars Grahn reserverar sig")
    page = open_page(width=width, dark=dark, base_url=address)
    log_in(page, web, address, "reg")
    public = minutes_of(board, "?offentligt=1")
    for path in (at(board, item), at(board, noted), minutes_of(board), public, at(board, noted, "/utdrag")):
        page.goto(path)
        assert axe_violations(page) == [], path
        assert overflow(page) == 0, path
    assert console_faults(page) == []


def test_the_minutes_are_approved_on_a_tablet(web: Web, board: Table, address: str, open_page: OpenPage) -> None:
    board.join("m1", "lg")
    board.decide(board.item())
    page = open_page(width=TABLET, base_url=address)
    log_in(page, web, address, "reg")
    page.goto(minutes_of(board))
    page.get_by_label("Vem ledde mötet?").select_option("lg")
    page.get_by_role("checkbox", name="Maja Zetterlund").check()
    for label, name in (("Mötet öppnades", "opened_at"), ("Mötet avslutades", "closed_at")):
        page.get_by_label(label).fill(WHOLE[name])
    page.get_by_role("button", name="Spara", exact=True).click()
    page.get_by_role("checkbox", name="Ja, protokollet är läst och stämmer").check()
    page.get_by_role("button", name="Justera").click()
    expect(page.get_by_text("Protokollet är justerat och ändras inte mer.").first).to_be_visible()
    assert axe_violations(page) == []
    page.get_by_role("button", name="Spara anslaget").click()
    expect(page.get_by_text("Anslaget är antecknat.").first).to_be_visible()
