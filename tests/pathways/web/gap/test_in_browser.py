"""In a real browser: a representative answers on a phone with and without script; every page is open to everybody."""

import re

import pytest
from playwright.sync_api import Page, expect

from pathways.models.gap import GapAnswer
from pathways.services.verify import verify
from tests.browser import MODES, PHONE, OpenPage, axe_violations, console_faults, overflow
from tests.pathways.drive import Driver
from tests.pathways.web.conftest import LogIn, Web
from tests.pathways.web.gap.conftest import BASE, respondent
from tests.pathways.web.gap.scene import FEET, WOUNDS, answer_all, case_rows, finalise

pytestmark = pytest.mark.slow
BUNDLE = "/gapanalyser/sar-och-fotter"


def choose(page: Page, label: str) -> None:
    page.get_by_role("radio", name=label, exact=True).check()


def answer_the_form(page: Page, address: str) -> None:
    """From the list of steps to the receipt, as a representative does it."""
    page.goto(f"{address}{BASE}/vc-falun")
    page.get_by_role("link", name="Börja").click()
    choose(page, "Måttligt")
    page.get_by_label("Hur gör ni i dag?").fill("Vi mäter ibland")
    page.get_by_role("checkbox", name="Rutin", exact=True).check()
    page.get_by_role("button", name="Spara och fortsätt").click()
    page.get_by_role("link", name="Skriv vilken åtgärd ni föreslår").click()
    assert page.evaluate("document.activeElement.id") == "f-measure"
    page.get_by_label("Vilken åtgärd föreslår ni?").fill("Skriv en rutin")
    page.get_by_role("button", name="Spara och fortsätt").click()
    for label in ("Inget gap", "Ej aktuellt", "Vet ej", "Litet"):
        choose(page, label)
        page.get_by_role("button", name="Spara och fortsätt").click()
    expect(page.get_by_text("5 av 5 steg besvarade")).to_be_visible()
    page.get_by_role("link", name="Granska och skicka in").click()
    page.get_by_role("button", name="Skicka in svaren").click()
    expect(page.get_by_role("heading", name="Tack! Svaren är inskickade")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_a_representative_answers_on_a_phone(
    open_page: OpenPage, address: str, log_in: LogIn, driver: Driver, *, script: bool
) -> None:
    page = log_in(open_page(width=PHONE, script=script), "vcf")
    answer_the_form(page, address)
    assert [row["level"] for row in case_rows(driver, GapAnswer)] == [2, 0, None, None, 1]
    assert console_faults(page) == []
    assert verify(driver.app) == ()


def test_what_is_typed_is_kept_by_itself_and_found_on_another_device(
    open_page: OpenPage, address: str, log_in: LogIn, driver: Driver
) -> None:
    assert driver.slug == WOUNDS
    phone = log_in(open_page(width=PHONE), "vcf")
    phone.goto(f"{address}{BASE}/vc-falun/steg/2")
    choose(phone, "Stort")
    phone.get_by_label("Hur gör ni i dag?").press_sequentially("Halva svaret")
    expect(phone.locator("#draft-status")).to_have_text(re.compile("Utkastet sparades"), timeout=10_000)
    desk = log_in(open_page(), "vcf")
    desk.goto(f"{address}{BASE}/vc-falun/steg/2")
    expect(desk.get_by_label("Hur gör ni i dag?")).to_have_value("Halva svaret")
    expect(desk.get_by_role("radio", name="Stort", exact=True)).to_be_checked()
    assert console_faults(phone) == []


def test_causes_and_measure_are_asked_only_where_there_is_a_gap(
    open_page: OpenPage, address: str, log_in: LogIn, driver: Driver
) -> None:
    assert driver.slug == WOUNDS
    page = log_in(open_page(), "vcf")
    page.goto(f"{address}{BASE}/vc-falun/steg/1")
    measure = page.get_by_label("Vilken åtgärd föreslår ni?")
    choose(page, "Stort")
    expect(measure).to_be_visible()
    choose(page, "Inget gap")
    expect(measure).to_be_hidden()


@pytest.fixture
def settled(web: Web, driver: Driver) -> Driver:
    """Answers, causes, a reminder, a bundle and a draft: every page has something to show."""
    driver.do("invite_units", units=["alvdalen"], due_on="2021-06-20")
    answer_all(driver, "medicin", {1: 3, 2: 2, 3: 1, 4: "dont_know"}, current_state="Så gör vi", confidence="low")
    driver.do("remind_unit", unit="alvdalen")
    respondent(web).step(1, level="2", do="utkast", current_state="Utkast")
    client = web.as_("sam")
    client.post("/gapanalyser/ny", data={"name": "Sår och fötter", "members": [WOUNDS, FEET]})
    client.post(BUNDLE, data={"units-primary_care_centre": "vc-falun", "due_on": "2021-07-01"})
    return driver


PAGES = (
    ("sam", BASE),
    ("sam", f"{BASE}/steg/2"),
    ("sam", f"{BASE}/bjud-in"),
    ("sam", f"{BASE}/jamfor"),
    ("sam", f"{BASE}?datum=igår"),
    ("vcf", f"{BASE}/vc-falun"),
    ("vcf", f"{BASE}/vc-falun/om"),
    ("vcf", f"{BASE}/vc-falun/steg/1"),
    ("vcf", f"{BASE}/vc-falun/granska"),
    ("med", f"{BASE}/medicin/tack"),
    ("sam", "/gapanalyser"),
    ("sam", "/gapanalyser/ny"),
    ("sam", BUNDLE),
    ("vcf", f"{BUNDLE}/vc-falun"),
)


@pytest.mark.parametrize("mode", MODES)
def test_every_page_is_open_to_everybody_and_within_policy(
    open_page: OpenPage, address: str, log_in: LogIn, settled: Driver, mode: str
) -> None:
    faults = look_at(open_page, address, log_in, PAGES, mode)
    assert faults == []


@pytest.mark.parametrize("mode", MODES)
def test_the_pages_of_a_change_are_open_to_everybody(
    open_page: OpenPage, address: str, log_in: LogIn, web: Web, driver: Driver, mode: str
) -> None:
    for unit in ("vc-falun", "medicin"):
        answer_all(driver, unit, {2: 2}, current_state=f"Så gör {unit}")
    finalise(driver)
    driver.do("reopen_gap_analysis")
    viktor = respondent(web)
    viktor.every_step(2, 4)
    driver.do("answer_gap", unit="vc-falun", by="res", answers=[{"step": "2", "level": 1, "current_state": "Annat"}])
    assert viktor.hand_in().status_code == 409
    pages = (
        ("sam", f"{BASE}/jamfor"),
        ("vcf", f"{BASE}/vc-falun"),
        ("vcf", f"{BASE}/vc-falun/steg/2"),
        ("vcf", f"{BASE}/vc-falun/granska"),
        ("med", f"{BASE}/medicin/steg/2"),
    )
    assert look_at(open_page, address, log_in, pages, mode) == []


def look_at(
    open_page: OpenPage, address: str, log_in: LogIn, pages: tuple[tuple[str, str], ...], mode: str
) -> list[str]:
    """Return what is wrong with pages: what axe finds, sideways scrolling, complaints of the browser."""
    found = []
    for person in dict.fromkeys(person for person, _ in pages):
        page = log_in(open_page(**MODES[mode]), person)
        for path in (path for one, path in pages if one == person):
            page.goto(f"{address}{path}")
            found += [f"{path}: {fault}" for fault in axe_violations(page)]
            found += [f"{path}: {overflow(page)} pixels too wide"] if overflow(page) else []
        found += console_faults(page)
    return found


def test_a_page_of_the_form_needs_no_sideways_scrolling_when_enlarged_four_times(
    open_page: OpenPage, address: str, log_in: LogIn, settled: Driver
) -> None:
    page = log_in(open_page(width=320), "vcf")
    for path in ("", "/steg/1", "/granska"):
        page.goto(f"{address}{BASE}/vc-falun{path}")
        assert overflow(page) == 0


def test_a_step_can_be_answered_by_keyboard_alone(
    open_page: OpenPage, address: str, log_in: LogIn, driver: Driver
) -> None:
    assert driver.slug == WOUNDS
    page = log_in(open_page(width=PHONE), "vcf")
    page.goto(f"{address}{BASE}/vc-falun/steg/2")
    page.locator("#f-level").focus()
    page.keyboard.press("Space")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.locator(":focus").inner_text().strip() == "Spara och fortsätt":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/steg/3")
