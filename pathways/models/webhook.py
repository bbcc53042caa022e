"""Programs elsewhere that want to be told of events, and how far each has been told."""

from datetime import datetime

from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from notifications.utc import UtcDateTime
from pathways.models.base import JSON_TYPE


class Webhook(SQLModel, table=True):
    """An address that events are posted to, in order. `cursor` is the last one it has taken.

    `next_try_at` is the claim too: whoever moves it first posts. The secret that signs follows from the
    installation's own and stands nowhere.
    """

    id: int | None = Field(default=None, primary_key=True)
    region_id: int = Field(foreign_key="region.id", index=True)
    name: str = Field(max_length=100)
    url: str = Field(max_length=500)
    commands: list[str] = Field(default_factory=list, sa_column=Column(JSON_TYPE, nullable=False))
    cursor: str = Field(default="", max_length=60)
    active: bool = True
    failures: int = 0
    made_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    next_try_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False, index=True))
    last_sent_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime, nullable=True))
    last_error: str | None = Field(default=None, max_length=200)
