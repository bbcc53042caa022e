"""The rows of this package: what waits to be told, what has been told where, and each person's inbox.

They stand in `SQLModel.metadata`, so the product's migrations see them. The statements on them live in `outbox`,
`digest` and `channels.inbox`.
"""

from sqlalchemy import JSON, Column, Index, Integer, String, Table, Text, UniqueConstraint, text
from sqlmodel import SQLModel

from notifications.utc import UtcDateTime

outbox_message = Table(
    "outbox_message",
    SQLModel.metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("dedup_key", String(200), nullable=False),
    Column("recipient", String(64), nullable=False),
    Column("region", String(32), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("urgency", String(16), nullable=False),
    Column("values", JSON, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),  # tries that failed; a crash is not one
    Column("due_at", UtcDateTime, nullable=False),  # the next try
    Column("lease_until", UtcDateTime, nullable=True),
    Column("leased_by", String(100), nullable=True),  # worker and token, see outbox.claim
    Column("created_at", UtcDateTime, nullable=False),
    Column("settled_at", UtcDateTime, nullable=True),
    Column("last_error", Text, nullable=True),
    UniqueConstraint("dedup_key", name="uq_outbox_message_dedup_key"),
    Index("ix_outbox_message_state_due_at", "state", "due_at"),
    Index("ix_outbox_message_recipient", "recipient", "id"),
)

delivery_receipt = Table(
    "delivery_receipt",
    SQLModel.metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("dedup_key", String(200), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("sent_at", UtcDateTime, nullable=False),
    UniqueConstraint("dedup_key", "channel", name="uq_delivery_receipt_dedup_key_channel"),
)

inbox_item = Table(
    "inbox_item",
    SQLModel.metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("dedup_key", String(200), nullable=False),
    Column("recipient", String(64), nullable=False),
    Column("region", String(32), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("subject", String(300), nullable=False),
    Column("body", Text, nullable=False),
    Column("link", String(500), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("read_at", UtcDateTime, nullable=True),
    UniqueConstraint("dedup_key", name="uq_inbox_item_dedup_key"),
    Index("ix_inbox_item_recipient_created_at", "recipient", "created_at"),
    Index(
        "ix_inbox_item_unread",
        "recipient",
        sqlite_where=text("read_at is null"),
        postgresql_where=text("read_at is null"),
    ),
)
