"""Wires the webhooks: the feed they read, the client that posts, the secret that signs."""

from collections.abc import Mapping
from datetime import datetime

import httpx

from pathways.bootstrap.app import App
from pathways.bootstrap.secret import read_secret
from pathways.queries.feed import event_form, feed, read_cursor
from pathways.services.webhooks import PushReport, push_due
from pathways.storage.unit_of_work import Row, UnitOfWork

PATIENCE_SECONDS = 10.0


def push_webhooks(app: App, *, now: datetime) -> PushReport:
    """Tell every address whose time has come of what is new."""
    return push_due(app, read=read_for, post=post_over_http, secret=read_secret(app.settings), now=now)


def read_for(work: UnitOfWork, hook: Row, *, most: int) -> tuple[list[dict[str, object]], str]:
    """Return the events that an address wants, in the form of the API's feed."""
    rows, cursor = feed(
        work,
        region_id=hook["region_id"],
        after=read_cursor(hook["cursor"]),
        most=most,
        commands=frozenset(hook["commands"]),
    )
    return [event_form(row) for row in rows], str(cursor)


def post_over_http(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Post without redirects and without the machine's proxies; raise `ConnectionError` where nobody answers."""
    try:
        with httpx.Client(timeout=PATIENCE_SECONDS, follow_redirects=False, trust_env=False) as client:
            return client.post(url, content=body, headers=dict(headers)).status_code
    except httpx.HTTPError as error:
        raise ConnectionError(type(error).__name__) from error
