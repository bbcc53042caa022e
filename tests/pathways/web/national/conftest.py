"""Two pathways of one joint introduction, analysed by two units, and the final version that comes afterwards."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.services.gap.bundle import make_bundle
from tests.browser import chromium, open_page
from tests.pathways.drive import Driver
from tests.pathways.web.conftest import Made, Web, address, log_in, make_once, over_copy
from tests.pathways.web.gap.conftest import words
from tests.pathways.web.gap.scene import FEET, FINAL, WOUNDS, answer_all, asked, publish_steps

__all__ = ["address", "chromium", "log_in", "open_page", "words"]
VERSION = f"/nationellt/version/{WOUNDS}"


def furnish(app: App, clock: SetClock) -> None:
    """Let both be analysed, and join them; the texts are final afterwards."""
    for slug, name in ((WOUNDS, "Svårläkta sår"), (FEET, "Diabetes med hög risk för fotsår")):
        driver = asked(app, clock, "vc-falun", "medicin", slug=slug, name=name)
        for unit in ("vc-falun", "medicin"):
            answer_all(driver, unit, {1: 1})
        driver.complete_required_tasks()
        driver.do("communicate_gap_analysis", by="ordf")
        publish_steps(app, slug, "2021", "final", FINAL, name=name)
        driver.do("approve_nationally" if slug == WOUNDS else "revise_nationally")
    app.retry(
        lambda work: make_bundle(
            work, region_id=app.region_id(), name="Sår och fötter", members=(WOUNDS, FEET), made_by=None
        )
    )
    for slug, name in ((WOUNDS, "Svårläkta sår"), (FEET, "Diabetes med hög risk för fotsår")):
        driver = Driver(app, clock, slug)
        driver.do("reopen_gap_analysis")
        answer_all(driver, "vc-falun")
        answer_all(driver, "medicin")
        driver.complete_required_tasks()
        driver.do("communicate_gap_analysis", by="ordf")
        if slug == FEET:  # its text was in force before
            driver.do("adopt_revision", outcome="revised")
        publish_steps(app, slug, "2022", "final", (*FINAL[:3], "Ge stöd till egenvård"), name=name)


@pytest.fixture(scope="session")
def made(furnished_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The database with all of it, made once."""
    return make_once(furnish, furnished_file, tmp_path_factory.mktemp("national"))


@pytest.fixture
def web(made: Made, tmp_path: Path) -> Iterator[Web]:
    """The web over a copy of it."""
    with over_copy(made, tmp_path) as web:
        yield web


@pytest.fixture
def wounds(web: Web) -> Driver:
    """The introduction about wounds, whose gap analysis is communicated."""
    return Driver(web.app, web.clock, WOUNDS)
