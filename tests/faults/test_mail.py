"""The mail server is down: commands work, messages wait with growing patience, and arrive once when it is back."""

from collections import Counter
from datetime import timedelta

from aiosmtpd.controller import Controller
from sqlalchemy import func, select

from notifications.channels.apprise_channel import KEY_HEADER
from notifications.outbox import State
from notifications.retry import DELAYS
from notifications.tables import outbox_message
from pathways.bootstrap import App, build_app
from pathways.bootstrap.delivery import build_post
from pathways.clock import SetClock
from pathways.models.organisation import Person
from pathways.services.ask import Ask, Receipt
from pathways.services.clockwork.delivery import deliver_due
from pathways.services.clockwork.heartbeat import health
from pathways.settings import Settings
from pathways.storage.unit_of_work import table_of
from tests.conftest import MailReceiver, find_free_port
from tests.invariants import assert_all_told, assert_promise_kept
from tests.pathways.drive import drive_to

_person = table_of(Person)


def with_mail(app: App, clock: SetClock, port: int) -> App:
    """The application with a mail server at that port, and plain addresses in the address book."""
    with app.write() as work:
        work.connection.execute(_person.update().values(address=_person.c.slug + "@forlopp.example"))
        work.commit()
    settings = Settings(mail_url=f"smtp://127.0.0.1:{port}?from=forlopp@forlopp.example")
    return build_app(settings, clock=clock, database_url=str(app.database.url))


def at_once(app: App) -> set[str]:
    """The keys of what is to be mailed at once."""
    query = select(outbox_message.c.dedup_key).where(outbox_message.c.urgency == "at_once")
    with app.read() as work:
        return set(work.values(query))


def waits(app: App) -> int:
    """How many messages wait for the server."""
    with app.read() as work:
        return int(work.value(select(func.count()).where(outbox_message.c.state == State.PENDING)))


def messages_flow(app: App, clock: SetClock) -> bool:
    """What health says of the messages."""
    return next(sign.ok for sign in health(app, now=clock.now()).signs if sign.name == "messages")


def test_while_the_mail_server_is_down_everything_waits_and_arrives_once_when_it_is_back(
    app: App, clock: SetClock
) -> None:
    port = find_free_port()
    mailing = with_mail(app, clock, port)
    post = build_post(mailing)
    drive_to(mailing, clock, "kol", "mapping")
    assert at_once(mailing)
    for delay in (timedelta(), *DELAYS[:3]):
        clock.set(clock.now() + delay)
        report = deliver_due(mailing, post, now=clock.now())
        assert (report.sent, report.dead) == (0, 0)
        assert report.retried == waits(mailing)
    again = deliver_due(mailing, post, now=clock.now())
    assert again.retried == 0, "it does not knock at a closed door all the time"
    ask = Ask(actor="sam", command_id="meanwhile")
    accepted: dict[str, Receipt] = {"meanwhile": mailing.run("kol", "report", {}, ask)}
    assert not messages_flow(mailing, clock)
    clock.set(clock.now() + timedelta(hours=1))
    receiver = MailReceiver(port=port)
    controller = Controller(receiver, hostname=receiver.host, port=port)
    controller.start()
    try:
        for _ in range(3):
            deliver_due(mailing, post, now=clock.now())
            clock.set(clock.now() + timedelta(hours=4))
    finally:
        controller.stop()
    assert messages_flow(mailing, clock)
    arrived = Counter(mail[KEY_HEADER] for mail in receiver.received)
    assert arrived == Counter(at_once(mailing))
    assert_all_told(mailing)
    assert_promise_kept(mailing, accepted)
    mailing.database.dispose()


def test_a_server_that_refuses_one_mail_gets_it_again_and_the_others_once(
    app: App, clock: SetClock, smtp: MailReceiver
) -> None:
    mailing = with_mail(app, clock, smtp.port)
    post = build_post(mailing)
    drive_to(mailing, clock, "kol", "mapping")
    assert at_once(mailing)
    smtp.refuse_next = "451 later, please"
    assert deliver_due(mailing, post, now=clock.now()).retried == 1
    clock.set(clock.now() + timedelta(minutes=2))
    deliver_due(mailing, post, now=clock.now())
    assert Counter(mail[KEY_HEADER] for mail in smtp.received) == Counter(at_once(mailing))
    assert_all_told(mailing)
    mailing.database.dispose()
