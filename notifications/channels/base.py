"""What every channel promises, and what it is handed: a person, a rendered message, a key.

Knows no channel by name; imports neither jinja2 nor apprise, so the tables of the inbox can be imported anywhere.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from notifications.errors import NotificationsError

Language = Literal["sv", "en"]


class ChannelError(NotificationsError):
    """The channel could not deliver. `permanent` alone decides between another try and giving up.

    The text names no person and no address, since it is stored and shown.
    """

    def __init__(self, reason: str, *, permanent: bool) -> None:
        super().__init__(reason)
        self.permanent = permanent


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A person as far as delivery needs to know. Without `address`, or while `absent`, only the inbox is used."""

    person_id: str
    region: str
    name: str
    language: Language
    address: str | None  # a full Apprise URL; see `address` for mail
    absent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes with a message."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A message in words, in one language. `subject` is one line without personal data."""

    kind: str
    language: Language
    subject: str
    text: str
    html: str
    link: str
    attachments: tuple[Attachment, ...] = ()


class Channel(Protocol):
    """A way to a person.

    `send` returns when the message has been handed over and raises `ChannelError` when it has not. The key names
    the telling: a channel that can remember shows one key once, the others pass it on.
    """

    @property
    def name(self) -> str:
        """The name under which receipts are kept; never change it for a channel that has been used."""
        ...

    def send(self, recipient: Recipient, rendered: Rendered, *, key: str, now: datetime) -> None:
        """Hands one message over to one person."""
        ...


class AddressBook(Protocol):
    """Who the recipients are."""

    def find(self, recipient: str, region: str) -> Recipient | None:
        """Finds a person of the region; None when unknown or gone."""
        ...
