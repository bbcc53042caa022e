"""What a catalogue file holds of each national pathway: approval, versions, goals, steps, and where it was read.

Null means that no readable page says it; nothing is filled in from assumption. Reading is `catalogue.read`.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StrictInt

from pathways.reading.fields import Address, Day, LocalText, Number, Part, Slug, Text

Year = Annotated[StrictInt, Field(ge=2015, le=2100)]
Month = Annotated[StrictInt, Field(ge=1, le=12)]
UNDATED = "odaterad"
"""Label of a final version of which it is only known that there is one."""


class NationalStatus(StrEnum):
    """What the sources prove, not what may be true today."""

    APPROVED = "approved"  # decided by the national steering group
    PUBLISHED = "published"  # in use, decision not seen
    IN_DEVELOPMENT = "in_development"  # being written or in consultation


class CatalogueVersion(Part):
    """One version of a pathway's national text."""

    label: Annotated[Text, Field(max_length=80)]
    kind: Literal["consultation", "final"]
    published_on: Day | None = None


class CatalogueGoal(Part):
    """A goal or indicator that the source names; kind and direction are the compiler's classification."""

    name: Text
    kind: Literal["process", "outcome", "structure"]
    direction: Literal["higher", "lower"]
    target: Number | None = None
    unit: Text | None = None
    basis: Literal["stated_goal", "stated_indicator"]
    target_note: Text | None = None


def _in_both_languages(value: object) -> object:
    """Let a plain text stand for itself in both languages; national texts exist in Swedish only."""
    return {"sv": value, "en": value} if isinstance(value, str) else value


class CatalogueStep(Part):
    """A numbered step of the pathway (vårdförloppets åtgärd), which the gap analysis asks about."""

    ref: Annotated[Text, Field(max_length=20)]
    title: Annotated[LocalText, BeforeValidator(_in_both_languages)]


class CataloguePathway(Part):
    """One national care pathway."""

    slug: Slug
    name: Text
    national_status: NationalStatus
    npo: Text | None = None
    part: Annotated[StrictInt, Field(ge=1, le=9)] | None = None
    version_note: Text | None = None
    date_approved: Day | None = None
    approved_year: Year | None = None
    approved_month: Month | None = None
    date_note: Text | None = None
    dalarna_2021_row: Text | None = None
    confidence: Text | None = None
    quality_register: Text | None = None
    sources: tuple[Address, ...] = ()
    goal_indicators: tuple[CatalogueGoal, ...] = ()
    steps: tuple[CatalogueStep, ...] = ()
    versions: tuple[CatalogueVersion, ...] = ()

    @property
    def final_versions(self) -> tuple[CatalogueVersion, ...]:
        """Return the final versions, oldest first."""
        return tuple(version for version in self.versions if version.kind == "final")


class CatalogueFile(Part):
    """A whole catalogue file."""

    schema_version: Literal[1]
    compiled_from: Text | None = None
    pathways: Annotated[tuple[CataloguePathway, ...], Field(min_length=1)]


def derived_versions(pathway: CataloguePathway) -> tuple[CatalogueVersion, ...]:
    """Return the one final version that an approval proves; none for a pathway in development.

    Its label is the month or year of approval as far as known. Its day is the steering group's decision, and null
    unless the file gives it: a version without a date must not look like one with.
    """
    if pathway.national_status is NationalStatus.IN_DEVELOPMENT:
        return ()
    label = _approval_label(pathway.date_approved, pathway.approved_year, pathway.approved_month)
    return (CatalogueVersion(label=label, kind="final", published_on=pathway.date_approved),)


def _approval_label(approved_on: date | None, year: int | None, month: int | None) -> str:
    if approved_on is not None:
        return f"{approved_on:%Y-%m}"
    if year is None:
        return UNDATED
    return str(year) if month is None else f"{year}-{month:02}"
