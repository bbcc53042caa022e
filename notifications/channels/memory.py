"""The channel that keeps what it is given: for tests, for simulation, and for trying without a mail server."""

from dataclasses import dataclass, field
from datetime import datetime

from notifications.channels.base import ChannelError, Recipient, Rendered


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One message as it was handed over."""

    recipient: Recipient
    rendered: Rendered
    key: str
    sent_at: datetime


@dataclass(slots=True)
class MemoryChannel:
    """Keeps each key once per person, refuses a person without an address, and fails when told to."""

    name: str = "memory"
    kept: list[Kept] = field(default_factory=list)
    failures: list[ChannelError] = field(default_factory=list)

    def fail_next(self, *, permanent: bool) -> None:
        """Makes one coming `send` fail."""
        self.failures.append(ChannelError("ordered to fail", permanent=permanent))

    def send(self, recipient: Recipient, rendered: Rendered, *, key: str, now: datetime) -> None:
        """Keeps the message, unless this person already has one with the key."""
        if self.failures:
            raise self.failures.pop(0)
        if not recipient.address:
            raise ChannelError("the person has no address", permanent=True)
        if not any(kept.key == key for kept in self.for_person(recipient.person_id)):
            self.kept.append(Kept(recipient=recipient, rendered=rendered, key=key, sent_at=now))

    def for_person(self, person_id: str) -> list[Kept]:
        """Lists what a person has been sent, oldest first."""
        return [kept for kept in self.kept if kept.recipient.person_id == person_id]
