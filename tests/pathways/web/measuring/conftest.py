"""Indicators at the places that their pages show."""

import pytest

from tests.browser import chromium, open_page
from tests.pathways.drive import Driver
from tests.pathways.web.conftest import Web
from tests.pathways.web.measuring.scene import begun, measured


@pytest.fixture
def empty(web: Web) -> Driver:
    """Indicators without values."""
    return begun(web.app, web.clock)


@pytest.fixture
def full(web: Web) -> Driver:
    """Indicators with two years of values."""
    return measured(web.app, web.clock)


__all__ = ["chromium", "empty", "full", "open_page"]
