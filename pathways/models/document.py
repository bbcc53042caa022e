"""Documents of the authority: their states from working paper to dispatched, and their files.

Law: TF 2 kap. (when a document becomes official), OSL 5 kap. (registration), the archive act.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Column, Index, LargeBinary
from sqlmodel import Field, SQLModel

from notifications.utc import UtcDateTime
from pathways.models.base import JSON_TYPE, enum_column
from pathways.profiles.vocabulary import DocumentKind

__all__ = ["Document", "DocumentFile", "DocumentKind", "DocumentState", "WordTemplate"]

DIGEST_LENGTH = 64


class DocumentState(StrEnum):
    """How far a document has come."""

    WORKING_PAPER = "working_paper"  # arbetsmaterial: made anew from the data until it is fixed
    FIXED = "fixed"  # fastställd: nothing changes any more
    DISPATCHED = "dispatched"  # expedierad


class Document(SQLModel, table=True):
    """One document. `content` is what was fixed, as canonical JSON with its hash; a working paper has none.

    A fixed document is never deleted or changed; a new one with the next `edition` takes its place. `about` tells
    documents of one kind apart: the unit of a letter, the occasion and year of a report.
    """

    __table_args__ = (Index("ix_document_of_introduction", "introduction_id"),)

    id: int | None = Field(default=None, primary_key=True)
    region_id: int = Field(foreign_key="region.id", index=True)
    kind: DocumentKind = Field(sa_column=enum_column(DocumentKind))
    introduction_id: int | None = Field(default=None, foreign_key="introduction.id")
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id")
    item_id: int | None = Field(default=None, foreign_key="agenda_item.id")
    about: str = Field(default="", max_length=120)
    edition: int = 1
    title: str = Field(max_length=300)
    state: DocumentState = Field(sa_column=enum_column(DocumentState))
    words: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON_TYPE, nullable=False))
    register_no: str | None = Field(default=None, max_length=40)
    process_class: str | None = Field(default=None, max_length=40)
    retention: str | None = Field(default=None, max_length=40)
    made_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    made_by: int | None = Field(default=None, foreign_key="person.id")
    fixed_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime, nullable=True))
    fixed_by: int | None = Field(default=None, foreign_key="person.id")
    dispatched_on: date | None = None
    dispatched_to: str | None = Field(default=None, max_length=200)
    content: str | None = None
    sha256: str | None = Field(default=None, max_length=DIGEST_LENGTH)


class DocumentFile(SQLModel, table=True):
    """A fixed document as a file, made once and kept: the same bytes for whoever asks, whenever."""

    __tablename__ = "document_file"

    document_id: int = Field(primary_key=True, foreign_key="document.id")
    kind: str = Field(primary_key=True, max_length=8)
    language: str = Field(primary_key=True, max_length=2)
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    sha256: str = Field(max_length=DIGEST_LENGTH)


class WordTemplate(SQLModel, table=True):
    """The region's own Word file that its documents are set in; the newest counts, an empty one is the product's."""

    __tablename__ = "word_template"

    id: int | None = Field(default=None, primary_key=True)
    region_id: int = Field(foreign_key="region.id", index=True)
    name: str = Field(max_length=200)
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    sha256: str = Field(max_length=DIGEST_LENGTH)
    added_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    added_by: int | None = Field(default=None, foreign_key="person.id")
