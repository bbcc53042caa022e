"""The outbox: messages written in the caller's transaction, and claimed afterwards by whoever delivers.

Because a message commits with the change that it tells of, neither can exist without the other. This module
holds every statement on `outbox_message` and `delivery_receipt`; it never commits, sends or words anything.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, Row, Select, Update, and_, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from notifications.message import JsonValue, Message, MessageKind, Urgency
from notifications.tables import delivery_receipt, outbox_message
from notifications.values import check_values

_CREATE_MESSAGE = {
    "sqlite": sqlite.insert(outbox_message).on_conflict_do_nothing(index_elements=["dedup_key"]),
    "postgresql": postgresql.insert(outbox_message).on_conflict_do_nothing(index_elements=["dedup_key"]),
}
_CREATE_RECEIPT = {
    "sqlite": sqlite.insert(delivery_receipt).on_conflict_do_nothing(index_elements=["dedup_key", "channel"]),
    "postgresql": postgresql.insert(delivery_receipt).on_conflict_do_nothing(index_elements=["dedup_key", "channel"]),
}


FAILS_OFTEN = 3  # tries; so long does a server take that is only restarted


class State(StrEnum):
    """Where a message stands."""

    PENDING = "pending"  # to be sent when due
    HELD = "held"  # in the inbox; waits for the weekly mail
    SENT = "sent"  # the person has been told
    DEAD = "dead"  # given up; a coordinator must look
    SKIPPED = "skipped"  # nobody needed to be told


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A message that is ours until the lease runs out. `token` proves it when the message is settled."""

    message_id: int
    token: str
    message: Message
    attempts: int
    created_at: datetime
    receipts: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """A message that was given up, and why."""

    message_id: int
    dedup_key: str
    recipient: str
    region: str
    kind: MessageKind
    pathway: str
    reason: str
    attempts: int
    settled_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxCounts:
    """How many messages stand where, since when the longest waiting one has been due, and how many fail and fail."""

    pending: int = 0
    held: int = 0
    sent: int = 0
    dead: int = 0
    skipped: int = 0
    failing: int = 0
    oldest_due_at: datetime | None = None


def put(connection: Connection, messages: Iterable[Message], *, now: datetime) -> int:
    """Stores messages in the caller's transaction and returns how many are new.

    A known dedup key is left as it was. Refuses all of them if one lacks a value that its kind needs.
    """
    rows = [_row_of(message, now) for message in messages]
    if not rows:
        return 0
    statement = _CREATE_MESSAGE[connection.dialect.name]
    # PostgreSQL takes all rows in one statement, and counts them only when it is asked to.
    return connection.execute(statement, rows, execution_options={"preserve_rowcount": True}).rowcount


def claim(connection: Connection, *, worker: str, now: datetime, lease: timedelta, limit: int) -> list[Claimed]:
    """Takes at most `limit` due messages for `worker` until the lease runs out, the longest due first.

    No two claims that overlap in time ever hold the same message. A message whose lease ran out is due again.
    """
    token = f"{worker}:{secrets.token_hex(6)}"
    due = _select_due(now, limit).cte("due")
    taken = connection.execute(
        update(outbox_message)
        .where(outbox_message.c.id.in_(select(due.c.id)))
        .values(leased_by=token, lease_until=now + lease)
        .returning(*outbox_message.c)
    ).all()
    receipts = _receipts_of(connection, [row.dedup_key for row in taken])
    rows = sorted(taken, key=lambda row: (row.due_at, row.id))  # RETURNING promises no order
    return [_claimed(row, token, receipts.get(row.dedup_key, frozenset())) for row in rows]


def settle(connection: Connection, claimed: Claimed, state: State, *, now: datetime) -> bool:
    """Ends the claim with the message in `state`; False, and nothing changed, if it is no longer ours."""
    return _end_claim(connection, claimed, state=state, settled_at=None if state is State.HELD else now)


def fail(connection: Connection, claimed: Claimed, *, retry_at: datetime, reason: str) -> bool:
    """Ends the claim with the message due again at `retry_at`; False if the claim is no longer ours."""
    return _end_claim(connection, claimed, due_at=retry_at, attempts=claimed.attempts + 1, last_error=reason)


def bury(connection: Connection, claimed: Claimed, *, reason: str, now: datetime) -> bool:
    """Ends the claim with the message dead for `reason`; False if the claim is no longer ours."""
    return _end_claim(
        connection,
        claimed,
        state=State.DEAD,
        attempts=claimed.attempts + 1,
        settled_at=now,
        last_error=reason,
    )


def release(connection: Connection, claimed: Claimed) -> bool:
    """Gives an untried message back at once; False if the claim is no longer ours."""
    return _end_claim(connection, claimed)


def withdraw(connection: Connection, prefixes: Iterable[str], *, now: datetime) -> int:
    """Keeps messages whose dedup keys begin so from being sent, and returns how many: what they tell no longer holds.

    One that somebody has been told, or that is being sent just now, is left as it is.
    """
    begun = [outbox_message.c.dedup_key.startswith(prefix, autoescape=True) for prefix in prefixes]
    if not begun:
        return 0
    waiting = outbox_message.c.state.in_((State.PENDING, State.HELD))
    free = or_(outbox_message.c.lease_until.is_(None), outbox_message.c.lease_until <= now)
    statement = update(outbox_message).where(waiting, free, or_(*begun))
    return connection.execute(statement.values(state=State.SKIPPED, settled_at=now)).rowcount


def record_receipts(connection: Connection, dedup_keys: Iterable[str], *, channel: str, now: datetime) -> None:
    """Remembers that these messages have left through `channel`; knowing it already is no error."""
    rows = [{"dedup_key": key, "channel": channel, "sent_at": now} for key in dedup_keys]
    if rows:
        connection.execute(_CREATE_RECEIPT[connection.dialect.name], rows)


def counts(connection: Connection) -> OutboxCounts:
    """Counts messages by state over all regions."""
    by_state = {
        row.state: row.n
        for row in connection.execute(
            select(outbox_message.c.state, func.count().label("n")).group_by(outbox_message.c.state)
        )
    }
    oldest = connection.execute(
        select(func.min(outbox_message.c.due_at)).where(outbox_message.c.state == State.PENDING)
    ).scalar_one()
    # A try that failed makes a message due later, so that it never looks late: a server that is down shows here.
    failing = connection.execute(
        select(func.count()).where(outbox_message.c.state == State.PENDING, outbox_message.c.attempts >= FAILS_OFTEN)
    ).scalar_one()
    return OutboxCounts(**by_state, oldest_due_at=oldest, failing=failing)


def dead(connection: Connection, region: str | None = None) -> list[DeadLetter]:
    """Lists the messages that were given up, newest first; of one region, or of all."""
    query = select(outbox_message).where(outbox_message.c.state == State.DEAD)
    if region is not None:
        query = query.where(outbox_message.c.region == region)
    rows = connection.execute(query.order_by(outbox_message.c.settled_at.desc(), outbox_message.c.id.desc()))
    return [_dead_letter(row) for row in rows]


def _row_of(message: Message, now: datetime) -> dict[str, object]:
    check_values(message.kind, message.values)
    due_at = now if message.not_before is None else max(now, message.not_before)
    return {
        "dedup_key": message.dedup_key,
        "recipient": message.recipient,
        "region": message.region,
        "kind": message.kind.value,
        "urgency": message.urgency.value,
        "values": message.values,
        "state": State.PENDING.value,
        "attempts": 0,
        "due_at": due_at,
        "created_at": now,
    }


def _select_due(now: datetime, limit: int) -> Select[tuple[int]]:
    # SKIP LOCKED lets two workers on PostgreSQL take different rows at once. SQLite has one writer at a time
    # and leaves the clause out. In a CTE it is evaluated once, so the limit holds.
    free = or_(outbox_message.c.lease_until.is_(None), outbox_message.c.lease_until <= now)
    return (
        select(outbox_message.c.id)
        .where(and_(outbox_message.c.state == State.PENDING, outbox_message.c.due_at <= now, free))
        .order_by(outbox_message.c.due_at, outbox_message.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )


def _receipts_of(connection: Connection, dedup_keys: Sequence[str]) -> Mapping[str, frozenset[str]]:
    known: dict[str, set[str]] = {}
    query = select(delivery_receipt.c.dedup_key, delivery_receipt.c.channel)
    for row in connection.execute(query.where(delivery_receipt.c.dedup_key.in_(dedup_keys))):
        known.setdefault(row.dedup_key, set()).add(row.channel)
    return {key: frozenset(channels) for key, channels in known.items()}


def _claimed(row: Row[tuple[object, ...]], token: str, receipts: frozenset[str]) -> Claimed:
    return Claimed(
        message_id=row.id,
        token=token,
        message=Message(
            kind=MessageKind(row.kind),
            recipient=row.recipient,
            region=row.region,
            dedup_key=row.dedup_key,
            values=row._mapping["values"],  # noqa: SLF001  # Row.values is a method; _mapping is public by its documentation
            urgency=Urgency(row.urgency),
        ),
        attempts=row.attempts,
        created_at=row.created_at,
        receipts=receipts,
    )


def _end_claim(connection: Connection, claimed: Claimed, **changes: object) -> bool:
    # The token is the fence: whoever slept past the lease finds another token, or none, and changes nothing.
    statement: Update = (
        update(outbox_message)
        .where(outbox_message.c.id == claimed.message_id, outbox_message.c.leased_by == claimed.token)
        .values(leased_by=None, lease_until=None, **changes)
    )
    return connection.execute(statement).rowcount == 1


def _dead_letter(row: Row[tuple[object, ...]]) -> DeadLetter:
    values: Mapping[str, JsonValue] = row._mapping["values"]  # noqa: SLF001  # see _claimed
    return DeadLetter(
        message_id=row.id,
        dedup_key=row.dedup_key,
        recipient=row.recipient,
        region=row.region,
        kind=MessageKind(row.kind),
        pathway=str(values.get("pathway", "")),
        reason=row.last_error,
        attempts=row.attempts,
        settled_at=row.settled_at,
    )


def try_again(connection: Connection, message_id: int, *, region: str, now: datetime) -> bool:
    """Puts a message of the region that was given up back among the waiting ones; says whether there was one."""
    columns = outbox_message.c
    there = (columns.id == message_id, columns.region == region, columns.state == State.DEAD)
    again = {"state": State.PENDING, "attempts": 0, "due_at": now, "settled_at": None, "last_error": None}
    return connection.execute(update(outbox_message).where(*there).values(**again)).rowcount == 1
