"""An application that shows the look alone: the style guide and the pages of refusals, in both languages."""

from collections.abc import Iterator

import pytest
from starlette.types import ASGIApp

from tests.browser import chromium, open_page, served
from tests.pathways.web.look.stage import build_stage

__all__ = ["chromium", "open_page"]


@pytest.fixture(scope="module")
def stage() -> ASGIApp:
    return build_stage()


@pytest.fixture(scope="module")
def address(stage: ASGIApp) -> Iterator[str]:
    """Where the stage answers."""
    with served(stage) as found:
        yield found
