"""The pack of a meeting: what the body was shown, frozen for ever with its hash."""

from datetime import datetime

from sqlalchemy import Column, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from notifications.utc import UtcDateTime

DIGEST_LENGTH = 64


class Pack(SQLModel, table=True):
    """One frozen pack. `content` is its canonical JSON, text as it was hashed; a later one has the next number.

    Without `frozen_by` the clock froze it. No row is ever changed.
    """

    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    region_id: int = Field(foreign_key="region.id", index=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    number: int
    frozen_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    frozen_by: int | None = Field(default=None, foreign_key="person.id")
    content: str
    sha256: str = Field(max_length=DIGEST_LENGTH)


class PackFile(SQLModel, table=True):
    """A pack as a file, made once from its content and kept: the same bytes for whoever asks, whenever."""

    __tablename__ = "pack_file"

    pack_id: int = Field(primary_key=True, foreign_key="pack.id")
    kind: str = Field(primary_key=True, max_length=8)
    language: str = Field(primary_key=True, max_length=2)
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    sha256: str = Field(max_length=DIGEST_LENGTH)
