"""Delivers what is due: claims, words, sends, and settles, so that a crash at any point loses nothing.

Claiming and settling are short transactions; sending happens with none open. Each way out has its own receipt, so
after a crash or a failure only the missing ways are tried again. When to try again is decided by `retry`.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, Protocol, TypeAlias

from sqlalchemy import Connection

from notifications import outbox
from notifications.channels.base import AddressBook, Channel, ChannelError, Language, Recipient, Rendered
from notifications.channels.inbox import Entry, InboxChannel
from notifications.errors import MessageOutdated, RenderError
from notifications.message import JsonValue, Message, MessageKind, Urgency
from notifications.outbox import Claimed, State
from notifications.retry import Retry, next_attempt

Transaction: TypeAlias = Callable[[], AbstractContextManager[Connection]]
LEASE: Final = timedelta(minutes=5)
NEVER_IN_INBOX: Final = frozenset({MessageKind.WEEKLY_DIGEST, MessageKind.LOGIN_LINK})
"""The parts of the digest are in the inbox already; and whoever can read the inbox needs no way in."""


class Words(Protocol):
    """Whoever puts messages into words: `render.Renderer`. A protocol, so that use cases need no template library."""

    def render(
        self, kind: MessageKind, values: Mapping[str, JsonValue], language: Language, *, stamped_at: datetime
    ) -> Rendered:
        """Returns the message in words, or raises `RenderError`."""
        ...


class OutwardValues(Protocol):
    """Whoever gives a message what only its receiver may have, a signed link say: no outbox or inbox holds it."""

    def fill(
        self, message: Message, recipient: Recipient, *, made_at: datetime, now: datetime
    ) -> Mapping[str, JsonValue]:
        """Returns the values for the person's own address; raises `MessageOutdated` where it is too late to send."""
        ...


class AsStored:
    """Gives every message the values that it was stored with."""

    def fill(
        self,
        message: Message,
        recipient: Recipient,  # noqa: ARG002  # the protocol's form
        *,
        made_at: datetime,  # noqa: ARG002  # as above
        now: datetime,  # noqa: ARG002  # as above
    ) -> Mapping[str, JsonValue]:
        """Returns the message's own values."""
        return message.values


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """All that delivery works with: the words, the inbox, the ways to a person's own address, and the people."""

    renderer: Words
    inbox: InboxChannel
    channels: Sequence[Channel]
    address_book: AddressBook
    outward_values: OutwardValues = field(default_factory=AsStored)


@dataclass(slots=True, kw_only=True)
class DeliveryReport:
    """What became of the messages of one round.

    `lost` were settled by somebody else while we sent; `released` were given back untried for want of time.
    """

    sent: int = 0
    retried: int = 0
    dead: int = 0
    held: int = 0
    skipped: int = 0
    lost: int = 0
    released: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Letter:
    claimed: Claimed
    recipient: Recipient
    rendered: Rendered
    outgoing: Rendered
    for_inbox: bool
    outward: tuple[Channel, ...]


@dataclass(frozen=True, slots=True)
class _Refused:
    claimed: Claimed
    reason: str


@dataclass(frozen=True, slots=True)
class _Outdated:
    claimed: Claimed


def deliver_due(
    transaction: Transaction,
    *,
    post: Post,
    now: datetime,
    worker: str,
    limit: int = 200,
    lease: timedelta = LEASE,
    stopwatch: Callable[[], float] = time.monotonic,
) -> DeliveryReport:
    """Delivers at most `limit` due messages and reports what became of them.

    At least once to each channel; once per dedup key in the inbox. A round stops sending after half its lease, so
    that nobody else begins on a message while we still send it.
    """
    started = stopwatch()
    with transaction() as connection:
        claims = outbox.claim(connection, worker=worker, now=now, lease=lease, limit=limit)
    report = DeliveryReport()
    prepared = [_prepare(claimed, post, now=now) for claimed in claims]
    letters = [one for one in prepared if isinstance(one, _Letter)]
    _fill_inboxes(letters, post.inbox, now=now)
    with transaction() as connection:
        _settle_unsent(connection, prepared, report, now=now)
        _note_inbox(connection, letters, post.inbox, report, now=now)
    for letter in letters:
        if not letter.outward:
            continue
        if stopwatch() - started > lease.total_seconds() / 2:
            _give_back(transaction, letter, report)
        else:
            _send_outward(transaction, letter, report, now=now)
    return report


def _prepare(claimed: Claimed, post: Post, *, now: datetime) -> _Letter | _Refused | _Outdated:
    message = claimed.message
    recipient = post.address_book.find(message.recipient, message.region)
    if recipient is None:
        return _Refused(claimed, "the recipient is unknown or has left")
    outward = _outward_channels(claimed, recipient, post.channels)
    if message.kind is MessageKind.LOGIN_LINK and not outward and not claimed.receipts:
        return _Refused(claimed, "there is no way to the recipient's address")
    try:
        rendered, outgoing = _in_words(claimed, recipient, post, is_sent=bool(outward), now=now)
    except RenderError as error:
        return _Refused(claimed, f"cannot be put into words: {error}")
    except MessageOutdated:
        return _Outdated(claimed)
    return _Letter(
        claimed=claimed,
        recipient=recipient,
        rendered=rendered,
        outgoing=outgoing,
        for_inbox=message.kind not in NEVER_IN_INBOX and post.inbox.name not in claimed.receipts,
        outward=outward,
    )


def _in_words(
    claimed: Claimed, recipient: Recipient, post: Post, *, is_sent: bool, now: datetime
) -> tuple[Rendered, Rendered]:
    """Returns the message as the inbox shows it, and as it leaves; both lead to the same place in the product."""
    message, stamped_at = claimed.message, claimed.created_at
    rendered = post.renderer.render(message.kind, message.values, recipient.language, stamped_at=stamped_at)
    if not is_sent:
        return rendered, rendered
    values = post.outward_values.fill(message, recipient, made_at=stamped_at, now=now)
    if values is message.values:
        return rendered, rendered
    outgoing = post.renderer.render(message.kind, values, recipient.language, stamped_at=stamped_at)
    return rendered, replace(outgoing, link=rendered.link)


def _outward_channels(claimed: Claimed, recipient: Recipient, channels: Sequence[Channel]) -> tuple[Channel, ...]:
    if claimed.message.urgency is Urgency.DIGEST or recipient.absent or not recipient.address:
        return ()
    return tuple(channel for channel in channels if channel.name not in claimed.receipts)


def _fill_inboxes(letters: Sequence[_Letter], inbox: InboxChannel, *, now: datetime) -> None:
    entries = [
        Entry(letter.recipient, letter.rendered, letter.claimed.message.dedup_key)
        for letter in letters
        if letter.for_inbox
    ]
    inbox.send_all(entries, now=now)


def _settle_unsent(
    connection: Connection, prepared: Sequence[_Letter | _Refused | _Outdated], report: DeliveryReport, *, now: datetime
) -> None:
    for one in prepared:
        if isinstance(one, _Letter):
            continue
        if isinstance(one, _Outdated):
            ours = outbox.settle(connection, one.claimed, State.SKIPPED, now=now)
            report.skipped += ours
        else:
            ours = outbox.bury(connection, one.claimed, reason=one.reason, now=now)
            report.dead += ours
        report.lost += not ours


def _note_inbox(
    connection: Connection,
    letters: Sequence[_Letter],
    inbox: InboxChannel,
    report: DeliveryReport,
    *,
    now: datetime,
) -> None:
    keys = [letter.claimed.message.dedup_key for letter in letters if letter.for_inbox]
    outbox.record_receipts(connection, keys, channel=inbox.name, now=now)
    for letter in letters:
        if not letter.outward:
            _settle(connection, letter, report, now=now)


def _give_back(transaction: Transaction, letter: _Letter, report: DeliveryReport) -> None:
    with transaction() as connection:
        outbox.release(connection, letter.claimed)
    report.released += 1


def _send_outward(transaction: Transaction, letter: _Letter, report: DeliveryReport, *, now: datetime) -> None:
    key = letter.claimed.message.dedup_key
    last = letter.outward[-1]
    for channel in letter.outward:
        try:
            channel.send(letter.recipient, letter.outgoing, key=key, now=now)
        except ChannelError as error:
            _take_failure(transaction, letter.claimed, error, report, now=now)
            return
        # A crash before this commit sends the message a second time: at least once is the promise.
        with transaction() as connection:
            outbox.record_receipts(connection, [key], channel=channel.name, now=now)
            if channel is last:
                _settle(connection, letter, report, now=now)


def _take_failure(
    transaction: Transaction, claimed: Claimed, error: ChannelError, report: DeliveryReport, *, now: datetime
) -> None:
    decision = next_attempt(claimed.attempts + 1, permanent=error.permanent, now=now)
    with transaction() as connection:
        if isinstance(decision, Retry):
            ours = outbox.fail(connection, claimed, retry_at=decision.at, reason=str(error))
            report.retried += ours
        else:
            ours = outbox.bury(connection, claimed, reason=f"{error} ({decision.reason})", now=now)
            report.dead += ours
    report.lost += not ours


def _settle(connection: Connection, letter: _Letter, report: DeliveryReport, *, now: datetime) -> None:
    state = _final_state(letter)
    if not outbox.settle(connection, letter.claimed, state, now=now):
        report.lost += 1
    elif state is State.HELD:
        report.held += 1
    elif state is State.SKIPPED:
        report.skipped += 1
    else:
        report.sent += 1


def _final_state(letter: _Letter) -> State:
    message = letter.claimed.message
    if message.urgency is Urgency.DIGEST:
        return State.HELD
    if message.kind is MessageKind.WEEKLY_DIGEST and not letter.outward and not letter.claimed.receipts:
        return State.SKIPPED  # no address to send the digest to; its parts are in the inbox
    return State.SENT
