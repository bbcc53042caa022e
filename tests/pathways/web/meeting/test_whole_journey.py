"""From a plan to a task with a meeting in between, in a real browser, and nothing that was read changes afterwards.

The coordinator proposes, two bodies endorse, the clock freezes the pack, members read it from their mail on a tablet,
the board decides with a condition, the minutes are approved and the extract taken; then much else happens.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from pathways.bootstrap.delivery import build_post
from pathways.locale import texts
from pathways.models.organisation import Person
from pathways.models.plan import Activity
from pathways.models.task import Task
from pathways.profiles.vocabulary import Role
from pathways.queries.pack.build import build_text
from pathways.services.clockwork.delivery import deliver_due
from pathways.services.pack.due import pack_due_at
from pathways.services.pack.freeze_due import freeze_due_packs
from pathways.services.verify import verify
from pathways.settings import Settings
from pathways.storage.unit_of_work import table_of
from tests.browser import OpenPage, axe_violations, console_faults, overflow
from tests.conftest import MailReceiver
from tests.pathways.documents.structure import catalogue_of, read_structure, words_of
from tests.pathways.drive import Driver, drive_to
from tests.pathways.services.judge import row, rows
from tests.pathways.services.meeting.stage import items_at, join, meetings_of
from tests.pathways.web.conftest import LogIn, Web

pytestmark = pytest.mark.slow

TABLET = 820
PATIENCE = 6_000
KINDS = ("json", "pdf", "docx", "xlsx")
CONDITION, DUE_ON = "Redovisa väntetiderna för nämnden", "2021-12-15"
say = texts("sv").say  # the words of pages that others keep


@dataclass(frozen=True)
class House:
    """The region's people, each at a tablet of their own, and the mail server that takes their mails in."""

    web: Web
    driver: Driver
    mails: MailReceiver
    tab: Callable[[], Page]
    log_in: LogIn
    looks: bool
    tabs: dict[str, Page]

    def at(self, person: str, path: str) -> Page:
        """Opens a page as a person does who has just logged in."""
        if person not in self.tabs:
            self.tabs[person] = self.tab()
        page = self.log_in(self.tabs[person], person)
        page.set_default_timeout(PATIENCE)
        page.goto(path)
        self.look(page)
        return page

    def press(self, page: Page, name: str) -> None:
        """Presses a button, and reads the page that it leads to."""
        with page.expect_navigation():
            page.get_by_role("button", name=name, exact=True).click()
        self.look(page)

    def look(self, page: Page) -> None:
        """Sees that everybody can read the page."""
        assert not self.looks or axe_violations(page) == [], page.url
        assert overflow(page) == 0, page.url

    def deliver(self) -> None:
        """Sends what is due."""
        now = self.web.clock.now()
        deliver_due(self.web.app, build_post(self.web.app), now=now)

    def mail_to(self, person: str, *words: str) -> EmailMessage:
        """The one mail of a person with these words in its subject or text."""
        mine = [one for one in self.mails.received if one["to"] == f"{person}@forlopp.example"]
        found = [one for one in mine if all(word in f"{one['subject']} {plain(one)}" for word in words)]
        assert len(found) == 1, [one["subject"] for one in mine]
        return found[0]

    def next_meeting(self, body: str, *, after: date) -> date:
        """The body's first meeting after a day."""
        found: date = min(one["held_on"] for one in meetings_of(self.web.app, body) if one["held_on"] > after)
        return found


def plain(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


@pytest.fixture(params=[True, False], ids=["with script", "without"])
def house(
    request: pytest.FixtureRequest,
    web: Web,
    address: str,
    smtp: MailReceiver,
    open_page: OpenPage,
    log_in: LogIn,
    tmp_path: Path,
) -> House:
    """The house on the day when the working group has ranked its measures."""
    driver = drive_to(web.app, web.clock, "kol", "ranking")
    activities = [one["ref"] for one in rows(driver, Activity)]
    driver.do("rank", by="lg", order=activities, motive="Störst gap först")
    join(web.app, "chef", "lg_hs")
    for elected in ("frammande", "lg"):
        join(web.app, elected, "hsn", Role.ELECTED_READER)
    with web.app.write() as work:
        person = table_of(Person)
        work.connection.execute(update(person).values(address=person.c.slug + "@forlopp.example"))
        work.commit()
    route = f"smtp://{smtp.host}:{smtp.port}?from=forlopp@region.example"
    web.app.settings = Settings(home=tmp_path, base_url=address, mail_url=route)
    script = bool(request.param)
    return House(
        web,
        driver,
        smtp,
        lambda: open_page(width=TABLET, script=script, base_url=address),
        log_in,
        looks=script,
        tabs={},
    )


def propose(house: House, body: str, day: date) -> None:
    """The coordinator puts the plan on the agenda of a body that is to have its say."""
    page = house.at("sam", "/forlopp/kol/arende")
    page.locator("#f-meeting").select_option(f"{body}/{day.isoformat()}")
    page.get_by_label("Rubrik", exact=True).fill("Handlingsplan för KOL")
    page.get_by_label("Beslut", exact=True).check()
    page.locator("#f-matter").select_option("plan")
    page.get_by_label("Förslag till beslut eller frågor").fill("Planen tillstyrks.")
    house.press(page, "Spara")
    expect(page.get_by_role("link", name="Handlingsplan för KOL", exact=True)).to_be_visible()


def hand_in(house: House, day: date) -> None:
    """The coordinator writes the basis and hands the plan in to the board."""
    page = house.at("sam", "/forlopp/kol/beslut")
    page.get_by_role("link", name="Välj sammanträde och skriv underlag").first.click()
    meeting = page.locator("#f-meeting")
    wanted = meeting.locator(f"option[value*='{day.isoformat()}']").first
    meeting.select_option(wanted.get_attribute("value"))
    for name in ("basis", "background", "consequences", "proposal"):
        page.locator(f"#f-{name}").fill("Vi vill utbilda alla enheter.")
    house.press(page, say("web.plan.basis.save"))
    house.driver.complete_required_tasks()
    page = house.at("sam", "/forlopp/kol/beslut")
    with page.expect_navigation():
        page.get_by_role("link", name="Lämna planen för beslut").first.click()
    with page.expect_navigation():
        page.get_by_role("button", name="Bekräfta: ").click()
    assert [one["matter"] for one in items_at(house.web.app, day, "hsn")] == ["plan"]


def record_attendance(house: House, body: str, day: date, *people: str) -> None:
    """The registrar ticks who is there."""
    page = house.at("reg", f"/moten/{body}/{day.isoformat()}")
    for name in people:
        page.get_by_label(name, exact=True).check()
    house.press(page, "Spara närvaron")


def decide(house: House, body: str, day: date, outcome: str, *, condition: str = "") -> Page:
    """The registrar records what the body says of the plan, on the item's own page, and gives that page."""
    page = house.at("reg", f"/moten/{body}/{day.isoformat()}")
    with page.expect_navigation():
        page.get_by_role("row").filter(has_text="andlingsplan").get_by_role("link").first.click()
    page.get_by_role("radio", name=outcome, exact=True).check()
    page.get_by_label("Motivering").fill("Gapen är störst här")
    if condition:
        page.locator("summary", has_text="Lägg till villkor").click()
        page.get_by_label("Villkor 1").fill(condition)
        page.get_by_label("Klart senast").fill(DUE_ON)
        page.get_by_label("Vem ser till att det blir gjort?").select_option("development_resource")
    page.get_by_label("Diarienummer").fill(f"{body.upper()} 2021/7")
    house.press(page, "Granska beslutet")
    house.press(page, "Bekräfta beslutet")
    expect(page.get_by_role("heading", name="Avgjort, § 1")).to_be_visible()
    return page


def endorse(house: House) -> None:
    """KSG and LG-HS have their say, in that order."""
    today = house.driver.today
    ksg = house.next_meeting("ksg", after=today + timedelta(days=14))
    lg_hs = house.next_meeting("lg_hs", after=ksg)
    for body, day in (("ksg", ksg), ("lg_hs", lg_hs)):
        propose(house, body, day)
    house.driver.go_to(ksg)
    decide(house, "ksg", ksg, "Tillstyrk")
    house.driver.go_to(lg_hs)
    record_attendance(house, "lg_hs", lg_hs, "Lars Grahn", "Örjan Ek")
    decide(house, "lg_hs", lg_hs, "Tillstyrk")


def freeze(house: House, day: date) -> None:
    """The clock comes to the pack's time, and does what the flow does."""
    app = house.web.app
    house.web.clock.set(pack_due_at(day, app.profile))
    assert freeze_due_packs(app, now=app.clock.now(), build=build_text) == 2  # LG-HS meets the day before
    assert freeze_due_packs(app, now=app.clock.now(), build=build_text) == 0
    house.deliver()


def read_from_mail(house: House, person: str) -> tuple[str, Page]:
    """A member opens the pack from the mail that told of it."""
    mail = house.mail_to(person, "underlag till sammanträdet")
    found = re.search(r"https?://\S+/underlag\?nummer=1", plain(mail))
    assert found is not None, plain(mail)
    page = house.at(person, found.group())
    expect(page.get_by_role("heading", name="Läget i alla öppna förlopp")).to_be_visible()
    expect(page.get_by_text("Inget har ändrats sedan underlaget frystes").first).to_be_visible()
    return found.group(), page


def take(house: House, person: str, day: date) -> dict[str, bytes]:
    """A person's copies of the pack's files."""
    client = house.web.as_(person)
    answers = {kind: client.get(f"/moten/hsn/{day.isoformat()}/underlag.{kind}?nummer=1") for kind in KINDS}
    assert {one.status_code for one in answers.values()} == {200}
    return {kind: answer.content for kind, answer in answers.items()}


def approve(house: House, day: date) -> None:
    """The registrar fills the minutes in; they are approved, and the notice goes up."""
    page = house.at("reg", f"/moten/hsn/{day.isoformat()}/protokoll")
    page.get_by_label("Vem ledde mötet?").select_option("frammande")
    page.get_by_role("checkbox", name="Lars Grahn").check()
    for label, clock in (("Mötet öppnades", "9:00"), ("Mötet avslutades", "11:30")):
        page.get_by_label(label).fill(clock)
    house.press(page, "Spara")
    page.get_by_role("checkbox", name="Ja, protokollet är läst och stämmer").check()
    house.press(page, "Justera")
    expect(page.get_by_text("Protokollet är justerat och ändras inte mer.").first).to_be_visible()
    house.press(page, "Spara anslaget")


def fetch(page: Page, link: str) -> bytes:
    with page.expect_download() as coming:
        page.get_by_role("link", name=link, exact=True).click()
    return Path(coming.value.path()).read_bytes()


def check_extract(pdf: bytes, word: bytes) -> None:
    """Both files tell the paragraph, the decision and its condition, and the PDF is tagged."""
    read = docx.Document(BytesIO(word))
    cells = [cell.text for table in read.tables for line in table.rows for cell in line.cells]
    in_word = " ".join([*(one.text for one in read.paragraphs), *cells])
    for told in (words_of(pdf), in_word):
        for words in ("§ 1", "bifaller", "HSN 2021/7", CONDITION):
            assert words in told, told
    assert b"/MarkInfo" in catalogue_of(pdf)
    assert b"/Lang (sv)" in catalogue_of(pdf)
    root = read_structure(pdf)
    assert len(root.of_kind("H1")) == 1
    assert root.of_kind("H2")


def see_to_condition(house: House) -> None:
    """The condition is a task of the development resource, who had a mail of it."""
    task = row(house.driver, Task, own_title=CONDITION)
    assert (task["state"], task["due_on"].isoformat()) == ("open", DUE_ON)
    house.deliver()
    house.mail_to("res", CONDITION)
    expect(house.at("res", "/").get_by_text(CONDITION).first).to_be_visible()


def let_much_happen(house: House) -> None:
    """An activity is done, another pathway begins, and then the introduction rests."""
    driver = house.driver
    driver.go_to(driver.today + timedelta(days=30))
    driver.do("update_activity", by="res", activity=rows(driver, Activity)[0]["ref"], state="done")
    drive_to(house.web.app, house.web.clock, "sepsis", "mapping")
    driver.do("pause", reason="Pandemi", until_on=(driver.today + timedelta(days=90)).isoformat())


@pytest.mark.usefixtures("pango")
def test_a_plan_goes_to_the_board_and_what_the_board_had_read_stays_to_the_byte(house: House) -> None:
    endorse(house)
    day = house.next_meeting("hsn", after=house.driver.today + timedelta(days=28))
    hand_in(house, day)
    freeze(house, day)
    link, _page = read_from_mail(house, "frammande")
    before = take(house, "lg", day)
    house.driver.go_to(day)
    record_attendance(house, "hsn", day, "Frej Mandel", "Lars Grahn")
    item = decide(house, "hsn", day, "Bifall med villkor", condition=CONDITION)
    there = item.url
    approve(house, day)
    item = house.at("reg", there)
    check_extract(fetch(item, "PDF"), fetch(item, "Word"))
    see_to_condition(house)
    let_much_happen(house)
    page = house.at("frammande", link)
    for told in ("HSN har beslutat: anta", "pausat", "Införandet har börjat"):
        expect(page.locator(".since").filter(has_text=told).first).to_be_visible()
    assert take(house, "lg", day) == before
    assert take(house, "sam", day) == before
    assert [fault for tab in house.tabs.values() for fault in console_faults(tab)] == []
    assert verify(house.web.app) == ()
