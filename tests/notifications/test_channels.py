"""One suite for every channel: the memory twin, the inbox, and Apprise sending real mail."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import icalendar
import pytest
from sqlalchemy import Engine

from notifications.channels.address import build_mail_address
from notifications.channels.apprise_channel import KEY_HEADER, AppriseChannel
from notifications.channels.base import Channel, ChannelError, Recipient, Rendered
from notifications.channels.inbox import InboxChannel, list_for
from notifications.channels.memory import MemoryChannel
from notifications.message import MessageKind
from notifications.render import Renderer
from tests.conftest import MailReceiver, find_free_port
from tests.notifications.conftest import ASA, NOW
from tests.notifications.samples import SAMPLES

STAMP = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
SENDER = "Förlopp <forlopp@regiondalarna.example>"


@dataclass
class Way:
    """A channel under test, a person whom it can reach, and what that person has been shown."""

    channel: Channel
    person: Recipient
    shown: Callable[[], list[tuple[str, str]]]  # key and subject


def _mail_address(smtp: MailReceiver, to: str = "asa.oberg@regiondalarna.example") -> str:
    return build_mail_address(to, sender=SENDER, host=smtp.host, port=smtp.port)


def _memory_way() -> Way:
    channel = MemoryChannel()
    return Way(channel, ASA, lambda: [(kept.key, kept.rendered.subject) for kept in channel.kept])


def _inbox_way(engine: Engine) -> Way:
    def shown() -> list[tuple[str, str]]:
        with engine.begin() as connection:
            return [(item.dedup_key, item.subject) for item in list_for(connection, ASA.person_id)]

    return Way(InboxChannel(engine.begin), ASA, shown)


def _mail_way(smtp: MailReceiver) -> Way:
    person = replace(ASA, address=_mail_address(smtp))

    def shown() -> list[tuple[str, str]]:
        return [(str(mail[KEY_HEADER]), str(mail["Subject"])) for mail in smtp.received]

    return Way(AppriseChannel(), person, shown)


@pytest.fixture(params=["memory", "inbox", "mail"])
def way(request: pytest.FixtureRequest) -> Way:
    """Each channel in turn."""
    if request.param == "inbox":
        return _inbox_way(request.getfixturevalue("sqlite_engine"))
    return _memory_way() if request.param == "memory" else _mail_way(request.getfixturevalue("smtp"))


@pytest.fixture
def rendered(renderer: Renderer) -> Rendered:
    """A message with a calendar file."""
    return renderer.render(MessageKind.LOOP_OPENS, SAMPLES[MessageKind.LOOP_OPENS], "sv", stamped_at=STAMP)


def test_a_channel_shows_the_message_under_its_key_with_every_letter_right(way: Way, rendered: Rendered) -> None:
    way.channel.send(way.person, rendered, key="event-1", now=NOW)
    assert way.shown() == [("event-1", "Kroniskt obstruktiv lungsjukdom (KOL): lärandeloop 2 öppnar")]


def test_a_channel_takes_different_messages_to_the_same_person(way: Way, rendered: Rendered) -> None:
    way.channel.send(way.person, rendered, key="event-1", now=NOW)
    way.channel.send(way.person, rendered, key="event-2", now=NOW)
    assert sorted(key for key, _subject in way.shown()) == ["event-1", "event-2"]


def test_a_repeat_carries_the_same_key_so_that_it_can_be_told(way: Way, rendered: Rendered) -> None:
    way.channel.send(way.person, rendered, key="event-1", now=NOW)
    way.channel.send(way.person, rendered, key="event-1", now=NOW)
    assert {key for key, _subject in way.shown()} == {"event-1"}
    if way.channel.name != "address":  # a mail box cannot be asked what it has; its receipt is kept by delivery
        assert len(way.shown()) == 1


def test_a_channel_has_a_name_of_its_own(sqlite_engine: Engine) -> None:
    names = {MemoryChannel().name, AppriseChannel().name, InboxChannel(sqlite_engine.begin).name}
    assert len(names) == 3


@pytest.mark.parametrize("channel", [MemoryChannel(), AppriseChannel()], ids=lambda channel: channel.name)
def test_a_person_without_address_is_refused_for_good(channel: Channel, rendered: Rendered) -> None:
    with pytest.raises(ChannelError, match="no address") as refusal:
        channel.send(replace(ASA, address=None), rendered, key="event-1", now=NOW)
    assert refusal.value.permanent


def test_a_mail_arrives_as_html_with_a_text_twin_and_the_calendar_file(smtp: MailReceiver, rendered: Rendered) -> None:
    way = _mail_way(smtp)
    way.channel.send(way.person, rendered, key="event-1", now=NOW)
    (mail,) = smtp.received
    html, plain = mail.get_body(("html",)), mail.get_body(("plain",))
    assert html is not None
    assert plain is not None
    assert "Plats: Falu lasarett, Älgen." in html.get_content()
    assert "Plats: Falu lasarett, Älgen." in plain.get_content()
    assert "https://forlopp.example/introductions/dalarna-kol" in plain.get_content()
    (file,) = mail.iter_attachments()
    assert file.get_content_type() == "text/calendar"
    assert file.get_filename() == "kalender.ics"
    content = file.get_payload(decode=True)
    assert isinstance(content, bytes)
    assert icalendar.Calendar.from_ical(content)["METHOD"] == "PUBLISH"


def test_a_mail_names_sender_and_receiver_as_told(smtp: MailReceiver, rendered: Rendered) -> None:
    way = _mail_way(smtp)
    way.channel.send(way.person, rendered, key="event-1", now=NOW)
    (mail,) = smtp.received
    assert str(mail["From"]) == SENDER
    assert str(mail["To"]) == "asa.oberg@regiondalarna.example"


@pytest.mark.parametrize(
    "address", ["not an address", "unknown://x", "mailto://127.0.0.1:25/?to=a@b.example&mode=insecure"]
)
def test_a_malformed_address_is_refused_for_good(address: str, rendered: Rendered) -> None:
    _assert_refused_for_good(address, rendered)


@pytest.mark.parametrize("to", ["inte-en-adress", ""])
def test_a_malformed_mail_box_is_refused_and_never_becomes_a_mail_to_the_sender(
    smtp: MailReceiver, rendered: Rendered, to: str
) -> None:
    _assert_refused_for_good(_mail_address(smtp, to), rendered)
    assert smtp.received == []


def _assert_refused_for_good(address: str, rendered: Rendered) -> None:
    with pytest.raises(ChannelError, match="malformed") as refusal:
        AppriseChannel().send(replace(ASA, address=address), rendered, key="event-1", now=NOW)
    assert refusal.value.permanent


def test_a_server_that_is_down_or_refuses_is_tried_again(smtp: MailReceiver, rendered: Rendered) -> None:
    down = build_mail_address("a@b.example", sender=SENDER, host="127.0.0.1", port=find_free_port())
    smtp.refuse_next = "451 try later"
    for address in (down, _mail_address(smtp)):
        with pytest.raises(ChannelError) as failure:
            AppriseChannel().send(replace(ASA, address=address), rendered, key="event-1", now=NOW)
        assert not failure.value.permanent


def test_no_address_and_no_name_reaches_the_log_or_the_error(
    smtp: MailReceiver, rendered: Rendered, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)  # the root logger; apprise's own level is the channel's business
    smtp.refuse_next = "550 no such user"
    with pytest.raises(ChannelError) as failure:
        AppriseChannel().send(replace(ASA, address=_mail_address(smtp)), rendered, key="event-1", now=NOW)
    ours = [record.getMessage() for record in caplog.records if record.name != "mail.log"]  # the receiver's own
    told = " ".join([*ours, str(failure.value)])
    assert "asa.oberg" not in told
    assert "Öberg" not in told
