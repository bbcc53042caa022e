"""What was changed about the region itself: people, units, roles, meetings, closing days. Kept for ever, row by row."""

from datetime import datetime

from sqlalchemy import Column, Index
from sqlmodel import Field, SQLModel

from notifications.utc import UtcDateTime
from pathways.models.base import JSON_TYPE


class RegionEvent(SQLModel, table=True):
    """One change by an administrator. `subject` is a slug; `values` never holds a name or an address."""

    __tablename__ = "region_event"
    __table_args__ = (Index("ix_region_event_of_region", "region_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    region_id: int = Field(foreign_key="region.id")
    at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    actor_id: int | None = Field(default=None, foreign_key="person.id")
    action: str = Field(max_length=40)
    subject: str = Field(max_length=90)
    values: dict[str, object] = Field(default_factory=dict, sa_column=Column(JSON_TYPE, nullable=False))
