"""The weekly digest: what has been held for a person becomes one message, worst first.

`compose` is pure and chooses the lines; `collect_digests` finds what is held, puts one message per person in the
outbox and settles what it covers, all in the caller's transaction. The sentences are the template's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import Connection, select, update

from notifications.message import JsonValue, Message, MessageKind, Urgency
from notifications.outbox import State, put
from notifications.tables import outbox_message

_LATEST = "9999-12-31"  # sorts a line without a date after every line with one


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A message that waits for the digest. `values.severity` says how bad it is: 0 (default) is only news."""

    message_id: int
    recipient: str
    region: str
    kind: str
    values: dict[str, JsonValue]


@dataclass(frozen=True, slots=True)
class Digest:
    """The chosen lines, as values for the template, and how many were left out."""

    lines: list[dict[str, JsonValue]]
    more: int


def compose(held: Sequence[Held], *, max_lines: int) -> Digest:
    """Chooses at most `max_lines` lines: the gravest first, then the earliest due, then the oldest.

    A task that was spoken of several times gets one line, the gravest; of equals the newest.
    """
    newest_first = sorted(held, key=lambda one: -one.message_id)
    chosen: dict[object, Held] = {}
    for one in sorted(newest_first, key=_severity, reverse=True):
        chosen.setdefault(_subject_of(one), one)
    ranked = sorted(chosen.values(), key=lambda one: (-_severity(one), _due_on(one), one.message_id))
    lines: list[dict[str, JsonValue]] = [{**one.values, "kind": one.kind} for one in ranked[:max_lines]]
    return Digest(lines=lines, more=max(0, len(ranked) - max_lines))


def collect_digests(connection: Connection, *, now: datetime, week: str, max_lines: int = 12, link: str = "/") -> int:
    """Puts one digest per person who has something held, and returns how many.

    `week` is like "2026-W49"; `link` is the page where a person sees all of theirs.

    A second call in the same week adds nothing, and what was held meanwhile waits for the next week.
    """
    made = 0
    for (region, recipient), group in groupby(_list_held(connection), key=lambda one: (one.region, one.recipient)):
        held = list(group)
        message = _digest_message(recipient, region, week=week, link=link, digest=compose(held, max_lines=max_lines))
        if put(connection, [message], now=now) == 1:
            _settle_held(connection, [one.message_id for one in held], now)
            made += 1
    return made


def _digest_message(recipient: str, region: str, *, week: str, link: str, digest: Digest) -> Message:
    return Message(
        kind=MessageKind.WEEKLY_DIGEST,
        recipient=recipient,
        region=region,
        dedup_key=f"digest:{region}:{recipient}:{week}",
        values={
            "week": week,
            "lines": digest.lines,
            "more": digest.more,
            "link": link,
            "why": "why.weekly_digest",
        },
        urgency=Urgency.AT_ONCE,
    )


def _list_held(connection: Connection) -> Iterable[Held]:
    columns = outbox_message.c
    query = (
        select(columns.id, columns.recipient, columns.region, columns.kind, columns["values"].label("held_values"))
        .where(columns.state == State.HELD)
        .order_by(columns.region, columns.recipient, columns.id)
    )
    for row in connection.execute(query).all():
        yield Held(
            message_id=row.id,
            recipient=row.recipient,
            region=row.region,
            kind=row.kind,
            values=row.held_values,
        )


def _settle_held(connection: Connection, message_ids: Sequence[int], now: datetime) -> None:
    connection.execute(
        update(outbox_message)
        .where(outbox_message.c.id.in_(message_ids), outbox_message.c.state == State.HELD)
        .values(state=State.SENT, settled_at=now)
    )


def _severity(held: Held) -> int:
    severity = held.values.get("severity")
    return severity if isinstance(severity, int) else 0


def _due_on(held: Held) -> str:
    for name in ("due_on", "hold_by", "hand_in_on", "meeting_on"):
        value = held.values.get(name)
        if isinstance(value, str):
            return value
    return _LATEST


def _subject_of(held: Held) -> object:
    if "task" in held.values:
        return ("task", str(held.values["task"]), str(held.values.get("link")))
    return held.message_id
