"""Delivery, on both databases: nothing is lost by a crash, and nothing is shown twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from notifications import outbox
from notifications.channels import inbox
from notifications.channels.base import Recipient, Rendered
from notifications.channels.inbox import InboxChannel
from notifications.channels.memory import MemoryChannel
from notifications.delivery import LEASE, DeliveryReport, Post, deliver_due
from notifications.message import Message, MessageKind, Urgency
from notifications.retry import DELAYS
from notifications.tables import outbox_message
from tests.notifications.conftest import ASA, NOW, Office, build_message

AFTER_LEASE = NOW + LEASE


class Killed(BaseException):
    """The process ends here."""


def _put(office: Office, *messages: Message) -> None:
    with office.transaction() as connection:
        outbox.put(connection, messages, now=NOW)


def _inbox(office: Office, person: str = ASA.person_id) -> list[inbox.InboxItem]:
    with office.transaction() as connection:
        return inbox.list_for(connection, person)


def _state(office: Office) -> str:
    with office.transaction() as connection:
        return str(connection.execute(select(outbox_message.c.state)).scalar_one())


def _dead_reason(office: Office) -> str:
    with office.transaction() as connection:
        (letter,) = outbox.dead(connection)
    return letter.reason


def test_an_at_once_message_reaches_the_inbox_and_the_address(office: Office) -> None:
    _put(office, build_message("key"))
    assert office.deliver() == DeliveryReport(sent=1)
    assert [item.subject for item in _inbox(office)] == ["Kroniskt obstruktiv lungsjukdom (KOL): införandet är pausat"]
    assert [kept.key for kept in office.mail.kept] == ["key"]
    assert office.deliver() == DeliveryReport()


def test_a_digest_message_reaches_the_inbox_at_once_and_waits_for_the_mail(office: Office) -> None:
    _put(office, build_message(urgency=Urgency.DIGEST))
    assert office.deliver() == DeliveryReport(held=1)
    assert len(_inbox(office)) == 1
    assert office.mail.kept == []


@pytest.mark.parametrize("change", [{"address": None}, {"absent": True}])
def test_a_person_without_address_or_away_is_told_in_the_inbox_only(office: Office, change: dict[str, object]) -> None:
    office.people.change(ASA.person_id, **change)
    _put(office, build_message())
    assert office.deliver() == DeliveryReport(sent=1)
    assert len(_inbox(office)) == 1
    assert office.mail.kept == []


def test_each_person_reads_in_their_own_language(office: Office) -> None:
    office.people.change(ASA.person_id, language="en")
    _put(office, build_message())
    office.deliver()
    assert _inbox(office)[0].subject == "Kroniskt obstruktiv lungsjukdom (KOL): the introduction is paused"


def test_a_message_to_nobody_we_know_is_dead_with_the_reason(office: Office) -> None:
    _put(office, build_message(recipient="person-gone"))
    assert office.deliver() == DeliveryReport(dead=1)
    assert _dead_reason(office) == "the recipient is unknown or has left"


def test_a_message_without_words_is_dead_and_names_template_and_value(office: Office) -> None:
    values = {"pathway": "KOL", "link": "/", "why": "why.nobody", "reason": "x", "resumes_on": None}
    _put(office, build_message("bad", values=values), build_message("good"))
    assert office.deliver() == DeliveryReport(dead=1, sent=1)
    assert _dead_reason(office).startswith("cannot be put into words: paused/body.txt: why 'why.nobody' has no words")


def test_a_transient_failure_is_tried_again_later_and_the_inbox_shows_it_once(office: Office) -> None:
    _put(office, build_message())
    office.mail.fail_next(permanent=False)
    assert office.deliver() == DeliveryReport(retried=1)
    assert office.deliver(NOW + DELAYS[0] - timedelta(seconds=1)) == DeliveryReport()
    assert office.deliver(NOW + DELAYS[0]) == DeliveryReport(sent=1)
    assert len(_inbox(office)) == len(office.mail.kept) == 1


def test_a_permanent_failure_is_dead_at_once(office: Office) -> None:
    _put(office, build_message())
    office.mail.fail_next(permanent=True)
    assert office.deliver() == DeliveryReport(dead=1)
    assert _dead_reason(office) == "ordered to fail (permanent: trying again will not help)"


def test_a_message_is_given_up_after_the_last_try(office: Office) -> None:
    _put(office, build_message())
    now = NOW
    for delay in DELAYS:
        office.mail.fail_next(permanent=False)
        assert office.deliver(now) == DeliveryReport(retried=1)
        now += delay
    office.mail.fail_next(permanent=False)
    assert office.deliver(now) == DeliveryReport(dead=1)
    assert _dead_reason(office) == "ordered to fail (gave up after 11 tries)"


@dataclass
class DyingChannel:
    """Ends the process before or after the message has left, once."""

    inner: MemoryChannel
    after_sending: bool
    name: str = "address"
    alive: bool = False

    def send(self, recipient: Recipient, rendered: Rendered, *, key: str, now: datetime) -> None:
        """Dies the first time."""
        if self.alive or self.after_sending:
            self.inner.send(recipient, rendered, key=key, now=now)
        if not self.alive:
            self.alive = True
            raise Killed


@pytest.mark.parametrize("after_sending", [False, True])
def test_a_crash_in_the_middle_of_sending_loses_nothing_and_shows_nothing_twice(
    office: Office, after_sending: bool
) -> None:
    dying = DyingChannel(office.mail, after_sending)
    post = Post(
        renderer=office.renderer,
        inbox=InboxChannel(office.transaction),
        channels=(dying,),
        address_book=office.people,
    )
    _put(office, build_message("key"))
    with pytest.raises(Killed):
        deliver_due(office.transaction, post=post, now=NOW, worker="a")
    assert deliver_due(office.transaction, post=post, now=NOW, worker="b") == DeliveryReport()  # still leased
    assert deliver_due(office.transaction, post=post, now=AFTER_LEASE, worker="b") == DeliveryReport(sent=1)
    assert [kept.key for kept in office.mail.kept] == ["key"]
    assert len(_inbox(office)) == 1


@pytest.mark.parametrize("commits", [1, 2, 3])
def test_a_crash_after_any_commit_is_made_good_when_the_lease_runs_out(office: Office, commits: int) -> None:
    left = commits

    @contextmanager
    def dying_transaction() -> Iterator[Connection]:
        nonlocal left
        if left == 0:
            raise Killed
        left -= 1
        with office.engine.begin() as connection:
            yield connection

    _put(office, build_message("key"))
    post = Post(
        renderer=office.renderer,
        inbox=InboxChannel(dying_transaction),
        channels=(office.mail,),
        address_book=office.people,
    )
    with pytest.raises(Killed):
        deliver_due(dying_transaction, post=post, now=NOW, worker="a")
    assert office.deliver(AFTER_LEASE) == DeliveryReport(sent=1)
    assert len(_inbox(office)) == len(office.mail.kept) == 1


def test_after_a_failure_only_the_channel_that_failed_is_tried_again(office: Office) -> None:
    chat = MemoryChannel(name="chat")
    chat.fail_next(permanent=False)
    post = Post(
        renderer=office.renderer,
        inbox=InboxChannel(office.transaction),
        channels=(office.mail, chat),
        address_book=office.people,
    )
    _put(office, build_message())
    deliver_due(office.transaction, post=post, now=NOW, worker="a")
    assert (len(office.mail.kept), len(chat.kept)) == (1, 0)
    office.mail.kept.clear()
    assert deliver_due(office.transaction, post=post, now=NOW + DELAYS[0], worker="a") == DeliveryReport(sent=1)
    assert (len(office.mail.kept), len(chat.kept)) == (0, 1)


def test_a_round_that_has_used_half_its_lease_gives_the_rest_back(office: Office) -> None:
    _put(office, build_message("one"), build_message("two"))
    seconds = iter([0.0, 1.0, LEASE.total_seconds() / 2 + 1])
    report = deliver_due(office.transaction, post=office.post, now=NOW, worker="a", stopwatch=lambda: next(seconds))
    assert report == DeliveryReport(sent=1, released=1)
    assert office.deliver() == DeliveryReport(sent=1)
    assert [kept.key for kept in office.mail.kept] == ["one", "two"]


def test_a_message_settled_by_somebody_else_meanwhile_is_counted_as_lost(office: Office) -> None:
    _put(office, build_message())

    class Slow(MemoryChannel):
        def send(self, recipient: Recipient, rendered: Rendered, *, key: str, now: datetime) -> None:
            office.deliver(AFTER_LEASE, worker="b")
            super().send(recipient, rendered, key=key, now=now)

    slow = Post(
        renderer=office.renderer,
        inbox=InboxChannel(office.transaction),
        channels=(Slow(name="address"),),
        address_book=office.people,
    )
    assert deliver_due(office.transaction, post=slow, now=NOW, worker="a") == DeliveryReport(lost=1)
    assert _state(office) == "sent"


def test_a_person_reads_and_marks_their_own_messages_only(office: Office) -> None:
    _put(office, build_message("one"), build_message("two", MessageKind.CELEBRATION))
    office.deliver()
    newest = _inbox(office)[0]
    with office.transaction() as connection:
        assert inbox.count_unread(connection, ASA.person_id) == 2
        assert not inbox.mark_read(connection, "stranger", newest.item_id, now=NOW)
        assert inbox.mark_read(connection, ASA.person_id, newest.item_id, now=NOW)
        assert not inbox.mark_read(connection, ASA.person_id, newest.item_id, now=NOW)
        assert inbox.count_unread(connection, ASA.person_id) == 1
        assert inbox.list_for(connection, "stranger") == []
