"""The national catalogue as rows: pathways, their versions, goals and steps. The same for every region."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from notifications.utc import UtcDateTime
from pathways.models.base import enum_column, swedish_text


class VersionKind(StrEnum):
    """What a version of the national text is."""

    CONSULTATION = "consultation"  # remissversion: open for views
    FINAL = "final"  # slutlig version: approved nationally


class Pathway(SQLModel, table=True):
    """A national care pathway (personcentrerat och sammanhållet vårdförlopp)."""

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=80)
    name: str = Field(sa_column=swedish_text())
    npo: str | None = None
    part: int | None = None
    note: str | None = None
    national_status: str
    quality_register: str | None = None


class PathwayVersion(SQLModel, table=True):
    """One version of a pathway's national text; `number` counts upwards within the pathway."""

    __tablename__ = "pathway_version"
    __table_args__ = (UniqueConstraint("pathway_id", "number"), UniqueConstraint("pathway_id", "label"))

    id: int | None = Field(default=None, primary_key=True)
    pathway_id: int = Field(foreign_key="pathway.id", index=True)
    number: int
    label: str = Field(max_length=80)
    kind: VersionKind = Field(sa_column=enum_column(VersionKind))
    published_on: date | None = None


class PathwayGoal(SQLModel, table=True):
    """A goal or indicator that the national text names."""

    __tablename__ = "pathway_goal"
    __table_args__ = (UniqueConstraint("pathway_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    pathway_id: int = Field(foreign_key="pathway.id")
    ordinal: int
    name: str
    kind: str
    direction: str
    target: float | None = None
    unit: str | None = None
    basis: str


class PathwayStep(SQLModel, table=True):
    """A numbered step (vårdförloppets åtgärd) that the gap analysis asks about, per version."""

    __tablename__ = "pathway_step"

    version_id: int = Field(foreign_key="pathway_version.id", primary_key=True)
    step: str = Field(primary_key=True, max_length=20)
    ordinal: int
    title_sv: str
    title_en: str


class CatalogueImport(SQLModel, table=True):
    """That a catalogue file was read: its digest and what came of it."""

    __tablename__ = "catalogue_import"

    id: int | None = Field(default=None, primary_key=True)
    digest: str = Field(max_length=64)
    imported_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    pathways_new: int
    pathways_changed: int
