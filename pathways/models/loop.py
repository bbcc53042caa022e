"""Learning loops, celebration and follow-ups."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import Column
from sqlmodel import Field

from pathways.models.base import JSON_TYPE, CaseRow, enum_column, one_standing


class LoopState(StrEnum):
    """Where a learning loop stands."""

    OPEN = "open"  # opened, not yet held
    HELD = "held"  # held, with a decision
    SKIPPED = "skipped"  # its time passed in a pause or an adjustment; the summary says so


class LearningLoop(CaseRow, table=True):
    """Learning loop `number`: due at the anchor plus `number` intervals."""

    __tablename__ = "learning_loop"
    __table_args__ = (one_standing("uq_learning_loop", "introduction_id", "number"),)
    TEXTS: ClassVar[frozenset[str]] = frozenset({"summary"})

    number: int
    due_on: date
    opened_on: date
    held_on: date | None = None
    state: LoopState = Field(sa_column=enum_column(LoopState))
    decision: str | None = Field(default=None, max_length=20)
    attendees: list[str] = Field(default_factory=list, sa_column=Column(JSON_TYPE, nullable=False))
    summary: str | None = None
    hold_check_done: bool = False
    indicators_secured: bool = False


class Celebration(CaseRow, table=True):
    """The evaluation, the day it was celebrated, who in the line received the new way, and the words of thanks."""

    TEXTS: ClassVar[frozenset[str]] = frozenset({"evaluation", "thanks"})

    evaluation: str | None = None
    held_on: date | None = None
    receiver_id: int | None = Field(default=None, foreign_key="person.id")
    thanks: str | None = None
    thanked_on: date | None = None


class FollowUp(CaseRow, table=True):
    """A look at the chart and the hold check some months after celebration: does the change hold?"""

    __tablename__ = "follow_up"
    TEXTS: ClassVar[frozenset[str]] = frozenset({"note"})

    round: int  # the event that finished: a case that slips and is reopened gets new follow-ups
    months: int
    due_on: date
    recorded_on: date | None = None
    hold_check_done: bool = False
    holds: bool | None = None
    note: str | None = None
