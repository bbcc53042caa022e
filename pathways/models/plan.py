"""The plan: activities, the gaps they close, their rank, and the round in which units comment on them."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import Column
from sqlmodel import Field

from pathways.models.base import JSON_TYPE, CaseRow, enum_column, one_standing


class ActivityState(StrEnum):
    """Where an activity stands."""

    PLANNED = "planned"  # not begun
    UNDER_WAY = "under_way"  # begun
    DONE = "done"  # carried out
    STOPPED = "stopped"  # given up; learning says why


class Standpoint(StrEnum):
    """What the management group said of a measure."""

    RANKED = "ranked"  # has a place in the order
    DECLINED = "declined"  # not funded now; the motive says why


class Activity(CaseRow, table=True):
    """Something to be done that closes a gap, with who, when and what it costs (SEK).

    `strategies` are the ways by which it is to change practice. `indicator` names what it should move, in the words of
    the catalogue or the plan. `start_on` and `due_on` are planned; `started_on` and `ended_on` are the days on
    which it really began, and was done or given up. `report` is the last word on how it goes, also why it was stopped
    or came late.
    """

    TEXTS: ClassVar[frozenset[str]] = frozenset(
        {
            *("title", "motive", "responsible_role", "support", "funding", "indicator", "effect", "dependency"),
            *("decision_ref", "report"),
        }
    )

    title: str
    kind: str = Field(max_length=40)
    strategies: list[str] | None = Field(default=None, sa_column=Column(JSON_TYPE, nullable=True))
    responsible_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    responsible_role: str | None = None
    support: str | None = None
    start_on: date | None = None
    due_on: date | None = None
    started_on: date | None = None
    ended_on: date | None = None
    cost_once: int | None = None
    cost_yearly: int | None = None
    funding: str | None = None
    indicator: str | None = None
    effect: str | None = None
    dependency: str | None = None
    decision_ref: str | None = None
    report: str | None = None
    reported_on: date | None = None
    reported_by: int | None = Field(default=None, foreign_key="person.id")
    state: ActivityState = Field(default=ActivityState.PLANNED, sa_column=enum_column(ActivityState))
    standpoint: Standpoint | None = Field(default=None, sa_column=enum_column(Standpoint, nullable=True))
    rank: int | None = None
    motive: str | None = None
    from_loop: int | None = None


class ActivityGap(CaseRow, table=True):
    """That an activity closes (part of) the gap behind one answer."""

    __tablename__ = "activity_gap"
    __table_args__ = (one_standing("uq_activity_gap", "introduction_id", "activity_ref", "answer_ref"),)

    activity_ref: str = Field(max_length=24)
    answer_ref: str = Field(max_length=24)


class RoundState(StrEnum):
    """Where a comment round stands."""

    OPEN = "open"  # units may comment
    HELD = "held"  # closed, comments taken in
    WAIVED = "waived"  # not held; the reason says why


class CommentRound(CaseRow, table=True):
    """The round (synpunktsrunda) in which units comment on the draft plan before it is ranked."""

    __tablename__ = "comment_round"
    TEXTS: ClassVar[frozenset[str]] = frozenset({"summary"})

    state: RoundState = Field(sa_column=enum_column(RoundState))
    opened_on: date
    closes_on: date
    summary: str | None = None
