"""The review of a learning loop: what was foretold, what was seen and decided, later notes, and the working paper."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from notifications.utc import UtcDateTime
from pathways.models.base import JSON_TYPE, CaseRow, enum_column, one_standing

FIELD_KEY_LENGTH = 120
HAND_LENGTH = 40


class Expected(StrEnum):
    """Which way the team thinks that a measure will go."""

    HIGHER = "higher"  # it will rise
    LOWER = "lower"  # it will fall
    UNCHANGED = "unchanged"  # it will stay: a balancing measure


class Verdict(StrEnum):
    """What a review decided on one activity."""

    KEEP = "keep"  # goes on, perhaps on a larger scale
    ADJUST = "adjust"  # goes on in another way
    STOP = "stop"  # is given up
    EXTEND = "extend"  # is tested longer, since the data cannot tell


class AskedFor(StrEnum):
    """What a review asks of the management group."""

    NOTHING = "none"  # nothing
    INFORMATION = "information"  # to know
    DECISION = "decision"  # to decide


class NoteKind(StrEnum):
    """What a note that came after the sign-off is."""

    NOTE = "note"  # something to add
    ANSWER = "answer"  # what the management group said to the review's question


class Prediction(CaseRow, table=True):
    """What the team expects of an activity by the review of loop `loop`.

    `is_late` marks one that was written when the loop was open, or when values of its time had come: it foretells
    nothing, and is kept because the theory is needed all the same.
    """

    __table_args__ = (one_standing("uq_prediction", "introduction_id", "loop", "activity_ref"),)
    TEXTS: ClassVar[frozenset[str]] = frozenset({"theory", "measure", "size"})

    loop: int
    activity_ref: str = Field(max_length=24)
    theory: str | None = None
    measure: str | None = None
    direction: Expected = Field(sa_column=enum_column(Expected))
    size: str | None = None
    by_on: date | None = None
    written_on: date
    written_by: int | None = Field(default=None, foreign_key="person.id")
    is_late: bool = False


class Review(CaseRow, table=True):
    """A signed review of one loop; nothing in it is changed, later notes stand beside it.

    `checks` holds what the record lacked in good practice on that day, by the name of each check.
    """

    __table_args__ = (one_standing("uq_review", "introduction_id", "loop"),)
    TEXTS: ClassVar[frozenset[str]] = frozenset(
        {"closing_why", "risks", "help_wanted", "question", "celebrate", "summary"}
    )

    loop: int
    held_on: date
    data_until: date | None = None
    led_by: str | None = Field(default=None, max_length=40)
    present: list[str] = Field(default_factory=list, sa_column=Column(JSON_TYPE, nullable=False))
    closing: str | None = Field(default=None, max_length=20)
    closing_why: str | None = None
    risks: str | None = None
    help_wanted: str | None = None
    asked_for: AskedFor = Field(default=AskedFor.NOTHING, sa_column=enum_column(AskedFor))
    question: str | None = None
    celebrate: str | None = None
    decision: str = Field(max_length=20)
    summary: str | None = None
    minutes: int | None = None
    manager_informed: bool = False
    checks: dict[str, bool | None] = Field(default_factory=dict, sa_column=Column(JSON_TYPE, nullable=False))
    signed_on: date
    signed_by: int | None = Field(default=None, foreign_key="person.id")


class ReviewActivity(CaseRow, table=True):
    """What a signed review says of one activity under test, and the activity's title and state on that day.

    `hints` are those that were shown.
    """

    __tablename__ = "review_activity"
    __table_args__ = (one_standing("uq_review_activity", "introduction_id", "loop", "activity_ref"),)
    TEXTS: ClassVar[frozenset[str]] = frozenset(
        {
            *("title", "reach", "changed", "worse_how", "voice_patients", "voice_staff", "learned", "why", "change"),
            "share",
        }
    )

    loop: int
    activity_ref: str = Field(max_length=24)
    title: str | None = None
    state: str = Field(max_length=20)
    scale: str | None = Field(default=None, max_length=20)
    next_scale: str | None = Field(default=None, max_length=20)
    done: str | None = Field(default=None, max_length=20)
    reach: str | None = None
    changed: str | None = None
    worse: str | None = Field(default=None, max_length=20)
    worse_how: str | None = None
    voice_patients: str | None = None
    voice_staff: str | None = None
    compared: str | None = Field(default=None, max_length=20)
    learned: str | None = None
    decision: Verdict = Field(sa_column=enum_column(Verdict))
    why: str | None = None
    change: str | None = None
    owner_id: int | None = Field(default=None, foreign_key="person.id")
    due_on: date | None = None
    share: str | None = None
    hints: list[str] = Field(default_factory=list, sa_column=Column(JSON_TYPE, nullable=False))


class ReviewIndicator(CaseRow, table=True):
    """One indicator as a signed review saw it: points, lines, settings and signals of that day, and what was said."""

    __tablename__ = "review_indicator"
    __table_args__ = (one_standing("uq_review_indicator", "introduction_id", "loop", "indicator", "unit_id"),)
    TEXTS: ClassVar[frozenset[str]] = frozenset({"explanation", "quality", "equal_care", "reset_why"})

    loop: int
    indicator: str = Field(max_length=24)
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    snapshot: dict[str, object] = Field(sa_column=Column(JSON_TYPE, nullable=False))
    explained: str | None = Field(default=None, max_length=20)
    explanation: str | None = None
    quality: str | None = None
    equal_care: str | None = None
    reset: str | None = Field(default=None, max_length=20)
    reset_why: str | None = None


class ReviewNote(CaseRow, table=True):
    """Something that was added to a review after it was signed."""

    __tablename__ = "review_note"
    TEXTS: ClassVar[frozenset[str]] = frozenset({"body"})

    loop: int
    kind: NoteKind = Field(default=NoteKind.NOTE, sa_column=enum_column(NoteKind))
    body: str | None = None
    written_on: date
    written_by: int | None = Field(default=None, foreign_key="person.id")


class ReviewField(SQLModel, table=True):
    """One answer on the working paper of a review that is not signed; each answer has a version of its own.

    Several people write at once: whoever saves names the version that they saw, and nobody overwrites a newer one.
    `hand` is the open page that wrote it: a page never stands in its own way.
    """

    __tablename__ = "review_field"

    introduction_id: int = Field(primary_key=True, foreign_key="introduction.id")
    loop: int = Field(primary_key=True)
    key: str = Field(primary_key=True, max_length=FIELD_KEY_LENGTH)
    region_id: int = Field(foreign_key="region.id", index=True)
    text: str
    version: int
    hand: str = Field(default="", max_length=HAND_LENGTH)
    written_by: int = Field(foreign_key="person.id")
    written_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
