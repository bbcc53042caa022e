"""Wires delivery: templates, channels and the address book. Kept apart, since only delivery needs these libraries."""

from contextlib import AbstractContextManager
from typing import Literal
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import Connection

from notifications.channels.address import build_mail_address
from notifications.channels.apprise_channel import AppriseChannel
from notifications.channels.base import Channel
from notifications.channels.inbox import InboxChannel
from notifications.delivery import Post
from notifications.render import Renderer
from pathways.bootstrap.app import App
from pathways.services.access.outward import SignedLinks
from pathways.services.address_book import MailRoute, People
from pathways.services.clockwork.delivery import transactions

Mode = Literal["insecure", "starttls", "ssl"]
MODES: dict[str, Mode] = {"smtp": "insecure", "smtp+starttls": "starttls", "smtps": "ssl"}
SENDER = "Förlopp <forlopp@localhost>"


def build_post(app: App, *channels: Channel) -> Post:
    """Return the post of an application: its inbox, and Apprise unless other channels are given."""

    def inbox_transaction() -> AbstractContextManager[Connection]:
        return transactions(app.database, app.clock.now())()

    return Post(
        renderer=Renderer(base_url=app.settings.base_url, zone=app.profile.region.zone),
        inbox=InboxChannel(transaction=inbox_transaction),
        channels=channels or (AppriseChannel(),),
        outward_values=SignedLinks(lambda: app.secret),
        address_book=People(app.database, app.clock, mail_route(app.settings.mail_url)),
    )


def mail_route(mail_url: str) -> MailRoute:
    """Return the way from a plain address to a full one: `smtp://HOST:PORT?from=SENDER`, or none if not set."""

    def route(address: str) -> str | None:
        if not mail_url:
            return None
        server = urlsplit(mail_url)
        sender = parse_qs(server.query).get("from", [SENDER])[0]
        return build_mail_address(
            address,
            sender=sender,
            host=server.hostname or "127.0.0.1",
            port=server.port or 25,
            mode=MODES[server.scheme],
        )

    return route
