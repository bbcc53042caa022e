"""A gap analysis under way, two units asked, and a browser of the representative who is to answer."""

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import count
from pathlib import Path

import pytest
from httpx2 import Response
from sqlalchemy import event
from starlette.testclient import TestClient

from pathways.bootstrap import App, build_app
from pathways.clock import SetClock
from pathways.settings import Settings
from tests.browser import chromium, open_page
from tests.pathways.conftest import START, _wait_for_no_disk
from tests.pathways.drive import Driver
from tests.pathways.web.conftest import Web
from tests.pathways.web.gap.scene import FEET, WOUNDS, asked

__all__ = ["chromium", "open_page"]

BASE = f"/forlopp/{WOUNDS}/gapanalys"
_numbers = count(1)


@pytest.fixture(scope="session")
def asked_file(furnished_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which two gap analyses are under way, made once; in the one about wounds two units are asked."""
    file = Path(shutil.copy(furnished_file, tmp_path_factory.mktemp("asked") / "forlopp.db"))
    clock = SetClock(START)
    made = build_app(Settings(), clock=clock, database_url=f"sqlite:///{file}")
    asked(made, clock, "vc-falun", "medicin")
    asked(made, clock, slug=FEET, name="Diabetes med hög risk för fotsår")
    made.database.dispose()
    return file


@pytest.fixture
def app(asked_file: Path, tmp_path: Path, clock: SetClock) -> Iterator[App]:
    """The application over a copy of it."""
    copy = shutil.copy(asked_file, tmp_path / "forlopp.db")
    made = build_app(Settings(), clock=clock, database_url=f"sqlite:///{copy}")
    event.listen(made.database.engine, "connect", _wait_for_no_disk)
    yield made
    made.database.dispose()


@pytest.fixture
def driver(web: Web) -> Driver:
    """The gap analysis of the consultation version, with the health centre and the clinic asked."""
    return Driver(web.app, web.clock, WOUNDS)


@pytest.fixture
def feet(web: Web) -> Driver:
    """Another gap analysis that is under way; nobody is asked."""
    return Driver(web.app, web.clock, FEET)


@dataclass
class Respondent:
    """Somebody who fills in a unit's form in a browser without script."""

    client: TestClient
    base: str

    def read(self, page: str = "", *, status: int = 200) -> str:
        """Return a page of the form as text."""
        answer = self.client.get(f"{self.base}{page}")
        assert answer.status_code == status, answer.text[:400]
        return words(answer.text)

    def step(self, number: object, *, do: object = "nasta", **typed: object) -> Response:
        """Fill in one step as its page shows it, and press a button."""
        page = self.client.get(f"{self.base}/steg/{number}")
        assert page.status_code == 200, page.text[:400]
        data: dict[str, object] = {"seen": hidden(page.text, "seen"), **typed, "gor": do}
        return self.client.post(f"{self.base}/steg/{number}", data=as_form(data))

    def every_step(self, *numbers: object, **typed: object) -> None:
        """Answer steps in the same way."""
        for number in numbers or range(1, 6):
            assert self.step(number, **{"level": "0", **typed}).status_code == 303

    def hand_in(self, *, key: str = "") -> Response:
        """Press the button that hands in."""
        return self.client.post(f"{self.base}/granska", data={"command_id": key or f"press-{next(_numbers)}"})


def respondent(web: Web, who: str = "vcf", unit: str = "vc-falun", base: str = BASE) -> Respondent:
    """Return somebody with a unit's form before them."""
    return Respondent(web.as_(who), f"{base}/{unit}")


@pytest.fixture
def viktor(web: Web, driver: Driver) -> Respondent:
    """The representative of the health centre in Falun."""
    assert driver.slug == WOUNDS
    return respondent(web)


def as_form(data: Mapping[str, object]) -> dict[str, str | list[str]]:
    """Return values as a form sends them."""
    return {
        name: [str(one) for one in value] if isinstance(value, Sequence) and not isinstance(value, str) else str(value)
        for name, value in data.items()
    }


def words(html: str) -> str:
    """Return what a reader sees: no tags, one space between words."""
    body = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", html.partition("<main")[2], flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body.partition("</main>")[0])).split())


def hidden(html: str, name: str) -> str:
    """Return the value of an unseen field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found, f"no field {name}"
    return unescape(found[1])


def error_links(html: str) -> list[str]:
    """Return where the error summary leads."""
    summary = html.partition("error-summary-title")[2].partition("</ul>")[0]
    return [unescape(one) for one in re.findall(r'href="([^"]+)"', summary)]


def typed_in(html: str, name: str) -> str:
    """Return what stands in a text area."""
    found = re.search(rf'<textarea[^>]* name="{name}".*?>\n?(.*?)</textarea>', html, flags=re.DOTALL)
    assert found, f"no text area {name}"
    return unescape(found[1])


def is_chosen(html: str, name: str, value: str) -> bool:
    """Say whether a radio button or a box is ticked."""
    return re.search(rf'name="{name}" value="{value}" checked', html) is not None
