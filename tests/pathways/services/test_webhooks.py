"""Addresses elsewhere are told of every event, signed, in order, at least once, and cost no command anything."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from sqlalchemy import select

from pathways.bootstrap import App
from pathways.bootstrap.webhooks import post_over_http, read_for
from pathways.clock import SetClock
from pathways.models.webhook import Webhook
from pathways.queries.feed import SETTLING
from pathways.services.ask import Ask
from pathways.services.webhooks import SIGNATURE, AddressRefused, PushReport, push_due, register, signing_secret
from pathways.storage.unit_of_work import Row, table_of

SECRET = b"s" * 32
_hook = table_of(Webhook)


@dataclass
class Receiver:
    """An address that answers with the statuses it was told to, and remembers what it was sent."""

    statuses: list[int] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    signatures: list[str] = field(default_factory=list)

    def __call__(self, _url: str, body: bytes, headers: Mapping[str, str]) -> int:
        self.bodies.append(body)
        self.signatures.append(headers[SIGNATURE])
        status = self.statuses.pop(0) if self.statuses else 204
        if status == 0:
            raise ConnectionError("nobody there")
        return status

    @property
    def told(self) -> list[str]:
        return [event["type"] for body in self.bodies for event in json.loads(body)["events"]]


def hook_of(app: App) -> Row:
    with app.read() as work:
        found = work.find(select(_hook))
    assert found is not None
    return found


def registered(app: App, *commands: str, url: str = "https://receiver.example/in") -> None:
    with app.write() as work:
        register(work, region_id=app.region_id(), name="Prov", url=url, commands=commands, cursor="")
        work.commit()


def push(app: App, receiver: Receiver) -> PushReport:
    return push_due(app, read=read_for, post=receiver, secret=SECRET, now=app.clock.now())


def start(app: App, clock: SetClock, *slugs: str) -> None:
    for slug in slugs:
        app.run(slug, "start", {}, Ask(actor="sam"))
    clock.set(clock.now() + SETTLING)


def test_an_address_is_told_of_each_event_once(app: App, clock: SetClock) -> None:
    registered(app)
    start(app, clock, "kol", "sepsis")
    receiver = Receiver()
    for _ in range(3):
        push(app, receiver)
    assert receiver.told == ["forlopp.introduction.start.v1"] * 2


def test_an_address_hears_only_of_the_commands_it_asked_for(app: App, clock: SetClock) -> None:
    registered(app, "report")
    start(app, clock, "kol")
    app.run("kol", "report", {}, Ask(actor="sam", reason="Läget är gott"))
    clock.set(clock.now() + SETTLING)
    receiver = Receiver()
    push(app, receiver)
    assert receiver.told == ["forlopp.introduction.report.v1"]


def test_the_signature_covers_body_and_time(app: App, clock: SetClock) -> None:
    registered(app)
    start(app, clock, "kol")
    receiver = Receiver()
    secret = signing_secret(SECRET, hook_of(app))
    push(app, receiver)
    seconds = int(clock.now().timestamp())
    expected = hmac.new(secret.encode(), f"{seconds}.".encode() + receiver.bodies[0], sha256).hexdigest()
    assert receiver.signatures == [f"t={seconds},v1={expected}"]


def test_what_was_not_taken_is_sent_again_later(app: App, clock: SetClock) -> None:
    registered(app)
    start(app, clock, "kol")
    receiver = Receiver(statuses=[500, 0])
    for _ in range(2):
        push(app, receiver)
        assert push(app, receiver) == PushReport()  # it waits
        clock.set(clock.now() + timedelta(minutes=5))
    assert push(app, receiver) == PushReport(sent=1)
    assert hook_of(app)["failures"] == 0


def test_an_address_that_says_it_is_gone_is_left_alone(app: App, clock: SetClock) -> None:
    registered(app)
    start(app, clock, "kol")
    push(app, Receiver(statuses=[410]))
    hook = hook_of(app)
    assert (hook["active"], hook["last_error"]) == (False, "410")


@pytest.mark.parametrize("url", ["http://receiver.example/in", "ftp://x", "javascript:1", "receiver.example"])
def test_events_leave_encrypted_or_not_at_all(app: App, url: str) -> None:
    with pytest.raises(AddressRefused):
        registered(app, url=url)


def test_a_real_address_gets_a_real_post(app: App, clock: SetClock) -> None:
    taken: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            taken.append(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    registered(app, url=f"http://127.0.0.1:{server.server_port}/in")
    start(app, clock, "kol")
    report = push_due(app, read=read_for, post=post_over_http, secret=SECRET, now=clock.now())
    server.shutdown()
    server.server_close()
    assert report == PushReport(sent=1)
    assert json.loads(taken[0])["events"][0]["introduction"] == "kol"
