"""An introduction whose first loop is open, foretold and with an indicator, for the pages of its review."""

from datetime import timedelta

import pytest

from tests.browser import chromium, open_page
from tests.pathways.drive import Driver, drive_to
from tests.pathways.services.reviewing import begin
from tests.pathways.web.conftest import Web

MEASURE = {"name": "Andel med samordnad plan", "kind": "process", "direction": "higher", "every": "week"}
SLUG = "andel-med-samordnad-plan"
BASE = "/forlopp/kol/loop/1"


def measure(driver: Driver, weeks: int = 14) -> None:
    """Gives the introduction an indicator with values of the weeks before today."""
    driver.do("define_indicator", **MEASURE, unit="antal")
    monday = driver.today - timedelta(days=driver.today.weekday())
    values = [{"period": (monday - timedelta(weeks=n)).isoformat(), "value": 40 + n % 5} for n in range(1, weeks)]
    driver.do("record_values", indicator=SLUG, values=values)


@pytest.fixture
def foretold(web: Web) -> Driver:
    """KOL while its plan is carried out: one activity under way, foretold, and an indicator with values."""
    driver = drive_to(web.app, web.clock, "kol", "executing")
    begin(driver)
    measure(driver)
    return driver


@pytest.fixture
def reviewing(foretold: Driver) -> Driver:
    """The same, with its first loop open."""
    foretold.open_due_loop()
    return foretold


__all__ = ["BASE", "chromium", "foretold", "open_page", "reviewing"]
