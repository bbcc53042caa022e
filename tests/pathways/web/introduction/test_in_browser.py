"""In a real browser: the coordinator takes a pathway from its start to the board's yes, with and without script."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.locale import texts
from pathways.services.verify import verify
from tests.browser import MODES, OpenPage, axe_violations, console_faults, overflow
from tests.pathways.drive import UNIT_REPRESENTATIVES, Driver, drive_to
from tests.pathways.web.conftest import LogIn, Web

pytestmark = pytest.mark.slow
SLUG = "sepsis"
HOME = f"/forlopp/{SLUG}"

say = texts("sv").say  # the words of pages that others keep


class Coordinator:
    """Sara at her browser: what she presses, and what she must see on the way."""

    def __init__(self, page: Page, address: str, *, looks: bool) -> None:
        self.page, self.address, self.looks = page, address, looks

    def open(self, path: str) -> None:
        """Goes to a page of ours."""
        self.page.goto(self.address + path)
        self._look()

    def press(self, name: str) -> None:
        """Presses a button, or a link that looks like one, and waits for the page it leads to."""
        both = self.page.get_by_role("button", name=name).or_(self.page.get_by_role("link", name=name))
        with self.page.expect_navigation():
            both.first.click()
        self._look()

    def choose(self, label: str, words: str) -> None:
        """Chooses an option by its words."""
        field = self.page.get_by_role("combobox", name=label).first
        option = field.locator("option").filter(has_text=words).first
        field.select_option(option.get_attribute("value"))

    def check(self, words: str) -> None:
        """Chooses one of several that are shown."""
        self.page.get_by_label(words, exact=True).check()

    def write(self, label: str, words: str) -> None:
        """Answers a question in words."""
        self.page.get_by_role("textbox", name=label).or_(self.page.get_by_label(label)).first.fill(words)

    def review(self, *told: str) -> None:
        """Goes to the consequences and reads them."""
        self.press("Granska innan något händer")
        self.confirm(*told)

    def confirm(self, *told: str) -> None:
        """Reads the consequences, and presses the last button."""
        expect(self.page.get_by_role("heading", name="Det här händer")).to_be_visible()
        for words in told:
            expect(self.page.get_by_text(words).first).to_be_visible()
        self.press("Bekräfta: ")
        expect(self.page.get_by_text("Klart: ").first).to_be_visible()

    def _look(self) -> None:
        if self.looks:
            assert axe_violations(self.page) == [], self.page.url
            assert overflow(self.page) == 0, self.page.url


def begin(sara: Coordinator) -> None:
    """From the catalogue to a working group that may begin."""
    sara.open("/katalog")
    sara.page.get_by_role("link", name="Sepsis", exact=True).click()
    sara.press("Starta införande")
    sara.confirm("Förberedelse: arbetsgruppen sätts ihop")
    sara.press("Arbetsgruppen har ingen ordförande.")
    for role, people in (
        ("Ordförande i arbetsgruppen", ["Åsa Öberg"]),
        ("Ledamot i arbetsgruppen", ["Maja Zetterlund", "Ali Haddad", "Eva Lind"]),
        ("Utvecklingsresurs", ["Rut Ängström"]),
    ):
        for person in people:
            sara.page.get_by_role("region", name=role).get_by_role("link", name="Utse").click()
            sara.choose("Person", person)
            expect(sara.page.get_by_label(role, exact=True)).to_be_checked()
            sara.review(person)
    sara.press("Bestäm hur")
    sara.check("Patienter intervjuas")
    sara.review()
    sara.press("Anteckna att den är informerad")
    sara.choose("Grupp som informerades", "LG-HS")
    sara.review()


def prepare(sara: Coordinator) -> None:
    """The last task, and the gap analysis begins."""
    sara.open(f"{HOME}/gor/complete_task")
    sara.choose("Uppgift", "Lista enheterna som berörs")
    sara.write("Vad blev resultatet?", "Två enheter")
    sara.review()
    sara.open(HOME)
    expect(sara.page.get_by_text("Allt som behövs är klart.")).to_be_visible()
    sara.press("Starta gapanalysen")
    sara.confirm("Bjud in enheterna till gapanalysen: Rut Ängström")
    expect(sara.page.get_by_text("Gapanalys: enheterna svarar").first).to_be_visible()


def undo_and_do_again(sara: Coordinator) -> None:
    """A click too early is taken back, and made once more."""
    sara.page.get_by_role("link", name="Ångra").first.click()
    expect(sara.page.get_by_role("heading", name="Ångra ”Starta gapanalysen”")).to_be_visible()
    sara.press("Ja, ångra")
    expect(sara.page.get_by_text("Det är ångrat.").first).to_be_visible()
    sara.press("Starta gapanalysen")
    sara.confirm()


def analyse(sara: Coordinator, driver: Driver) -> None:
    """The units are asked and answer; the picture is told."""
    due_on = (driver.today + timedelta(days=30)).isoformat()
    driver.do("invite_units", units=list(UNIT_REPRESENTATIVES), due_on=due_on)
    for unit, representative in UNIT_REPRESENTATIVES.items():
        steps = [step.ref for step in driver.app.profile.default_steps]
        answers = [{"step": step, "level": 2, "measure": "Utbilda"} for step in steps]
        driver.do("answer_gap", by=representative, unit=unit, answers=answers)
    driver.complete_required_tasks()
    sara.open(HOME)
    expect(sara.page.get_by_text("2 av 2 inbjudna enheter har svarat")).to_be_visible()
    sara.press("Kommunicera gapanalysen")
    sara.confirm("Gapanalys: gapanalysen är kommunicerad")


def plan(sara: Coordinator, driver: Driver) -> None:
    """An activity, a round that is waived, the plan is proposed, and its measures are ranked."""
    page = sara.page
    sara.open(f"{HOME}/gor/plan_activity")
    page.locator("#f-title").fill("Utbilda alla enheter")
    page.locator("#f-kind").select_option("training")
    page.locator("#f-responsible").select_option("res")
    page.locator("#f-due_on").fill((driver.today + timedelta(days=200)).isoformat())
    page.locator("details:has(input[name=gaps]) > summary").first.click()
    page.locator("input[name=gaps]").first.check()
    sara.press(say("web.frame.save"))
    sara.open(f"{HOME}/gor/close_comment_round")
    page.get_by_role("textbox").last.fill("Enheterna satt med i gruppen")
    sara.press(say("web.plan.close.waive"))
    driver.complete_required_tasks()
    sara.open(HOME)
    sara.press("Föreslå handlingsplanen")
    sara.confirm("Prioritering: åtgärderna prioriteras")
    sara.open(f"{HOME}/rangordning/ordna")
    page.get_by_role("textbox").last.fill("Störst gap först")
    sara.press(say("web.plan.rank.save_order"))


def decide(sara: Coordinator, driver: Driver) -> None:
    """The meeting is chosen, the basis written, and the plan handed in."""
    page = sara.page
    sara.open(f"{HOME}/beslut")
    sara.press("Välj sammanträde och skriv underlag")
    meeting = page.locator("#f-meeting")
    meeting.select_option(meeting.locator("option").nth(3).get_attribute("value"))
    for name in ("basis", "background", "consequences", "proposal"):
        page.locator(f"#f-{name}").fill("Vi vill utbilda alla enheter.")
    sara.press(say("web.plan.basis.save"))
    driver.complete_required_tasks()
    sara.open(f"{HOME}/beslut")
    expect(page.get_by_role("heading", name="Vägen till sammanträdet")).to_be_visible()
    sara.press("Lämna planen för beslut")
    sara.confirm("besked om att ett beslut behövs till")
    meeting_on = driver._own(of_table="board_case")[-1]["meeting_on"]
    driver.go_to(meeting_on + timedelta(days=1))


def record(sara: Coordinator) -> None:
    """The decision, as it was minuted."""
    sara.open(HOME)
    sara.press("Anteckna beslutet")
    sara.check("Anta")
    sara.write("Paragraf i protokollet", "§ 12")
    sara.write("Diarienummer", "HSN 2021/123")
    sara.review("Genomförande: planen genomförs", "Lärandeloop 1 öppnas")
    expect(sara.page.get_by_text("HSN 2021/123", exact=True)).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_the_coordinator_takes_a_pathway_from_its_start_to_the_boards_yes(
    open_page: OpenPage, web: Web, address: str, log_in: LogIn, app: App, clock: SetClock, *, script: bool
) -> None:
    page = log_in(open_page(script=script), "sam")
    sara, driver = Coordinator(page, address, looks=script), Driver(app, clock, SLUG)
    begin(sara)
    prepare(sara)
    undo_and_do_again(sara)
    analyse(sara, driver)
    plan(sara, driver)
    decide(sara, driver)
    log_in(page, "sam")  # the meeting is months ahead: the session has ended meanwhile
    record(sara)
    assert driver.place() == "executing"
    assert console_faults(page) == []
    assert verify(app) == ()


@pytest.mark.parametrize("mode", MODES)
def test_every_page_is_open_to_everybody_in_every_look(
    open_page: OpenPage, address: str, log_in: LogIn, app: App, clock: SetClock, mode: str
) -> None:
    driver = drive_to(app, clock, "kol", "reviewing")
    drive_to(app, clock, "epilepsi", "ranking")
    page = log_in(open_page(**MODES[mode]), "sam")
    paths = [
        *("/forlopp/kol", "/forlopp/epilepsi", "/forlopp/kol/gor", "/forlopp/kol/manniskor", "/forlopp/kol/beslut"),
        *("/forlopp/epilepsi/beslut", "/forlopp/kol/loop", "/forlopp/kol/loop/1", "/forlopp/kol/historik"),
        *("/katalog", "/katalog/kol", "/katalog/sepsis/starta", "/forlopp/kol?datum=2021-06-09"),
        *("/forlopp/kol?datum=2031-01-01", "/forlopp/kol/gor/hold_loop", "/forlopp/kol/gor/pause"),
        *("/forlopp/epilepsi/gor/submit_for_decision", "/forlopp/epilepsi/gor/report"),
    ]
    for path in paths:
        page.goto(address + path)
        for more in page.locator("details.more").all():
            more.evaluate("one => { one.open = true; }")
        assert axe_violations(page) == [], path
        assert overflow(page) == 0, path
    assert console_faults(page) == []
    assert driver.place() == "reviewing"


def test_a_form_with_faults_moves_the_reader_to_what_is_wrong(
    open_page: OpenPage, address: str, log_in: LogIn, app: App, clock: SetClock
) -> None:
    drive_to(app, clock, "kol", "executing")
    page = log_in(open_page(), "sam")
    page.goto(f"{address}/forlopp/kol/gor/pause")
    page.get_by_role("button", name="Granska innan något händer").click()
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_role("link", name="Fyll i ”Tidigaste dag att återuppta”.").click()
    expect(page.get_by_label("Tidigaste dag att återuppta")).to_be_focused()
    assert page.title().startswith("Fel")
    assert axe_violations(page) == []


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("width", [1280, 360])
def test_the_pages_behind_the_word_are_opened_by_the_keyboard(
    open_page: OpenPage, address: str, log_in: LogIn, app: App, clock: SetClock, *, width: int, script: bool
) -> None:
    drive_to(app, clock, "kol", "executing")
    page = log_in(open_page(width=width, script=script, base_url=address), "sam")
    page.goto("/forlopp/kol")
    ways = page.get_by_role("navigation", name=say("web.intro.sections"))
    expect(ways.get_by_role("link")).to_have_count(6)
    ways.get_by_role("link", name=say("web.intro.section.loops")).focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(ways.get_by_role("link")).to_have_count(14)
    assert overflow(page) <= 0
    if script:
        assert axe_violations(page) == []
    for _ in range(8):
        page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/historik")
    here = say("web.frame.more_here", here=say("web.intro.section.history"))
    expect(ways.get_by_text(here, exact=True)).to_have_attribute("aria-current", "true")
