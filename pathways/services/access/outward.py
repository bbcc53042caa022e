"""Gives a mail its signed link at the moment it leaves: neither outbox, inbox nor backup holds one that opens."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from notifications.channels.base import Recipient
from notifications.errors import MessageOutdated
from notifications.message import JsonValue, Message, MessageKind
from pathways.services.access import login_link, task_link

OPENS = "opens"
"""The value of a message that names the task its mail's link may open: introduction and ref."""
MAIL = ("mailto://", "mailtos://")


@dataclass(frozen=True, slots=True)
class SignedLinks:
    """Signs with the installation's secret, which is asked for only when there is something to sign."""

    secret: Callable[[], bytes]

    def fill(
        self, message: Message, recipient: Recipient, *, made_at: datetime, now: datetime
    ) -> Mapping[str, JsonValue]:
        """Return the message's values with the link for its receiver; raise `MessageOutdated` for a late login link.

        A task's link goes to a mail box only: others may read along in a channel of another kind.
        """
        if message.kind is MessageKind.LOGIN_LINK:
            return self._with_login(message, is_late=now >= made_at + login_link.LIFE)
        opens = message.values.get(OPENS)
        if isinstance(opens, Mapping) and (recipient.address or "").startswith(MAIL):
            return self._with_task(message, opens, made_at=made_at)
        return message.values

    def _with_login(self, message: Message, *, is_late: bool) -> Mapping[str, JsonValue]:
        if is_late:
            raise MessageOutdated
        token = login_link.token_of(str(message.values["link_id"]), secret=self.secret())
        return {**message.values, "link": f"{login_link.LOGIN_PATH}/{token}"}

    def _with_task(
        self, message: Message, opens: Mapping[str, JsonValue], *, made_at: datetime
    ) -> Mapping[str, JsonValue]:
        token = task_link.make_task_link(
            secret=self.secret(),
            person_id=int(message.recipient),
            introduction_id=int(str(opens["introduction"])),
            ref=str(opens["task"]),
            made_at=made_at,
        )
        return {**message.values, "link": f"{task_link.PATH}{token}"}
