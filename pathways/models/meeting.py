"""What bodies do at their meetings: agenda, who is there, who may not take part, what is decided, and the minutes.

A decision on an introduction stands in its own log as well (`models.decision`); what stands here belongs to the body.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from notifications.utc import UtcDateTime
from pathways.models.base import JSON_TYPE, enum_column
from pathways.profiles.vocabulary import Matter

DIGEST_LENGTH = 64


class ItemKind(StrEnum):
    """What a body is asked to do with an item."""

    INFORMATION = "information"  # it is told
    DISCUSSION = "discussion"  # it talks, and nothing is decided
    DECISION = "decision"  # it decides


class Outcome(StrEnum):
    """What a body did with an item."""

    ADOPT = "adopt"
    ADOPT_WITH_CONDITIONS = "adopt_with_conditions"
    RETURN = "return"
    DECLINE = "decline"
    NOTE = "note"  # took note of it


class MinutesState(StrEnum):
    """How far the minutes have come."""

    DRAFT = "draft"
    APPROVED = "approved"  # justerat: nothing in them changes any more


class AgendaItem(SQLModel, table=True):
    """One item of a meeting, and what became of it. A withdrawn one stays, with its day.

    `decision_ref` leads to the decision in the introduction's own log. `put_in` is the number of the introduction's
    event that put the item on the agenda; where that event is undone, the item is withdrawn with it.
    """

    __tablename__ = "agenda_item"
    __table_args__ = (
        Index("ix_agenda_item_meeting", "meeting_id", "position"),
        Index("ix_agenda_item_introduction", "introduction_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    region_id: int = Field(foreign_key="region.id", index=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    position: int
    kind: ItemKind = Field(sa_column=enum_column(ItemKind))
    matter: Matter | None = Field(default=None, sa_column=enum_column(Matter, nullable=True))
    introduction_id: int | None = Field(default=None, foreign_key="introduction.id")
    title: str = Field(max_length=200)
    starts_at: str | None = Field(default=None, max_length=5)
    minutes: int | None = None
    presenter_id: int | None = Field(default=None, foreign_key="person.id")
    proposal: str | None = None
    added_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    added_by: int | None = Field(default=None, foreign_key="person.id")
    withdrawn_on: date | None = None
    outcome: Outcome | None = Field(default=None, sa_column=enum_column(Outcome, nullable=True))
    motive: str | None = None
    conditions: list[str] = Field(default_factory=list, sa_column=Column(JSON_TYPE, nullable=False))
    dissent: str | None = None
    paragraph_no: str | None = Field(default=None, max_length=20)
    register_no: str | None = Field(default=None, max_length=40)
    decided_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime, nullable=True))
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decision_ref: str | None = Field(default=None, max_length=24)
    put_in: int | None = None


class AgendaAnnex(SQLModel, table=True):
    """A document that belongs to an item, by its letter: a document of the product, or an address."""

    __tablename__ = "agenda_annex"
    __table_args__ = (UniqueConstraint("item_id", "letter"),)

    id: int | None = Field(default=None, primary_key=True)
    region_id: int = Field(foreign_key="region.id")
    item_id: int = Field(foreign_key="agenda_item.id")
    letter: str = Field(max_length=4)
    title: str = Field(max_length=200)
    document_id: int | None = Field(default=None, foreign_key="document.id")
    link: str | None = Field(default=None, max_length=500)


class Attendance(SQLModel, table=True):
    """Whether a member of the body took part in a meeting."""

    __table_args__ = (UniqueConstraint("meeting_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    region_id: int = Field(foreign_key="region.id")
    meeting_id: int = Field(foreign_key="meeting.id")
    person_id: int = Field(foreign_key="person.id")
    present: bool


class Disqualification(SQLModel, table=True):
    """That a member has a conflict of interest (jäv) in an item and takes no part in it."""

    __table_args__ = (UniqueConstraint("item_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    region_id: int = Field(foreign_key="region.id")
    item_id: int = Field(foreign_key="agenda_item.id")
    person_id: int = Field(foreign_key="person.id")
    declared_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class Summons(SQLModel, table=True):
    """That the members were summoned to a meeting: who, when, and how many times the calendars have been told."""

    meeting_id: int = Field(primary_key=True, foreign_key="meeting.id")
    region_id: int = Field(foreign_key="region.id")
    sequence: int = 0
    sent_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    person_ids: list[int] = Field(default_factory=list, sa_column=Column(JSON_TYPE, nullable=False))


class Minutes(SQLModel, table=True):
    """The minutes of a meeting: who leads, who writes, who approves, when, and when the notice is up."""

    meeting_id: int = Field(primary_key=True, foreign_key="meeting.id")
    region_id: int = Field(foreign_key="region.id")
    state: MinutesState = Field(sa_column=enum_column(MinutesState))
    chair_id: int | None = Field(default=None, foreign_key="person.id")
    secretary_id: int | None = Field(default=None, foreign_key="person.id")
    approver_ids: list[int] = Field(default_factory=list, sa_column=Column(JSON_TYPE, nullable=False))
    opened_at: str | None = Field(default=None, max_length=5)
    closed_at: str | None = Field(default=None, max_length=5)
    kept_at: str | None = Field(default=None, max_length=200)
    approved_on: date | None = None
    notice_up_on: date | None = None
    notice_down_on: date | None = None
    frozen: str | None = None
    sha256: str | None = Field(default=None, max_length=DIGEST_LENGTH)
