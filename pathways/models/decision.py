"""What boards and groups get and decide: the case submitted to a meeting, and decisions with their register numbers."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from sqlmodel import Field

from pathways.models.base import CaseRow, enum_column
from pathways.profiles.vocabulary import Matter


class DecisionKind(StrEnum):
    """What a decision is about."""

    PLAN = "plan"  # the action plan
    RESPONSE = "response"  # the consultation response (remissvar)
    ENDORSEMENT = "endorsement"  # what a body says before another one decides (tillstyrkan, avstyrkan)


class BoardCase(CaseRow, table=True):
    """The plan on its way to a meeting: which, its last day to hand in, and when the decision basis was ready."""

    __tablename__ = "board_case"
    TEXTS: ClassVar[frozenset[str]] = frozenset({"basis"})

    body_id: int = Field(foreign_key="body.id")
    meeting_on: date
    hand_in_on: date
    basis: str | None = None
    basis_made_on: date | None = None
    closed: bool = False


class Decision(CaseRow, table=True):
    """A decision as minuted: body, meeting, paragraph, register number, outcome and conditions.

    `about` is the matter that an endorsement leads up to; of a decision its kind says it.
    """

    TEXTS: ClassVar[frozenset[str]] = frozenset({"conditions"})

    kind: DecisionKind = Field(sa_column=enum_column(DecisionKind))
    body_id: int = Field(foreign_key="body.id")
    meeting_on: date
    paragraph_no: str = Field(max_length=20)
    register_no: str = Field(max_length=40)
    outcome: str = Field(max_length=20)
    conditions: str | None = None
    about: Matter | None = Field(default=None, sa_column=enum_column(Matter, nullable=True))
