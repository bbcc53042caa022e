"""The gap analysis: which units were asked, and what each answered step by step."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from sqlmodel import Field

from pathways.models.base import CaseRow, enum_column, one_standing


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


class GapInvitation(CaseRow, table=True):
    """That a unit was asked to answer the gap analysis of one version."""

    __tablename__ = "gap_invitation"
    __table_args__ = (one_standing("uq_gap_invitation", "introduction_id", "version_id", "unit_id"),)
    TEXTS: ClassVar[frozenset[str]] = frozenset({"excuse"})

    version_id: int = Field(foreign_key="pathway_version.id")
    unit_id: int = Field(foreign_key="unit.id")
    due_on: date
    state: InvitationState = Field(default=InvitationState.WAITING, sa_column=enum_column(InvitationState))
    excuse: str | None = None


class GapAnswer(CaseRow, table=True):
    """One unit's answer for one step: level 0 (no gap) to 3 (large), not applicable, or don't know."""

    __tablename__ = "gap_answer"
    __table_args__ = (one_standing("uq_gap_answer", "introduction_id", "version_id", "unit_id", "step"),)
    TEXTS: ClassVar[frozenset[str]] = frozenset(
        {"current_state", "patient_perspective", "evidence", "measure", "stop_doing"}
    )

    version_id: int = Field(foreign_key="pathway_version.id")
    unit_id: int = Field(foreign_key="unit.id")
    step: str = Field(max_length=20)
    verdict: Verdict = Field(sa_column=enum_column(Verdict))
    level: int | None = None
    cause: str | None = Field(default=None, max_length=40)
    current_state: str | None = None
    patient_perspective: str | None = None
    evidence: str | None = None
    measure: str | None = None
    stop_doing: str | None = None
    answered_on: date
    answered_by: int | None = Field(default=None, foreign_key="person.id")
