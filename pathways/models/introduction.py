"""An introduction (införande): the case, its log, the texts the log points to, its people and its timers."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import Column, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from notifications.utc import UtcDateTime
from pathways.models.base import JSON_TYPE, CaseRow, enum_column
from pathways.profiles.vocabulary import Role


class PatientPerspective(StrEnum):
    """How the voice of patients and relatives is heard. Never who: a name beside a diagnosis is health data."""

    REPRESENTATIVE = "representative"  # a patient representative sits in the working group
    INTERVIEWS = "interviews"  # patients are interviewed
    SURVEY = "survey"  # a survey or register data is used
    PATIENT_BOARD = "patient_board"  # a patients' council or the patient board is asked


OPEN_ONLY = text("standing in ('active', 'paused')")


class Introduction(SQLModel, table=True):
    """One region's introduction of one national pathway: its present state. The log says how it came there."""

    __table_args__ = (
        UniqueConstraint("region_id", "pathway_id", "number"),
        Index(
            "uq_introduction_open",
            "region_id",
            "pathway_id",
            unique=True,
            sqlite_where=OPEN_ONLY,
            postgresql_where=OPEN_ONLY,
        ),
        Index("ix_introduction_board", "region_id", "standing", "phase", "phase_since_at"),
        Index("ix_introduction_slug", "region_id", "slug", "number"),
        # Holds what the matrix of an earlier moment asks for: who has changed phase since. One in ten, not the table.
        Index("ix_introduction_since", "phase_since_at", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    region_id: int = Field(foreign_key="region.id")
    pathway_id: int = Field(foreign_key="pathway.id", index=True)
    slug: str = Field(max_length=90)
    number: int
    chart: str = Field(max_length=40)
    configuration: list[str] = Field(sa_column=Column(JSON_TYPE, nullable=False))
    history: dict[str, list[str]] = Field(sa_column=Column(JSON_TYPE, nullable=False))
    phase: str = Field(max_length=40)
    place: str = Field(max_length=40)
    standing: str = Field(max_length=10)
    phase_since_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    version: int
    head_hash: str = Field(max_length=64)
    last_event_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    previous_id: int | None = Field(default=None, foreign_key="introduction.id")
    analysed_version_id: int | None = Field(default=None, foreign_key="pathway_version.id")
    adopted_version_id: int | None = Field(default=None, foreign_key="pathway_version.id")
    patient_perspective: PatientPerspective | None = Field(
        default=None, sa_column=enum_column(PatientPerspective, nullable=True)
    )
    informed_on: date | None = None
    anchor_on: date | None = None
    return_on: date | None = None
    plan_revised_on: date | None = None


# The columns of an introduction that use cases set; the rest follow from the event itself.
OWN_COLUMNS = frozenset(
    {
        "analysed_version_id",
        "adopted_version_id",
        "patient_perspective",
        "informed_on",
        "anchor_on",
        "return_on",
        "plan_revised_on",
    }
)


MAY_MOVE = (
    "start",
    "start_gap_analysis",
    "propose_plan",
    "decide",
    "open_loop",
    "hold_loop",
    "sign_review",
    "skip_loop",
    "adopt_adjusted_plan",
    "finish",
    "record_follow_up",
    "reopen",
    "approve_nationally",
    "adopt_revision",
    "reinstate",
    "pause",
    "resume",
    "stop",
    "correct",
    "migrate",
)
"""The commands that may lead to another phase or standing; besides, any may close a case (a test asks the chart)."""


def moved(table: str = "") -> str:
    """Return the condition of the few events that may have moved an introduction, as the index has it.

    A query must write it out in the same words, with nothing bound, for a database to use the index.
    """
    of = f"{table}." if table else ""
    commands = ", ".join(f"'{command}'" for command in MAY_MOVE)
    return f"({of}command in ({commands}) or {of}standing = 'closed')"


class Event(SQLModel, table=True):
    """One accepted command, for ever. `payload` holds ids, figures and digests of texts, never personal data."""

    __table_args__ = (
        # The few events in a hundred that may move an introduction, with all that is asked of them: which phase when.
        Index(
            "ix_event_moved",
            "introduction_id",
            "at",
            "seq",
            "phase",
            "standing",
            "command",
            sqlite_where=text(moved()),
            postgresql_where=text(moved()),
        ),
        # Holds all that is asked of an introduction's newest event before a moment: one jump each, no look at the row.
        Index("ix_event_at", "introduction_id", "at", "seq", "phase", "standing"),
        Index("ix_event_region", "region_id", "at"),
    )

    introduction_id: int = Field(primary_key=True, foreign_key="introduction.id")
    seq: int = Field(primary_key=True)
    region_id: int = Field(foreign_key="region.id")
    command: str = Field(max_length=40)
    command_id: str = Field(unique=True, max_length=80)
    actor_id: int | None = Field(default=None, foreign_key="person.id")
    on_behalf_id: int | None = Field(default=None, foreign_key="person.id")
    at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    reason: str | None = Field(default=None, max_length=64)
    payload: dict[str, object] = Field(sa_column=Column(JSON_TYPE, nullable=False))
    chart: str = Field(max_length=40)
    configuration: list[str] = Field(sa_column=Column(JSON_TYPE, nullable=False))
    history: dict[str, list[str]] = Field(sa_column=Column(JSON_TYPE, nullable=False))
    phase: str = Field(max_length=40)
    place: str = Field(max_length=40)
    standing: str = Field(max_length=10)
    profile_version: str = Field(max_length=40)
    prev_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64)


class LogText(SQLModel, table=True):
    """A free text that the log knows by digest. Erasing it takes the body and the salt; the digest stays."""

    __tablename__ = "log_text"

    introduction_id: int = Field(primary_key=True, foreign_key="introduction.id")
    digest: str = Field(primary_key=True, max_length=64)
    salt: bytes | None = Field(sa_column=Column(LargeBinary, nullable=True))
    body: str | None = None


class Appointment(CaseRow, table=True):
    """A role that a person (or, without a name, somebody) holds in one introduction."""

    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    role: Role = Field(sa_column=enum_column(Role))
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    since_on: date
    until_on: date | None = None


class TimerState(StrEnum):
    """Where a timer stands."""

    LIVE = "live"  # waits for its time
    FIRED = "fired"  # its command was carried out
    CANCELLED = "cancelled"  # no longer wanted
    REFUSED = "refused"  # its command was refused; the note says why
    SKIPPED = "skipped"  # its time passed while it could not be used


class TimerKind(StrEnum):
    """What a timer is for."""

    LEARNING_LOOP = "learning_loop"  # opens learning loop number `occurrence`
    LOOP_OVERDUE = "loop_overdue"  # loop `occurrence` was opened but not held in time
    FOLLOW_UP = "follow_up"  # follow-up after `occurrence` months
    RETURN = "return"  # earliest date to come back from a pause
    DECISION = "decision"  # the day after the meeting that was to decide


class Timer(CaseRow, table=True):
    """Something to be done at a time: one live timer per introduction, kind and occurrence."""

    __table_args__ = (
        Index(
            "uq_timer_live",
            "introduction_id",
            "kind",
            "occurrence",
            unique=True,
            sqlite_where=text("state = 'live'"),
            postgresql_where=text("state = 'live'"),
        ),
        Index(
            "ix_timer_of_region",
            "region_id",
            "due_at",
            "introduction_id",
            "ref",
            sqlite_where=text("state = 'live'"),
            postgresql_where=text("state = 'live'"),
        ),
        Index("ix_timer_due", "due_at", sqlite_where=text("state = 'live'"), postgresql_where=text("state = 'live'")),
    )
    TEXTS: ClassVar[frozenset[str]] = frozenset({"note"})
    CLOCKWORK: ClassVar[frozenset[str]] = frozenset({"attempt"})

    region_id: int = Field(foreign_key="region.id")
    kind: TimerKind = Field(sa_column=enum_column(TimerKind))
    occurrence: int
    due_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    policy: str = Field(default="once", max_length=20)
    state: TimerState = Field(default=TimerState.LIVE, sa_column=enum_column(TimerState))
    settled_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime, nullable=True))
    note: str | None = None
    attempt: int = 0
