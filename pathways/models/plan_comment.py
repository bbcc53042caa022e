"""What units say of the draft plan: who was asked in which round, each view, and how it was handled."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import Column, Integer, text
from sqlmodel import Field

from pathways.models.base import CaseRow, enum_column, one_standing


class CommentState(StrEnum):
    """Where a unit's views stand."""

    WAITING = "waiting"  # asked, has said nothing yet
    ANSWERED = "answered"  # has said what it thinks, or that it has no views


class Handling(StrEnum):
    """What became of a view."""

    TAKEN_IN = "taken_in"  # the plan was changed as the unit wished
    PARTLY = "partly"  # the plan was changed, but not all the way
    NOT_TAKEN = "not_taken"  # the plan stands; the answer says why


class CommentInvitation(CaseRow, table=True):
    """That a unit was asked for its views in a round."""

    __tablename__ = "comment_invitation"
    __table_args__ = (one_standing("uq_comment_invitation", "introduction_id", "round_ref", "unit_id"),)

    round_ref: str = Field(max_length=24)
    unit_id: int = Field(foreign_key="unit.id")
    state: CommentState = Field(default=CommentState.WAITING, sa_column=enum_column(CommentState))
    answered_on: date | None = None
    answered_by: int | None = Field(default=None, foreign_key="person.id")
    reminded_on: date | None = None
    reminders: int = Field(default=0, sa_column=Column(Integer, nullable=False, server_default=text("0")))


class PlanComment(CaseRow, table=True):
    """A unit's view of one activity, or of the plan as a whole where `activity_ref` is empty; and what became of it."""

    __tablename__ = "plan_comment"
    __table_args__ = (one_standing("uq_plan_comment", "introduction_id", "round_ref", "unit_id", "activity_ref"),)
    TEXTS: ClassVar[frozenset[str]] = frozenset({"body", "answer"})

    round_ref: str = Field(max_length=24)
    unit_id: int = Field(foreign_key="unit.id")
    activity_ref: str = Field(default="", max_length=24)
    body: str | None = None
    written_on: date
    written_by: int | None = Field(default=None, foreign_key="person.id")
    handling: Handling | None = Field(default=None, sa_column=enum_column(Handling, nullable=True))
    answer: str | None = None
    answered_on: date | None = None
    answered_by: int | None = Field(default=None, foreign_key="person.id")
