"""An application that shows charts alone, and a browser to look at it."""

from collections.abc import Iterator

import pytest

from tests.browser import chromium, open_page, served
from tests.pathways.web.charts.stage import build_stage

__all__ = ["chromium", "open_page"]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the stage answers."""
    with served(build_stage()) as found:
        yield found
