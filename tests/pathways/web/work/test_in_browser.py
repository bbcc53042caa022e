"""In a real browser: from a real mail to done on a phone by keyboard alone; axe, policy and width on every page."""

import re
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from playwright.sync_api import Page

from notifications.channels.memory import MemoryChannel
from pathways.bootstrap.delivery import build_post
from pathways.models.organisation import Person
from pathways.models.task import Task, TaskState
from pathways.services.clockwork.delivery import deliver_due
from pathways.services.task.files import LARGEST
from pathways.settings import Settings
from pathways.web.sessions import cookie_name
from tests.browser import OpenPage, axe_violations, console_faults, overflow
from tests.conftest import MailReceiver
from tests.pathways.services.judge import rows
from tests.pathways.web.work.conftest import Desk
from tests.pathways.web.work.test_task_link import link

pytestmark = pytest.mark.slow
LINK = re.compile(r"https?://\S+/u/\S+")
PHONE = 360
SECONDS_A_KEY = 0.5  # an unpractised typist
TWO_MINUTES = 120


@pytest.fixture
def address(desk: Desk) -> Iterator[str]:
    """Where the desk answers."""
    with desk.web.served() as served:
        yield served


def log_in(page: Page, desk: Desk, person: str) -> None:
    secret = desk.web.session_of(person)
    cookie = {"name": cookie_name(desk.web.config), "value": secret, "domain": "127.0.0.1", "path": "/"}
    page.context.add_cookies([cookie])  # type: ignore[list-item]  # playwright's own form of a dict


def reach(page: Page, field: str, *, at_most: int = 40) -> int:
    """Press Tab until a field or button has the focus, as somebody without a mouse would; returns how often."""
    for pressed in range(1, at_most + 1):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if field in {focused.get_attribute("name"), focused.inner_text().strip()}:
            return pressed
    raise AssertionError(f"{field} is not reached by the keyboard")


def mailed(desk: Desk, address: str, smtp: MailReceiver, person: str) -> EmailMessage:
    """Make a task for somebody and let its mail go through a real server."""
    with desk.app.write() as work:
        work.update(Person, {"slug": person}, {"address": f"{person}@forlopp.example"})
        work.commit()
    desk.app.settings = Settings(
        home=desk.app.settings.home, base_url=address, mail_url=f"smtp://{smtp.host}:{smtp.port}?from=f@region.example"
    )
    channel = MemoryChannel()
    deliver_due(desk.app, build_post(desk.app, channel), now=desk.app.clock.now())  # what came before
    desk.task(person)
    deliver_due(desk.app, build_post(desk.app), now=desk.app.clock.now())
    return next(mail for mail in smtp.received if mail["to"] == f"{person}@forlopp.example")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_task_is_done_from_its_mail_on_a_phone_with_the_keyboard_alone(
    desk: Desk, address: str, smtp: MailReceiver, open_page: OpenPage, script: bool
) -> None:
    mail = mailed(desk, address, smtp, "m1")
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]  # a mail of ours has a text
    found = LINK.search(text)
    assert found is not None
    page = open_page(width=PHONE, script=script)
    page.goto(found.group())  # step one
    assert page.title().startswith("Ring Mora")
    outcome = "Ringde Mora. De är med från hösten."
    keys = reach(page, "outcome") + len(outcome)
    page.keyboard.type(outcome)
    keys += reach(page, "Uppgiften är klar") + 1
    page.keyboard.press("Enter")  # step two
    page.get_by_role("heading", level=1, name="Tack! Uppgiften är klar").wait_for()
    assert keys * SECONDS_A_KEY < TWO_MINUTES
    done = [row for row in rows(desk.kol, Task) if row["outcome"] == outcome]
    assert [row["state"] for row in done] == [TaskState.DONE]
    assert console_faults(page) == []
    assert overflow(page) <= 0


PLACES = {
    "start": ("res", "/"),
    "start of the coordinator": ("sam", "/"),
    "nothing to do": ("frammande", "/"),
    "task": ("res", "{task}"),
    "task of somebody else": ("ana", "{task}"),
    "done task": ("res", "{done}"),
    "several": ("res", "/uppgifter?gor=mer-tid&uppgift=kol/{ref}&uppgift=kol/{other}"),
    "inbox": ("res", "/inkorg"),
    "profile": ("res", "/min-profil"),
    "link": (None, "{link}"),
}
LOOKS = {"desk": {"width": 1280}, "phone": {"width": PHONE}, "dark": {"width": 1280, "dark": True}}


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_is_free_of_faults(desk: Desk, address: str, open_page: OpenPage, look: str) -> None:
    ref, other, done = desk.task("res"), desk.task("res", due_on="2021-06-10"), desk.task("res")
    desk.kol.do("complete_task", by="res", task=done, outcome="Klart")
    desk.kol.do("comment_task", by="res", task=ref, text="Vi har frågat fyra personer.")
    desk.kol.do("attach_file", by="res", task=ref, name="Intervjuguide för åhörare.pdf", content=b"%PDF-1.7 x")
    desk.kol.do("attach_link", by="res", task=ref, link="https://region.example/d", title="Enkäten")
    desk.days_pass(3)
    deliver_due(desk.app, build_post(desk.app, MemoryChannel(name="address")), now=desk.app.clock.now())
    at = "/forlopp/kol/uppgift/"
    values = {"task": at + ref, "done": at + done, "ref": ref, "other": other, "link": link(desk, ref, "res")}
    for name, (person, path) in PLACES.items():
        page = open_page(**LOOKS[look])  # type: ignore[arg-type]  # each key is one of its own
        if person:
            log_in(page, desk, person)
        answer = page.goto(address + path.format(**values))
        assert answer is not None
        assert answer.status == 200, name
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert (name, axe_violations(page), console_faults(page), max(0, overflow(page))) == (name, [], [], 0)


@pytest.mark.parametrize("look", LOOKS)
def test_a_faulty_form_is_free_of_faults_and_takes_the_focus(
    desk: Desk, address: str, open_page: OpenPage, look: str
) -> None:
    page = open_page(**LOOKS[look])  # type: ignore[arg-type]  # each key is one of its own
    log_in(page, desk, "m1")
    page.goto(f"{address}/forlopp/kol/uppgift/{desk.task()}")
    page.get_by_role("button", name="Uppgiften är klar").click()
    page.wait_for_selector(".error-summary")
    assert page.locator(":focus").get_attribute("class") == page.locator(".error-summary").get_attribute("class")
    assert (axe_violations(page), console_faults(page)) == ([], [])


def test_what_is_typed_is_kept_without_a_button(desk: Desk, address: str, open_page: OpenPage) -> None:
    ref = desk.task()
    page = open_page(width=PHONE)
    log_in(page, desk, "m1")
    page.goto(f"{address}/forlopp/kol/uppgift/{ref}")
    page.get_by_label("Vad ledde uppgiften till?").press_sequentially("Ringde Mo")
    page.get_by_text("Utkastet sparades").wait_for(timeout=10_000)
    page.goto(f"{address}/")
    page.goto(f"{address}/forlopp/kol/uppgift/{ref}")
    assert page.get_by_label("Vad ledde uppgiften till?").input_value() == "Ringde Mo"
    page.get_by_role("button", name="Uppgiften är klar").click()
    page.wait_for_url(f"{address}/")
    assert desk.row(ref)["outcome"] == "Ringde Mo"
    assert console_faults(page) == []


def test_without_script_a_draft_is_kept_by_a_button(desk: Desk, address: str, open_page: OpenPage) -> None:
    ref = desk.task()
    page = open_page(width=PHONE, script=False)
    log_in(page, desk, "m1")
    page.goto(f"{address}/forlopp/kol/uppgift/{ref}")
    page.get_by_label("Vad ledde uppgiften till?").fill("Ringde Mo")
    page.get_by_role("button", name="Spara utkast").click()
    page.wait_for_selector(".notice--info")
    assert page.get_by_label("Vad ledde uppgiften till?").input_value() == "Ringde Mo"


def test_a_file_that_is_too_large_is_told_before_it_is_sent(desk: Desk, address: str, open_page: OpenPage) -> None:
    page = open_page()
    log_in(page, desk, "m1")
    page.goto(f"{address}/forlopp/kol/uppgift/{desk.task()}")
    page.get_by_text("Bifoga en fil").click()
    page.set_input_files(
        "#f-file", {"name": "stor.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-".ljust(LARGEST + 1)}
    )
    page.get_by_text("Filen är för stor.").wait_for()
    assert page.locator("#f-file").input_value() == ""
    assert (axe_violations(page), console_faults(page)) == ([], [])


@pytest.mark.parametrize("megabytes", [11, 25])
def test_without_script_the_browser_shows_our_answer_to_a_file_that_is_too_large(
    desk: Desk, address: str, open_page: OpenPage, megabytes: int
) -> None:
    page = open_page(script=False)
    log_in(page, desk, "m1")
    page.goto(f"{address}/forlopp/kol/uppgift/{desk.task()}")
    page.get_by_text("Bifoga en fil").click()
    content = b"%PDF-".ljust(megabytes * 1_000_000)
    page.set_input_files("#f-file", {"name": "stor.pdf", "mimeType": "application/pdf", "buffer": content})
    page.get_by_role("button", name="Bifoga filen").click()
    page.wait_for_selector(".error-summary")
    assert "Filen är för stor." in page.locator(".error-summary").inner_text()


def test_a_file_is_attached_and_saved_again(desk: Desk, address: str, open_page: OpenPage) -> None:
    page = open_page(width=PHONE)
    log_in(page, desk, "m1")
    page.goto(f"{address}/forlopp/kol/uppgift/{desk.task()}")
    page.get_by_text("Bifoga en fil").click()
    page.set_input_files("#f-file", {"name": "Räksmörgås.pdf", "mimeType": "text/html", "buffer": b"%PDF-1.7 hej"})
    page.get_by_role("button", name="Bifoga filen").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Räksmörgås.pdf").click()
    assert download.value.suggested_filename == "Räksmörgås.pdf"
    assert download.value.path().read_bytes() == b"%PDF-1.7 hej"


def test_several_tasks_are_done_without_script(desk: Desk, address: str, open_page: OpenPage) -> None:
    first, second = desk.task(), desk.task(title="Skriv till Orsa")
    page = open_page(width=PHONE, script=False)
    log_in(page, desk, "m1")
    page.goto(f"{address}/")
    page.get_by_label("Välj Ring Mora, KOL").check()
    page.get_by_label("Välj Skriv till Orsa, KOL").check()
    page.get_by_role("button", name="Slutför de valda").click()
    assert page.get_by_role("heading", level=1).inner_text() == "2 uppgifter i 1 förlopp ändras"
    page.get_by_label("Vad ledde uppgiften till?").fill("Gjort")
    page.get_by_role("button", name="Slutför 2 uppgifter").click()
    page.wait_for_url(f"{address}/")
    assert {desk.row(ref)["state"] for ref in (first, second)} == {TaskState.DONE}
