"""Introductions at the places where one asks whether a change is ready, holds, and is worth a celebration."""

import pytest

from tests.browser import chromium, open_page
from tests.pathways.drive import Driver, drive_to
from tests.pathways.web.conftest import Web


@pytest.fixture
def kol(web: Web) -> Driver:
    """KOL, whose plan is being carried out."""
    return drive_to(web.app, web.clock, "kol", "executing")


__all__ = ["chromium", "kol", "open_page"]
