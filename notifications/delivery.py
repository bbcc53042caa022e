"""Delivers what is due: claims, words, sends, and settles, so that a crash at any point loses nothing.

Claiming and settling are short transactions; sending happens with none open. Each way out has its own receipt, so
after a crash or a failure only the missing ways are tried again. When to try again is decided by `retry`.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol, TypeAlias

from sqlalchemy import Connection

from notifications import outbox
from notifications.channels.base import AddressBook, Channel, ChannelError, Language, Recipient, Rendered
from notifications.channels.inbox import Entry, InboxChannel
from notifications.errors import RenderError
from notifications.message import JsonValue, MessageKind, Urgency
from notifications.outbox import Claimed, State
from notifications.retry import Retry, next_attempt

Transaction: TypeAlias = Callable[[], AbstractContextManager[Connection]]
LEASE: Final = timedelta(minutes=5)


class Words(Protocol):
    """Whoever puts messages into words: `render.Renderer`. A protocol, so that use cases need no template library."""

    def render(
        self, kind: MessageKind, values: Mapping[str, JsonValue], language: Language, *, stamped_at: datetime
    ) -> Rendered:
        """Returns the message in words, or raises `RenderError`."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """All that delivery works with: the words, the inbox, the ways to a person's own address, and the people."""

    renderer: Words
    inbox: InboxChannel
    channels: Sequence[Channel]
    address_book: AddressBook


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
    for_inbox: bool
    outward: tuple[Channel, ...]


@dataclass(frozen=True, slots=True)
class _Refused:
    claimed: Claimed
    reason: str


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
    prepared = [_prepare(claimed, post) for claimed in claims]
    letters = [one for one in prepared if isinstance(one, _Letter)]
    refused = [one for one in prepared if isinstance(one, _Refused)]
    _fill_inboxes(letters, post.inbox, now=now)
    with transaction() as connection:
        _bury_refused(connection, refused, report, now=now)
        _note_inbox(connection, letters, post.inbox, report, now=now)
    for letter in letters:
        if not letter.outward:
            continue
        if stopwatch() - started > lease.total_seconds() / 2:
            _give_back(transaction, letter, report)
        else:
            _send_outward(transaction, letter, report, now=now)
    return report


def _prepare(claimed: Claimed, post: Post) -> _Letter | _Refused:
    message = claimed.message
    recipient = post.address_book.find(message.recipient, message.region)
    if recipient is None:
        return _Refused(claimed, "the recipient is unknown or has left")
    try:
        rendered = post.renderer.render(message.kind, message.values, recipient.language, stamped_at=claimed.created_at)
    except RenderError as error:
        return _Refused(claimed, f"cannot be put into words: {error}")
    is_digest_mail = message.kind is MessageKind.WEEKLY_DIGEST  # its parts are in the inbox already
    return _Letter(
        claimed=claimed,
        recipient=recipient,
        rendered=rendered,
        for_inbox=not is_digest_mail and post.inbox.name not in claimed.receipts,
        outward=_outward_channels(claimed, recipient, post.channels),
    )


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


def _bury_refused(
    connection: Connection, refused: Sequence[_Refused], report: DeliveryReport, *, now: datetime
) -> None:
    for one in refused:
        if outbox.bury(connection, one.claimed, reason=one.reason, now=now):
            report.dead += 1
        else:
            report.lost += 1


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
            channel.send(letter.recipient, letter.rendered, key=key, now=now)
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
