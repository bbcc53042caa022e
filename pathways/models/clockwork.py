"""What the clockwork leaves behind so that its silence can be seen."""

from datetime import datetime

from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from notifications.utc import UtcDateTime


class Heartbeat(SQLModel, table=True):
    """When a piece of clockwork last finished, by the clock it was told."""

    kind: str = Field(primary_key=True, max_length=40)
    finished_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    note: str = ""
