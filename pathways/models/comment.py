"""What people write to each other about a task."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Column, Index
from sqlmodel import Field

from notifications.utc import UtcDateTime
from pathways.models.base import CaseRow


class TaskComment(CaseRow, table=True):
    """A comment on a task: who wrote it, when, and the words, which can be erased by law."""

    __tablename__ = "task_comment"
    __table_args__ = (Index("ix_task_comment_task", "introduction_id", "task_ref"),)
    TEXTS: ClassVar[frozenset[str]] = frozenset({"body"})

    task_ref: str = Field(max_length=24)
    body: str | None = None
    written_by: int | None = Field(default=None, foreign_key="person.id")
    written_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
