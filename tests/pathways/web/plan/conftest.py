"""Plans at the places that their pages show."""

import pytest

from tests.browser import chromium, open_page
from tests.pathways.drive import Driver
from tests.pathways.web.conftest import Web
from tests.pathways.web.plan.scene import at_plan, at_ranking


@pytest.fixture
def plan(web: Web) -> Driver:
    """KOL, whose plan of three activities is being written."""
    return at_plan(web.app, web.clock)


@pytest.fixture
def ranking(web: Web) -> Driver:
    """KOL, whose plan of three activities waits to be ranked."""
    return at_ranking(web.app, web.clock)


__all__ = ["chromium", "open_page", "plan", "ranking"]
