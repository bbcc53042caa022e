"""Tells programs elsewhere of events: each address gets them signed, in order, at least once.

Nothing is written when an event happens: an address reads the feed after its own cursor. So a slow or dead address
costs no command anything, and one that comes back gets all that it missed.
"""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Protocol
from urllib.parse import urlsplit

from sqlalchemy import bindparam, select

from notifications.retry import Retry, next_attempt
from pathways.errors import Refused
from pathways.models.webhook import Webhook
from pathways.services.clockwork.heartbeat import Clocked
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

LEASE = timedelta(minutes=2)
BATCH = 100
SIGNATURE, DELIVERY = "Forlopp-Signature", "Forlopp-Delivery"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
GONE = 410

_hook = table_of(Webhook)
_DUE = select(_hook).where(_hook.c.active, _hook.c.next_try_at <= bindparam("now", type_=_hook.c.next_try_at.type))


class AddressRefused(Refused):
    """Events are posted over TLS alone, but for an address on this very machine."""


class Poster(Protocol):
    """Posts one body and returns the status of the answer; raises `OSError` where there is none."""

    def __call__(self, url: str, body: bytes, headers: Mapping[str, str], /) -> int:
        """Post without following redirects."""
        ...


class Reader(Protocol):
    """Reads the feed for one webhook: the events that it wants after its cursor, and the cursor after them."""

    def __call__(self, work: UnitOfWork, hook: Row, *, most: int) -> tuple[list[dict[str, object]], str]:
        """Return events in their outer form."""
        ...


@dataclass(slots=True)
class PushReport:
    """What came of one round."""

    sent: int = 0
    failed: int = 0


def register(work: UnitOfWork, *, region_id: int, name: str, url: str, commands: tuple[str, ...], cursor: str) -> int:
    """Add an address that is told of events from `cursor` on, and return its id; no command named means all.

    Raises `AddressRefused` for an address without TLS.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise AddressRefused("error.webhook_address", url=url[:60])
    row = {"region_id": region_id, "name": name, "url": url, "commands": list(commands), "cursor": cursor}
    return work.insert_one(Webhook, {**row, "made_at": work.now, "next_try_at": work.now})


def signing_secret(installation: bytes, hook: Row) -> str:
    """Return the secret that an address checks signatures with; shown to the administrator, stored nowhere."""
    named = f"webhook:{hook['id']}:{hook['made_at'].isoformat()}"
    return "whsec_" + hmac.new(installation, named.encode(), sha256).hexdigest()


def signature(secret: str, body: bytes, *, at: datetime) -> str:
    """Return the signature of a body: `t=SECONDS,v1=HEX` over the time and the body, so that neither can be swapped."""
    seconds = int(at.timestamp())
    digest = hmac.new(secret.encode(), f"{seconds}.".encode() + body, sha256).hexdigest()
    return f"t={seconds},v1={digest}"


def push_due(app: Clocked, *, read: Reader, post: Poster, secret: bytes, now: datetime) -> PushReport:
    """Post what is new to every address whose time has come, and report how many took it."""
    report = PushReport()
    with app.database.read(now) as work:
        due = work.rows(_DUE, {"now": now})
    for hook in due:
        if _claim(app, hook, now=now):
            _push(app, hook, report, read=read, post=post, secret=secret, now=now)
    return report


def _claim(app: Clocked, hook: Row, *, now: datetime) -> bool:
    with app.database.write(now) as work:
        seen = {"id": hook["id"], "next_try_at": hook["next_try_at"]}
        mine = work.update(Webhook, seen, {"next_try_at": now + LEASE}) == 1
        work.commit()
    return mine


def _push(
    app: Clocked, hook: Row, report: PushReport, *, read: Reader, post: Poster, secret: bytes, now: datetime
) -> None:
    with app.database.read(now) as work:
        events, cursor = read(work, hook, most=BATCH)
    if not events:
        _settle(app, hook, now=now, next_try_at=now, cursor=cursor)
        return
    body = json.dumps({"events": events, "cursor": cursor}, ensure_ascii=False).encode()
    headers = {
        "content-type": "application/json",
        SIGNATURE: signature(signing_secret(secret, hook), body, at=now),
        DELIVERY: f"{hook['id']}-{cursor}",
    }
    try:
        status = post(hook["url"], body, headers)
    except OSError as error:
        status, told = 0, type(error).__name__
    else:
        told = str(status)
    if 200 <= status < 300:
        report.sent += 1
        sent = {"cursor": cursor, "failures": 0, "last_error": None, "last_sent_at": now}
        _settle(app, hook, now=now, next_try_at=now, **sent)
        return
    report.failed += 1
    _fail(app, hook, told, status, now=now)


def _fail(app: Clocked, hook: Row, told: str, status: int, *, now: datetime) -> None:
    """Wait longer each time; give up after the last try, or at once where the address says that it is gone."""
    failures = int(hook["failures"]) + 1
    decided = next_attempt(failures, permanent=status == GONE, now=now)
    again = decided.at if isinstance(decided, Retry) else now
    kept = isinstance(decided, Retry)
    _settle(app, hook, now=now, next_try_at=again, failures=failures, last_error=told, active=kept)


def _settle(app: Clocked, hook: Row, *, now: datetime, **values: object) -> None:
    """Write what came of it, where nobody else has claimed the address since."""
    with app.database.write(now) as work:
        work.update(Webhook, {"id": hook["id"], "next_try_at": now + LEASE}, values)
        work.commit()
