"""A front door with a mail server."""

import pytest

from pathways.bootstrap import App
from pathways.clock import SetClock
from tests.pathways.web.conftest import over
from tests.pathways.web.login.doors import MAIL, Front, settings


@pytest.fixture
def front(app: App, clock: SetClock) -> Front:
    """The web of an installation that can mail."""
    app.settings = settings(mail_url=MAIL)
    return Front(over(app, clock))
