"""The gap analysis: which units were asked, what each answered step by step, and which pathways were asked together.

The level 0 to 3 is this product's own scale; "not applicable" and "don't know" are answers beside it, never numbers.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import Boolean, Column, Integer, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from notifications.utc import UtcDateTime
from pathways.models.base import JSON_TYPE, CaseRow, enum_column, one_standing, swedish_text


class InvitationState(StrEnum):
    """Where a unit's answer stands."""

    WAITING = "waiting"  # asked, has not answered every step
    ANSWERED = "answered"  # every step is answered
    EXCUSED = "excused"  # need not answer; the reason says why


class Verdict(StrEnum):
    """What kind of answer a step got."""

    LEVEL = "level"  # a gap level 0-3
    NOT_APPLICABLE = "not_applicable"  # ej aktuellt: the step does not concern the unit
    DONT_KNOW = "dont_know"  # vet ej: lack of data, a finding of its own


class PatientSource(StrEnum):
    """How a unit knows what patients and relatives think of a step. Never who."""

    INTERVIEWS = "interviews"  # patients or relatives were interviewed
    SURVEY = "survey"  # a survey or a register with patients' own measures
    REPRESENTATIVE = "representative"  # a patient representative took part
    PATIENT_BOARD = "patient_board"  # complaints and views from the patients' board
    NOT_COLLECTED = "not_collected"  # nobody has asked them


class Confidence(StrEnum):
    """How sure a unit is of its answer."""

    LOW = "low"  # a guess
    MEDIUM = "medium"  # several at the unit agree
    HIGH = "high"  # there are figures or a review behind it


class GapInvitation(CaseRow, table=True):
    """That a unit was asked to answer the gap analysis of one version.

    The answering unit's own words about who took part and what they leaned on stand here, once for all steps.
    `carried_from` is the version whose invitation this one continues.
    """

    __tablename__ = "gap_invitation"
    __table_args__ = (one_standing("uq_gap_invitation", "introduction_id", "version_id", "unit_id"),)
    TEXTS: ClassVar[frozenset[str]] = frozenset({"excuse", "respondent_role", "participants", "sources"})

    version_id: int = Field(foreign_key="pathway_version.id")
    unit_id: int = Field(foreign_key="unit.id")
    due_on: date
    state: InvitationState = Field(default=InvitationState.WAITING, sa_column=enum_column(InvitationState))
    excuse: str | None = None
    respondent_role: str | None = None
    participants: str | None = None
    sources: str | None = None
    reminded_on: date | None = None
    reminders: int = Field(default=0, sa_column=Column(Integer, nullable=False, server_default=text("0")))
    bundle_id: int | None = Field(default=None, foreign_key="gap_bundle.id")
    carried_from: int | None = Field(default=None, foreign_key="pathway_version.id")


class GapAnswer(CaseRow, table=True):
    """One unit's answer for one step: level 0 (no gap) to 3 (large), not applicable, or don't know.

    `cause` is the first of `causes`; answers from before there could be several have it alone. `hinders` says under
    which of five headings what hinders is found: the knowledge, the unit, the region, the people, the process.
    `changed_in` is the event that wrote the answer last, the one that made it where nothing is said. `carried_from` is
    the ref of the answer to an earlier version that this one repeats.
    """

    __tablename__ = "gap_answer"
    __table_args__ = (one_standing("uq_gap_answer", "introduction_id", "version_id", "unit_id", "step"),)
    TEXTS: ClassVar[frozenset[str]] = frozenset(
        {
            *("current_state", "patient_perspective", "evidence", "measure", "stop_doing"),
            *("indicator", "indicator_value", "indicator_period", "equity_note"),
        }
    )

    version_id: int = Field(foreign_key="pathway_version.id")
    unit_id: int = Field(foreign_key="unit.id")
    step: str = Field(max_length=20)
    verdict: Verdict = Field(sa_column=enum_column(Verdict))
    level: int | None = None
    cause: str | None = Field(default=None, max_length=40)
    causes: list[str] | None = Field(default=None, sa_column=Column(JSON_TYPE, nullable=True))
    hinders: list[str] | None = Field(default=None, sa_column=Column(JSON_TYPE, nullable=True))
    current_state: str | None = None
    patient_perspective: str | None = None
    patient_source: PatientSource | None = Field(default=None, sa_column=enum_column(PatientSource, nullable=True))
    evidence: str | None = None
    indicator: str | None = None
    indicator_value: str | None = None
    indicator_period: str | None = None
    equity_note: str | None = None
    measure: str | None = None
    stop_doing: str | None = None
    cost_estimate: int | None = None
    needs_regional_decision: bool | None = Field(default=None, sa_column=Column(Boolean, nullable=True))
    confidence: Confidence | None = Field(default=None, sa_column=enum_column(Confidence, nullable=True))
    answered_on: date
    answered_by: int | None = Field(default=None, foreign_key="person.id")
    changed_in: int | None = None
    carried_from: str | None = Field(default=None, max_length=24)


class GapBundle(SQLModel, table=True):
    """Several introductions whose gap analyses are made together (samlat införande): a unit is asked once for all."""

    __tablename__ = "gap_bundle"
    __table_args__ = (UniqueConstraint("region_id", "slug"),)

    id: int | None = Field(default=None, primary_key=True)
    region_id: int = Field(foreign_key="region.id")
    slug: str = Field(max_length=60)
    name: str = Field(sa_column=swedish_text())
    made_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    made_by: int | None = Field(default=None, foreign_key="person.id")


class GapBundleMember(SQLModel, table=True):
    """That an introduction takes part in a bundle, in this place of its form."""

    __tablename__ = "gap_bundle_member"

    bundle_id: int = Field(foreign_key="gap_bundle.id", primary_key=True)
    introduction_id: int = Field(foreign_key="introduction.id", primary_key=True, index=True)
    ordinal: int
