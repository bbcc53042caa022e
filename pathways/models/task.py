"""Tasks: what somebody is asked to do, by when, and what came of it."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import Column, Index, text
from sqlmodel import Field

from notifications.utc import UtcDateTime
from pathways.models.base import JSON_TYPE, CaseRow, enum_column
from pathways.profiles.vocabulary import Role


class TaskState(StrEnum):
    """Where a task stands."""

    OPEN = "open"  # somebody is asked to do it
    DONE = "done"  # done, with an outcome
    NOT_APPLICABLE = "not_applicable"  # need not be done here; the reason says why
    CANCELLED = "cancelled"  # the introduction went another way


class Task(CaseRow, table=True):
    """One task. `item` is the checklist item it came from, with the profile's titles; empty if a person made it."""

    __table_args__ = (
        Index(
            "ix_task_open",
            "assignee_id",
            "due_on",
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index(
            "ix_task_remind",
            "remind_at",
            sqlite_where=text("state = 'open' and remind_at is not null"),
            postgresql_where=text("state = 'open' and remind_at is not null"),
        ),
        Index(
            "ix_task_due",
            "region_id",
            "due_on",
            "introduction_id",
            "ref",
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index(
            "ix_task_settled",
            "settled_by",
            "settled_at",
            sqlite_where=text("settled_by is not null"),
            postgresql_where=text("settled_by is not null"),
        ),
        Index("ix_task_case", "introduction_id", "state", "due_on"),
    )
    TEXTS: ClassVar[frozenset[str]] = frozenset({"own_title", "outcome", "reason"})
    CLOCKWORK: ClassVar[frozenset[str]] = frozenset({"rung", "remind_at"})

    region_id: int = Field(foreign_key="region.id")
    item: str = Field(default="", max_length=60)
    belongs_to: str = Field(max_length=40)
    title_sv: str | None = None
    title_en: str | None = None
    own_title: str | None = None
    role: Role = Field(sa_column=enum_column(Role))
    assignee_id: int | None = Field(default=None, foreign_key="person.id")
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    due_on: date
    required_for: list[str] = Field(default_factory=list, sa_column=Column(JSON_TYPE, nullable=False))
    state: TaskState = Field(default=TaskState.OPEN, sa_column=enum_column(TaskState))
    made_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    settled_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime, nullable=True))
    settled_by: int | None = Field(default=None, foreign_key="person.id")
    outcome: str | None = None
    reason: str | None = None
    snoozes: int = 0
    rung: int = 0
    remind_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime, nullable=True))
