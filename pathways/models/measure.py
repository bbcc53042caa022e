"""What an introduction measures: its indicators, their values period by period, and the phases that people confirmed.

A value that is replaced is made void and stays; so who changed which value, when and from what can always be told.
"""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import Boolean, Column, Index, text
from sqlmodel import Field

from pathways.measurement.series import Direction, Every, PointState, RuleSet
from pathways.models.base import CaseRow, enum_column, one_standing


class IndicatorKind(StrEnum):
    """What an indicator tells of."""

    PROCESS = "process"  # what is done, and how often: the quickest to move
    OUTCOME = "outcome"  # what it leads to for patients
    STRUCTURE = "structure"  # what must be there: people, agreements, equipment
    BALANCING = "balancing"  # what must not get worse meanwhile


class Availability(StrEnum):
    """Whether the indicator can be measured."""

    AVAILABLE = "available"  # there are data, without extra forms
    NEEDS_WORK = "needs_work"  # the data are there, but must be fetched or cleaned by hand
    CANNOT_YET = "cannot_yet"  # somebody must make it possible first; a task says who


class ValueSource(StrEnum):
    """How a value came in."""

    FORM = "form"  # typed for one period
    PASTE = "paste"  # pasted as a column
    FILE = "file"  # read from a file
    API = "api"  # sent by a program


class PhaseCause(StrEnum):
    """Why a phase begins."""

    FIRST = "first"  # the series begins
    RESET = "reset"  # a lasting change was confirmed
    DEFINITION = "definition"  # what is counted, or where it is fetched, is another


class Indicator(CaseRow, table=True):
    """Something that is measured for as long as the introduction lasts. `slug` is its name in addresses.

    A `share` is a numerator of a denominator, kept as such and shown in percent. `counts_people` says that a value is
    a number of persons, so that small ones are not shown to others. `task` is the ref of the task to make it
    measurable. `source` tells where the data come from.
    """

    __table_args__ = (one_standing("uq_indicator", "introduction_id", "slug"),)
    TEXTS: ClassVar[frozenset[str]] = frozenset(
        {"name", "unit", "coverage", "source", "about", "how_to_read", "definition", "retired_because"}
    )

    slug: str = Field(max_length=60)
    name: str
    kind: IndicatorKind = Field(sa_column=enum_column(IndicatorKind))
    direction: Direction = Field(sa_column=enum_column(Direction))
    unit: str | None = None
    share: bool = Field(sa_column=Column(Boolean, nullable=False))
    counts_people: bool = Field(sa_column=Column(Boolean, nullable=False))
    every: Every = Field(sa_column=enum_column(Every))
    target: float | None = None
    second_target: float | None = None
    availability: Availability = Field(sa_column=enum_column(Availability))
    lag_days: int | None = None
    coverage: str | None = None
    source: str | None = None
    owner_id: int | None = Field(default=None, foreign_key="person.id")
    about: str | None = None
    how_to_read: str | None = None
    definition: str | None = None
    rules: RuleSet = Field(default=RuleSet.RUNS, sa_column=enum_column(RuleSet))
    screen: bool = Field(default=True, sa_column=Column(Boolean, nullable=False))
    two_of_three: str = Field(default="2023", max_length=10)
    goal_id: int | None = Field(default=None, foreign_key="pathway_goal.id")
    task: str | None = Field(default=None, max_length=24)
    retired_on: date | None = None
    retired_because: str | None = None


_STANDING = text("voided_by is null and unit_id is null")


class IndicatorValue(CaseRow, table=True):
    """One period's value of an indicator, in one unit or, without one, in the whole region.

    `period` is the period's first day. `indicator` is the indicator's ref. `replaces` is the ref of the value that
    stood before; that one is void from the event that made this one.
    """

    __tablename__ = "indicator_value"
    __table_args__ = (
        one_standing("uq_indicator_value_unit", "introduction_id", "indicator", "unit_id", "period"),
        Index(
            "uq_indicator_value_region",
            *("introduction_id", "indicator", "period"),
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
    )

    indicator: str = Field(max_length=24)
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    period: date
    value: float
    numerator: float | None = None
    denominator: float | None = None
    state: PointState = Field(sa_column=enum_column(PointState))
    source: ValueSource = Field(sa_column=enum_column(ValueSource))
    entered_on: date
    entered_by: int | None = Field(default=None, foreign_key="person.id")
    replaces: str | None = Field(default=None, max_length=24)


class IndicatorPhase(CaseRow, table=True):
    """A stretch of a series with lines of its own, as people decided it; it lasts until the next one starts.

    A re-set carries the four answers it needs. `frozen_through` is the last period of its baseline; who froze it,
    when and why stands beside it.
    """

    __tablename__ = "indicator_phase"
    __table_args__ = (
        one_standing("uq_indicator_phase_unit", "introduction_id", "indicator", "unit_id", "starts"),
        Index(
            "uq_indicator_phase_region",
            *("introduction_id", "indicator", "starts"),
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
    )
    TEXTS: ClassVar[frozenset[str]] = frozenset({"reason", "frozen_reason"})

    indicator: str = Field(max_length=24)
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    starts: date
    cause: PhaseCause = Field(sa_column=enum_column(PhaseCause))
    reason: str | None = None
    shift_sustained: bool | None = None
    cause_known: bool | None = None
    wanted_or_accepted: bool | None = None
    expected_to_last: bool | None = None
    decided_on: date | None = None
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    frozen_through: date | None = None
    frozen_reason: str | None = None
    frozen_on: date | None = None
    frozen_by: int | None = Field(default=None, foreign_key="person.id")
