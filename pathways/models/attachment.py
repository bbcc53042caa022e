"""Files and links that belong to a task, and the bytes of the files.

The log keeps who attached what and the digest of its bytes. The bytes stand apart, once per region and content, so
that a file with something in it that must not be there can be destroyed without breaking the log.
"""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import Column, Index, LargeBinary
from sqlmodel import Field, SQLModel

from notifications.utc import UtcDateTime
from pathways.models.base import CaseRow, enum_column

DIGEST_LENGTH = 64


class AttachmentKind(StrEnum):
    """What is attached."""

    FILE = "file"  # its bytes are kept here
    LINK = "link"  # only the address is kept


class Attachment(CaseRow, table=True):
    """A file or a link on a task. A removed one stays as a row that says who removed it; its bytes are gone."""

    __table_args__ = (
        Index("ix_attachment_task", "introduction_id", "task_ref"),
        Index("ix_attachment_file", "region_id", "sha256"),
    )
    TEXTS: ClassVar[frozenset[str]] = frozenset({"name", "link"})

    region_id: int = Field(foreign_key="region.id")
    task_ref: str = Field(max_length=24)
    kind: AttachmentKind = Field(sa_column=enum_column(AttachmentKind))
    name: str | None = None
    link: str | None = None
    media_type: str | None = Field(default=None, max_length=100)
    size: int | None = None
    sha256: str | None = Field(default=None, max_length=DIGEST_LENGTH)
    added_by: int | None = Field(default=None, foreign_key="person.id")
    added_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    removed_by: int | None = Field(default=None, foreign_key="person.id")
    removed_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime, nullable=True))


class StoredFile(SQLModel, table=True):
    """The bytes of a file, kept once for each region that has it."""

    __tablename__ = "stored_file"

    region_id: int = Field(primary_key=True, foreign_key="region.id")
    sha256: str = Field(primary_key=True, max_length=DIGEST_LENGTH)
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    stored_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
