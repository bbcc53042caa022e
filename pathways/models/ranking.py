"""How the management group ranks: the levels each member gave, every order that was set, and who moved what and why."""

from datetime import date
from typing import ClassVar

from sqlalchemy import Column
from sqlmodel import Field

from pathways.models.base import JSON_TYPE, CaseRow, one_standing


class Score(CaseRow, table=True):
    """The levels that one member gave an activity. A level left out is derived from the gap analysis, or missing."""

    __table_args__ = (one_standing("uq_score", "introduction_id", "activity_ref", "person_id"),)
    TEXTS: ClassVar[frozenset[str]] = frozenset({"note"})

    activity_ref: str = Field(max_length=24)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    gap: int | None = None
    affected: int | None = None
    severity: int | None = None
    feasibility: int | None = None
    note: str | None = None
    scored_on: date


class Ranking(CaseRow, table=True):
    """One order as it was set: the weights that the support was counted with, and the motive for the whole."""

    TEXTS: ClassVar[frozenset[str]] = frozenset({"motive"})

    ranked_on: date
    ranked_by: int | None = Field(default=None, foreign_key="person.id")
    weights: dict[str, float] = Field(sa_column=Column(JSON_TYPE, nullable=False))
    scored: list[str] = Field(default_factory=list, sa_column=Column(JSON_TYPE, nullable=False))
    ranked: list[str] = Field(sa_column=Column(JSON_TYPE, nullable=False))
    motive: str | None = None


class RankingMove(CaseRow, table=True):
    """That an activity got another place than it had before, or than the support gave it; None is no place at all."""

    __tablename__ = "ranking_move"
    TEXTS: ClassVar[frozenset[str]] = frozenset({"motive"})

    ranking_ref: str = Field(max_length=24)
    activity_ref: str = Field(max_length=24)
    from_place: int | None = None
    to_place: int | None = None
    scored_place: int | None = None
    motive: str | None = None
