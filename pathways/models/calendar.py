"""Calendars that people subscribe to: their secrets, and the entries that all feeds are made of."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from notifications.utc import UtcDateTime
from pathways.models.base import JSON_TYPE, enum_column

DIGEST_LENGTH = 64


class FeedScope(StrEnum):
    """Whose dates a feed holds."""

    PERSONAL = "personal"  # one person's tasks, loops and meetings
    REGION = "region"  # meetings, loops and national windows of the whole region


class CalendarFeed(SQLModel, table=True):
    """An address that a calendar reads. Only the digest of its secret is kept; a revoked one answers no more."""

    __tablename__ = "calendar_feed"

    token_hash: str = Field(primary_key=True, max_length=DIGEST_LENGTH)
    region_id: int = Field(foreign_key="region.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    scope: FeedScope = Field(sa_column=enum_column(FeedScope))
    made_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    revoked_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime, nullable=True))


class CalendarEntry(SQLModel, table=True):
    """One date in calendars, kept up by the sweep. `uid` never changes; every change raises `sequence`.

    A cancelled entry stays, so that calendars take the date away. Words are ids of texts with values; the place of a
    meeting alone is as it was written.
    """

    __tablename__ = "calendar_entry"
    __table_args__ = (UniqueConstraint("region_id", "uid"),)

    id: int | None = Field(default=None, primary_key=True)
    region_id: int = Field(foreign_key="region.id", index=True)
    uid: str = Field(max_length=90)
    kind: str = Field(max_length=40)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    introduction_id: int | None = Field(default=None, foreign_key="introduction.id")
    on: date
    starts_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime, nullable=True))
    minutes: int | None = None
    values: dict[str, object] = Field(default_factory=dict, sa_column=Column(JSON_TYPE, nullable=False))
    sequence: int = 0
    changed_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    cancelled: bool = False
