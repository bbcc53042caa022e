"""The channel to a person's own address: mail, Teams, Slack, ntfy and whatever else Apprise knows.

One Apprise call per person. Apprise answers False for every trouble and tells the log what happened, with
addresses in it; so its log is silenced here, and False becomes a `ChannelError` that may be tried again.
"""

import logging
from dataclasses import dataclass
from datetime import datetime

from apprise import Apprise, AppriseAsset, AppriseAttachment, NotifyFormat
from apprise.attachment.memory import AttachMemory
from apprise.plugins.base import NotifyBase
from apprise.plugins.email.base import NotifyEmail

from notifications.channels.base import Attachment, ChannelError, Recipient, Rendered

# Apprise logs addresses with its warnings, and personal data never reaches a log.
logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)

KEY_HEADER = "X-Forlopp-Key"


@dataclass(frozen=True, slots=True)
class AppriseChannel:
    """Sends to `recipient.address`, an Apprise URL; a malformed one is refused for good."""

    name: str = "address"

    def send(
        self,
        recipient: Recipient,
        rendered: Rendered,
        *,
        key: str,
        now: datetime,  # noqa: ARG002  # the channel's promise has it; the outside world keeps its own time
    ) -> None:
        """Hands the message over to the person's own service; HTML where the service shows it, else text."""
        service = _open_service(recipient.address)
        if isinstance(service, NotifyEmail):
            service.headers[KEY_HEADER] = key  # a repeat after a crash can be told by it
        is_html = service.notify_format == NotifyFormat.HTML
        sender = Apprise()
        sender.add(service)
        delivered = sender.notify(
            body=rendered.html if is_html else rendered.text,
            title=rendered.subject,
            body_format=NotifyFormat.HTML if is_html else NotifyFormat.TEXT,
            attach=_attachments(rendered.attachments),
        )
        if not delivered:
            raise ChannelError(f"{service.service_name} did not take the message", permanent=False)


def _open_service(address: str | None) -> NotifyBase:
    if not address:
        raise ChannelError("the person has no address", permanent=True)
    service = Apprise.instantiate(address, asset=AppriseAsset(async_mode=False, app_id="Förlopp"))
    if not isinstance(service, NotifyBase):
        raise ChannelError("the person's address is malformed", permanent=True)
    if isinstance(service, NotifyEmail) and not _has_mail_recipient(service):
        raise ChannelError("the person's mail address is malformed", permanent=True)
    return service


def _has_mail_recipient(service: NotifyEmail) -> bool:
    # Apprise drops a malformed recipient without a word, and mails the sender when none is given at all.
    addresses = [address for _name, address in service.targets]
    return bool(addresses) and addresses != [service.from_addr[1]]


def _attachments(attachments: tuple[Attachment, ...]) -> AppriseAttachment | None:
    if not attachments:
        return None
    collected = AppriseAttachment()
    for attachment in attachments:
        collected.add(
            AttachMemory(  # type: ignore[no-untyped-call]  # apprise has no annotations here
                attachment.content, name=attachment.name, mimetype=attachment.media_type
            )
        )
    return collected
