"""What only a receiver may have is put into a message as it leaves; what came too late does not leave."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from notifications.channels.base import Recipient
from notifications.delivery import AsStored, DeliveryReport, OutwardValues, Post, deliver_due
from notifications.errors import MessageOutdated
from notifications.message import JsonValue, Message, MessageKind
from notifications.outbox import put
from notifications.tables import inbox_item, outbox_message
from tests.notifications.conftest import ASA, NOW, Office, build_message


class Signed:
    """Gives every message a link of its own."""

    def fill(
        self, message: Message, recipient: Recipient, *, made_at: datetime, now: datetime
    ) -> Mapping[str, JsonValue]:
        """Returns the values with a link for the recipient."""
        return {**message.values, "link": f"/hemlig/{recipient.person_id}"}


class TooLate:
    """Finds every message too late."""

    def fill(
        self, message: Message, recipient: Recipient, *, made_at: datetime, now: datetime
    ) -> Mapping[str, JsonValue]:
        """Never returns."""
        raise MessageOutdated


def deliver(office: Office, values: OutwardValues, *messages: Message) -> DeliveryReport:
    with office.transaction() as connection:
        put(connection, messages, now=NOW)
    post: Post = replace(office.post, outward_values=values)
    return deliver_due(office.transaction, post=post, now=NOW, worker="worker")


def everything_kept(office: Office) -> str:
    with office.transaction() as connection:
        return str([connection.execute(select(table)).all() for table in (outbox_message, inbox_item)])


def test_the_mail_has_the_receivers_own_link_and_nothing_else_has_it(office: Office) -> None:
    assert deliver(office, Signed(), build_message()) == DeliveryReport(sent=1)
    (mail,) = office.mail.kept
    assert f"/hemlig/{ASA.person_id}" in mail.rendered.text
    assert f"/hemlig/{ASA.person_id}" in mail.rendered.html
    assert mail.rendered.link == build_message().values["link"]
    assert "/hemlig/" not in everything_kept(office)


def test_the_values_as_they_are_stored_are_what_leaves_otherwise(office: Office) -> None:
    deliver(office, AsStored(), build_message())
    (mail,) = office.mail.kept
    assert str(build_message().values["link"]) in mail.rendered.text


def test_what_came_too_late_is_skipped_and_not_a_fault(office: Office) -> None:
    assert deliver(office, TooLate(), build_message(kind=MessageKind.LOGIN_LINK)) == DeliveryReport(skipped=1)
    assert office.mail.kept == []


def test_a_way_in_is_in_no_inbox(office: Office) -> None:
    assert deliver(office, AsStored(), build_message(kind=MessageKind.LOGIN_LINK)) == DeliveryReport(sent=1)
    with office.transaction() as connection:
        assert connection.execute(select(inbox_item)).all() == []


def test_a_way_in_for_somebody_without_an_address_is_dead_with_the_reason(office: Office) -> None:
    office.people.change(ASA.person_id, address=None)
    assert deliver(office, AsStored(), build_message(kind=MessageKind.LOGIN_LINK)) == DeliveryReport(dead=1)
