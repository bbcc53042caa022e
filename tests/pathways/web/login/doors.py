"""What the tests of the ways in share: browsers, mails that were sent, and what a page says."""

import re
from dataclasses import dataclass

from sqlalchemy import select
from starlette.testclient import TestClient

from notifications.channels.memory import MemoryChannel
from pathways.bootstrap import App
from pathways.bootstrap.delivery import build_post
from pathways.models.access import WebSession
from pathways.services.clockwork.delivery import deliver_due
from pathways.settings import Settings
from pathways.storage.unit_of_work import Row, table_of
from tests.pathways.web.conftest import BASE, Web

MAIL = "smtp://127.0.0.1:2525?from=forlopp@forlopp.example"
SAM = "sam@forlopp.example"
LINK = re.compile(r"/logga-in/[a-z2-7]{52}")
_session = table_of(WebSession)


@dataclass(frozen=True, slots=True)
class Front:
    """A web with the mail server that lets people ask for links."""

    web: Web

    @property
    def app(self) -> App:
        """The application behind it."""
        return self.web.app

    def ask(self, address: str = SAM, **more: str) -> tuple[int, str, str]:
        """Asks for a link and returns what a stranger sees: status, where to, and the page."""
        answer = self.web.anonymous().post("/logga-in", data={"address": address, **more})
        return answer.status_code, answer.headers.get("location", ""), answer.text

    def mails(self) -> list[str]:
        """Sends what is due and returns the ways in that the mails hold."""
        channel = MemoryChannel()
        deliver_due(self.app, build_post(self.app, channel), now=self.app.clock.now())
        return [link for mail in channel.kept for link in LINK.findall(mail.rendered.text)]

    def link(self, address: str = SAM, **more: str) -> str:
        """Asks for a link and returns it as the mail has it."""
        self.ask(address, **more)
        return self.mails()[-1]

    def sessions(self) -> list[Row]:
        """Every session there is."""
        with self.app.read() as work:
            return work.rows(select(_session))


def settings(**values: str) -> Settings:
    """The settings of a test installation, with these besides."""
    return Settings(**values)  # type: ignore[arg-type]  # pydantic reads the texts


def local(web: Web, client: str = "127.0.0.1", base: str = BASE) -> TestClient:
    """A browser on a machine of this address."""
    return TestClient(
        web.fast,
        base_url=base,
        headers={"origin": base},
        follow_redirects=False,
        raise_server_exceptions=False,
        client=(client, 50000),
    )


def cookie_of(answer_headers: str) -> dict[str, str]:
    """The attributes of a cookie that is being set, by name in lower case."""
    parts = [part.strip() for part in answer_headers.split(";")]
    name, _, value = parts[0].partition("=")
    told = {part.partition("=")[0].lower(): part.partition("=")[2] for part in parts[1:]}
    return {"name": name, "value": value, **told}
