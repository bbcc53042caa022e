"""From the mail to done without a mouse, on a phone's width: in less than two minutes, and never out of sight."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from notifications.channels.memory import MemoryChannel
from pathways.bootstrap.delivery import build_post
from pathways.models.organisation import Person
from pathways.models.task import Task, TaskState
from pathways.services.clockwork.delivery import deliver_due
from pathways.settings import Settings
from pathways.storage.unit_of_work import Row
from tests.browser import OpenPage, console_faults
from tests.conftest import MailReceiver
from tests.pathways.drive import Driver
from tests.pathways.services.judge import row
from tests.pathways.web.conftest import Web
from tests.pathways.web.everywhere.scene import LOOPING
from tests.pathways.web.everywhere.typist import Typist

pytestmark = pytest.mark.slow

PHONE = 360
TWO_MINUTES = 120.0
WHO = "mottagare"
LINK = re.compile(r"https?://\S+/u/\S+")
OUTCOME = "Ringde Mora och Orsa. De är med från hösten och skickar sina siffror i oktober."


@pytest.fixture
def address(web: Web) -> Iterator[str]:
    """Where the region is served."""
    with web.served() as served:
        yield served


@dataclass(frozen=True)
class Mailed:
    """A task that somebody was told of by mail: the link in it, and the task as it stands."""

    driver: Driver
    ref: str
    link: str

    @property
    def task(self) -> Row:
        """The task's row."""
        return row(self.driver, Task, ref=self.ref)


@pytest.fixture
def mailed(web: Web, address: str, smtp: MailReceiver, tmp_path: Path) -> Mailed:
    """A new task, and its mail as a real mail server took it in."""
    app = web.app
    mail = f"{WHO}@forlopp.example"
    with app.write() as work:
        work.update(Person, {"slug": WHO}, {"address": mail})
        work.commit()
    deliver_due(app, build_post(app, MemoryChannel()), now=app.clock.now())  # what came before
    route = f"smtp://{smtp.host}:{smtp.port}?from=forlopp@region.example"
    app.settings = Settings(home=tmp_path, base_url=address, mail_url=route)
    driver = Driver(app, web.clock, LOOPING)
    made = driver.do("create_task", title="Stäm av med Mora", due_on="2022-01-31", person=WHO).made
    deliver_due(app, build_post(app), now=app.clock.now())
    text = next(one for one in smtp.received if one["to"] == mail).get_body(("plain",))
    assert text is not None
    found = LINK.search(text.get_content())
    assert found is not None
    return Mailed(driver, next(ref for kind, ref in made if kind == "task"), found.group())


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_task_is_done_from_its_mail(mailed: Mailed, open_page: OpenPage, script: bool) -> None:
    tab = open_page(width=PHONE, script=script)
    typist = Typist(tab)
    typist.open(mailed.link)
    typist.go_to("outcome")
    typist.write(OUTCOME)
    typist.go_to("Uppgiften är klar")
    typist.send()
    assert tab.get_by_role("heading", level=1).inner_text() == "Tack! Uppgiften är klar"
    assert (mailed.task["state"], mailed.task["outcome"]) == (TaskState.DONE, OUTCOME)
    assert typist.seconds < TWO_MINUTES
    assert console_faults(tab) == []


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_task_is_handed_back_from_its_mail(mailed: Mailed, open_page: OpenPage, script: bool) -> None:
    before = mailed.task["assignee_id"]
    tab = open_page(width=PHONE, script=script)
    typist = Typist(tab)
    typist.open(mailed.link)
    typist.go_to("Inte min uppgift")
    typist.press("Enter")
    typist.go_to("decline_reason")
    typist.write("Jag har bytt jobb")
    typist.go_to("Lämna tillbaka")
    typist.send()
    assert mailed.task["assignee_id"] != before
    assert typist.seconds < TWO_MINUTES
