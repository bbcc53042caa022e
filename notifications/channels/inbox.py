"""The inbox inside the product: every message as a row, shown to its person once per dedup key.

It is a channel like the others and the only one that a person always has. Pages read it with `list_for`.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select, true, update
from sqlalchemy.dialects import postgresql, sqlite

from notifications.channels.base import Recipient, Rendered
from notifications.tables import inbox_item

_CREATE = {
    "sqlite": sqlite.insert(inbox_item).on_conflict_do_nothing(index_elements=["dedup_key"]),
    "postgresql": postgresql.insert(inbox_item).on_conflict_do_nothing(index_elements=["dedup_key"]),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxItem:
    """One message in a person's inbox."""

    item_id: int
    dedup_key: str
    kind: str
    region: str
    subject: str
    body: str
    link: str
    created_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A message on its way into an inbox."""

    recipient: Recipient
    rendered: Rendered
    key: str


@dataclass(frozen=True, slots=True)
class InboxChannel:
    """Puts messages into inboxes, in transactions of its own. A key that is there already is left as it is."""

    transaction: Callable[[], AbstractContextManager[Connection]]
    name: str = "inbox"

    def send(self, recipient: Recipient, rendered: Rendered, *, key: str, now: datetime) -> None:
        """Puts one message into one inbox."""
        self.send_all([Entry(recipient, rendered, key)], now=now)

    def send_all(self, entries: Sequence[Entry], *, now: datetime) -> None:
        """Puts many messages into inboxes in one transaction: a digest of a hundred costs one disk write."""
        if not entries:
            return
        with self.transaction() as connection:
            connection.execute(_CREATE[connection.dialect.name], [_row_of(entry, now) for entry in entries])


def list_for(connection: Connection, person_id: str, *, limit: int = 50, before: int | None = None) -> list[InboxItem]:
    """Lists a person's messages, newest first; those that came before the message `before`, where one is given."""
    earlier = inbox_item.c.id < before if before is not None else true()
    query = (
        select(inbox_item)
        .where(inbox_item.c.recipient == person_id, earlier)
        .order_by(inbox_item.c.created_at.desc(), inbox_item.c.id.desc())
        .limit(limit)
    )
    return [
        InboxItem(
            item_id=row.id,
            dedup_key=row.dedup_key,
            kind=row.kind,
            region=row.region,
            subject=row.subject,
            body=row.body,
            link=row.link,
            created_at=row.created_at,
            read_at=row.read_at,
        )
        for row in connection.execute(query)
    ]


def count_unread(connection: Connection, person_id: str) -> int:
    """Counts what a person has not read yet."""
    unread = (inbox_item.c.recipient == person_id) & inbox_item.c.read_at.is_(None)
    return connection.execute(select(func.count()).select_from(inbox_item).where(unread)).scalar_one()


def mark_read(connection: Connection, person_id: str, item_id: int, *, now: datetime) -> bool:
    """Marks one of the person's own messages as read; False if it is not theirs or was read before."""
    statement = (
        update(inbox_item)
        .where(
            inbox_item.c.id == item_id,
            inbox_item.c.recipient == person_id,
            inbox_item.c.read_at.is_(None),
        )
        .values(read_at=now)
    )
    return connection.execute(statement).rowcount == 1


def mark_all_read(connection: Connection, person_id: str, *, now: datetime) -> int:
    """Marks all of a person's messages as read and returns how many were new."""
    unread = (inbox_item.c.recipient == person_id) & inbox_item.c.read_at.is_(None)
    return connection.execute(update(inbox_item).where(unread).values(read_at=now)).rowcount


def _row_of(entry: Entry, now: datetime) -> dict[str, object]:
    return {
        "dedup_key": entry.key,
        "recipient": entry.recipient.person_id,
        "region": entry.recipient.region,
        "kind": entry.rendered.kind,
        "subject": entry.rendered.subject,
        "body": entry.rendered.text,
        "link": entry.rendered.link,
        "created_at": now,
    }
