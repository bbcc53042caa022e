"""The board's meeting on the plan for KOL, which KSG and LG-HS have endorsed."""

import pytest

from tests.browser import chromium, open_page
from tests.pathways.drive import drive_to
from tests.pathways.services.deciding.table import Table, board_day, endorsed, open_table
from tests.pathways.web.conftest import Web

__all__ = ["chromium", "open_page"]


@pytest.fixture
def board(web: Web) -> Table:
    """The meeting, with one item to decide and one to be told of after it; who is there is recorded."""
    driver = drive_to(web.app, web.clock, "kol", "awaiting_decision")
    endorsed(driver, "ksg", "lg_hs")
    table = open_table(driver, "hsn", board_day(driver))
    table.seat("lg", "m1", absent=("m2",))
    return table
