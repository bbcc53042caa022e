"""What comes from the nation and goes back to it: a new version's way through the region, and shared experience."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from notifications.utc import UtcDateTime
from pathways.models.base import JSON_TYPE, enum_column


class Verdict(StrEnum):
    """What the dry run says of one introduction."""

    MOVES = "moves"  # the new version takes the old one's place without anybody deciding
    DECIDE = "decide"  # somebody must choose: revise the gap analysis, or say that nothing changes here
    CANNOT = "cannot"  # the introduction is where nothing can be taken over


class RolloutChoice(StrEnum):
    """What the region chooses for one introduction."""

    TAKE_OVER = "take_over"
    REVISE = "revise"  # the gap analysis is to be revised against it
    NO_LOCAL_EFFECT = "no_local_effect"
    WAIT = "wait"


class RolloutOutcome(StrEnum):
    """What came of one introduction's line when the rollout was carried out."""

    DONE = "done"
    WAITS = "waits"  # nobody has chosen, or the choice was to wait
    CHANGED = "changed"  # somebody changed the introduction after the dry run; nothing was done
    REFUSED = "refused"  # the process refused; nothing was done


class Rollout(SQLModel, table=True):
    """One new national version on its way through a region's introductions; undone as a whole or not at all.

    `press` tells one press of the button from another: the same press twice is the same rollout, and the pathways of a
    joint introduction share it.
    """

    __table_args__ = (UniqueConstraint("region_id", "press", "pathway_id"),)

    id: int | None = Field(default=None, primary_key=True)
    region_id: int = Field(foreign_key="region.id", index=True)
    pathway_id: int = Field(foreign_key="pathway.id")
    to_version_id: int
    press: str = Field(max_length=80)
    planned_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    planned_by: int | None = Field(default=None, foreign_key="person.id")
    carried_out_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime, nullable=True))
    undone_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime, nullable=True))


class RolloutLine(SQLModel, table=True):
    """One introduction in a rollout: what the dry run said, what was chosen, and between which events it was done."""

    __tablename__ = "rollout_line"
    __table_args__ = (UniqueConstraint("rollout_id", "introduction_id"),)

    id: int | None = Field(default=None, primary_key=True)
    region_id: int = Field(foreign_key="region.id")
    rollout_id: int = Field(foreign_key="rollout.id")
    introduction_id: int = Field(foreign_key="introduction.id")
    verdict: Verdict = Field(sa_column=enum_column(Verdict))
    reasons: list[dict[str, object]] = Field(default_factory=list, sa_column=Column(JSON_TYPE, nullable=False))
    choice: RolloutChoice | None = Field(default=None, sa_column=enum_column(RolloutChoice, nullable=True))
    outcome: RolloutOutcome | None = Field(default=None, sa_column=enum_column(RolloutOutcome, nullable=True))
    reason: str | None = None
    from_seq: int | None = None
    to_seq: int | None = None


class SharedExperience(SQLModel, table=True):
    """How a region closed a gap, shared with the others by choice; withdrawn again by choice."""

    __tablename__ = "shared_experience"

    id: int | None = Field(default=None, primary_key=True)
    region_id: int = Field(foreign_key="region.id", index=True)
    pathway_id: int = Field(foreign_key="pathway.id", index=True)
    introduction_id: int = Field(foreign_key="introduction.id")
    step: str = Field(max_length=300)
    how: str
    result: str | None = None
    months: int | None = None
    contact_role: str = Field(max_length=80)
    shared_on: date
    shared_by: int | None = Field(default=None, foreign_key="person.id")
    withdrawn_on: date | None = None
