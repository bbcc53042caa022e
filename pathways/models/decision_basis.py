"""The decision basis (beslutsunderlag) in its versions: what was written beside the figures that the data give."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Column
from sqlmodel import Field

from notifications.utc import UtcDateTime
from pathways.models.base import CaseRow


class BasisVersion(CaseRow, table=True):
    """One version; gap picture, plan and costs belong to it as they stood at `made_at`."""

    __tablename__ = "basis_version"
    TEXTS: ClassVar[frozenset[str]] = frozenset({"summary", "background", "consequences", "proposal"})

    number: int
    body_id: int = Field(foreign_key="body.id")
    meeting_on: date
    summary: str | None = None
    background: str | None = None
    consequences: str | None = None
    proposal: str | None = None
    made_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    made_by: int | None = Field(default=None, foreign_key="person.id")
