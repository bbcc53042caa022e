"""Whether a change is ready to begin, holds afterwards, and is worth a celebration: what people answer about it.

Answers to the hold check are kept one by one only while the check is open. When it closes they are counted and
deleted: what stands is how many answered, and median and spread per line.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from notifications.utc import UtcDateTime
from pathways.models.base import JSON_TYPE, CaseRow, enum_column, one_standing


class Ready(StrEnum):
    """What is said of one line of the readiness list."""

    YES = "yes"  # in place
    NO = "no"  # not in place; somebody by name sees to it, or stands for going on without
    NOT_NEEDED = "not_needed"  # does not concern this introduction


class Complexity(StrEnum):
    """How much a domain of the change is known beforehand."""

    SIMPLE = "simple"  # few parts, known from before
    COMPLICATED = "complicated"  # many parts that fit together, can be planned
    COMPLEX = "complex"  # changes while one works, cannot be foreseen


class HoldCheck(CaseRow, table=True):
    """Ten questions about whether the change holds: before celebration (`months` 0), and so many months after it.

    `results` has median, lowest and highest answer by line, only for lines that enough people answered; a check that
    was given up is closed and has none. `lowest` are the lines that became tasks, with
    the tasks' refs.
    """

    __tablename__ = "hold_check"

    months: int
    opened_on: date
    due_on: date
    closed_on: date | None = None
    answers: int | None = None
    results: list[dict[str, object]] | None = Field(default=None, sa_column=Column(JSON_TYPE, nullable=True))
    lowest: list[dict[str, str]] | None = Field(default=None, sa_column=Column(JSON_TYPE, nullable=True))


class HoldInvitation(CaseRow, table=True):
    """That a person was asked in a check, by which task, and when an answer came. Never what was answered."""

    __tablename__ = "hold_invitation"
    __table_args__ = (one_standing("uq_hold_invitation", "introduction_id", "check_ref", "person_id"),)

    check_ref: str = Field(max_length=24)
    person_id: int = Field(foreign_key="person.id")
    task_ref: str = Field(max_length=24)
    answered_on: date | None = None


class HoldAnswer(SQLModel, table=True):
    """One invited person's answers while the check is open; no part of any log, and gone when the check closes."""

    __tablename__ = "hold_answer"

    introduction_id: int = Field(primary_key=True, foreign_key="introduction.id")
    invitation_ref: str = Field(primary_key=True, max_length=24)
    check_ref: str = Field(max_length=24)
    levels: dict[str, int | None] = Field(sa_column=Column(JSON_TYPE, nullable=False))


class ReadinessLine(CaseRow, table=True):
    """One line of the list of what should be in place before the change begins."""

    __tablename__ = "readiness_line"
    __table_args__ = (one_standing("uq_readiness_line", "introduction_id", "line"),)
    TEXTS: ClassVar[frozenset[str]] = frozenset({"note"})

    line: str = Field(max_length=40)
    answer: Ready = Field(sa_column=enum_column(Ready))
    owner_id: int | None = Field(default=None, foreign_key="person.id")
    due_on: date | None = None
    note: str | None = None
    answered_on: date
    answered_by: int | None = Field(default=None, foreign_key="person.id")


class ComplexityAnswer(CaseRow, table=True):
    """How one domain of the change looks to the management group when it ranks."""

    __tablename__ = "complexity_answer"
    __table_args__ = (one_standing("uq_complexity_answer", "introduction_id", "domain"),)
    TEXTS: ClassVar[frozenset[str]] = frozenset({"note"})

    domain: str = Field(max_length=40)
    level: Complexity = Field(sa_column=enum_column(Complexity))
    note: str | None = None
    answered_on: date
    answered_by: int | None = Field(default=None, foreign_key="person.id")


class EvaluationLine(CaseRow, table=True):
    """What people say of one of the evaluation's five lines, beside the figures that the product knows."""

    __tablename__ = "evaluation_line"
    __table_args__ = (one_standing("uq_evaluation_line", "introduction_id", "line"),)
    TEXTS: ClassVar[frozenset[str]] = frozenset({"body"})

    line: str = Field(max_length=40)
    body: str | None = None
    written_on: date
    written_by: int | None = Field(default=None, foreign_key="person.id")


class Lesson(CaseRow, table=True):
    """What an introduction learned about a kind of gap, for the next pathway that meets the same.

    `hinders` and `causes` are the gap analysis's own words for what a gap comes of; `step` is the heading of the step
    it was about, empty where it holds for any.
    """

    TEXTS: ClassVar[frozenset[str]] = frozenset({"body"})

    region_id: int = Field(foreign_key="region.id", index=True)
    body: str | None = None
    hinders: list[str] = Field(default_factory=list, sa_column=Column(JSON_TYPE, nullable=False))
    causes: list[str] = Field(default_factory=list, sa_column=Column(JSON_TYPE, nullable=False))
    step: str = Field(default="", max_length=200)
    written_on: date
    written_by: int | None = Field(default=None, foreign_key="person.id")


class Award(SQLModel, table=True):
    """Årets implementation of one region and year: until when one may nominate, and what the jury published."""

    __table_args__ = (UniqueConstraint("region_id", "year"),)

    id: int | None = Field(default=None, primary_key=True)
    region_id: int = Field(foreign_key="region.id")
    year: int
    nominate_until: date
    winner_id: int | None = None
    motive: str | None = None
    published_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime, nullable=True))
    published_by: int | None = Field(default=None, foreign_key="person.id")


class AwardJuror(SQLModel, table=True):
    """That a person sits in the jury of a year."""

    __tablename__ = "award_juror"

    award_id: int = Field(primary_key=True, foreign_key="award.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id")


class Nomination(SQLModel, table=True):
    """A celebrated introduction that is put forward, perhaps for one unit's part in it. Never a person."""

    __table_args__ = (UniqueConstraint("award_id", "introduction_id", "unit_id"),)

    id: int | None = Field(default=None, primary_key=True)
    award_id: int = Field(foreign_key="award.id", index=True)
    introduction_id: int = Field(foreign_key="introduction.id")
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    motive: str
    nominated_by: int | None = Field(default=None, foreign_key="person.id")
    nominated_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class JuryVote(SQLModel, table=True):
    """One juror's vote, with a motive; it may be changed until the result is published."""

    __tablename__ = "jury_vote"

    award_id: int = Field(primary_key=True, foreign_key="award.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id")
    nomination_id: int = Field(foreign_key="nomination.id")
    motive: str
    voted_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
