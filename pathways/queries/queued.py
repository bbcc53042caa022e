"""How many messages one event put into the outbox, for the person who gave the command."""

from sqlalchemy import func, select

from notifications.tables import outbox_message
from pathways.storage.unit_of_work import UnitOfWork


def count_queued(work: UnitOfWork, *, region_code: str, introduction_id: int, seq: int) -> int:
    """Return the number of messages of an event: their keys begin with the introduction and the event's number."""
    query = select(func.count()).where(
        outbox_message.c.region == region_code,
        outbox_message.c.dedup_key.startswith(f"{introduction_id}:{seq}:", autoescape=True),
    )
    return int(work.value(query))
