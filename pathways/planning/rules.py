"""What planning needs to know of a region: the shapes that a profile's parts must have.

Planning lies below the profiles and does not import them; a profile fits these shapes by its attributes.
"""

from collections.abc import Sequence
from datetime import date, time
from enum import StrEnum
from typing import Protocol

from pathways.workdays import Workdays


class Lead(StrEnum):
    """The three dates a body sets before its meeting."""

    SUMMONS = "summons"  # kallelse
    COMMITTEE = "committee"  # arbetsutskott or ordförandeberedning
    HAND_IN = "hand_in"  # last day to hand in papers


class LeadUnit(StrEnum):
    """In which days a body counts its leads."""

    WORKDAYS = "workdays"
    DAYS = "days"  # calendar days; a date that is not a working day moves to the one before


class LeadRule(Protocol):
    """How long before a meeting each of the three dates falls."""

    def of(self, lead: Lead) -> int:
        """Return the number of days for one of the three."""


class SeriesRule(Protocol):
    """A meeting series: the nth weekday of each listed month."""

    @property
    def weekday_number(self) -> int:
        """0 for Monday to 6 for Sunday."""

    @property
    def nth(self) -> int:
        """1 to 4, or -1 for the last one of the month."""

    @property
    def months(self) -> Sequence[int]:
        """The months with a meeting, 1 to 12."""

    @property
    def starts_at(self) -> time | None:
        """When on the clock its meetings usually begin."""

    @property
    def place(self) -> str | None:
        """Where its meetings usually are."""


class BodyRule(Protocol):
    """A body with its meetings and leads."""

    @property
    def slug(self) -> str:
        """The body's short name in data."""

    @property
    def series(self) -> SeriesRule | None:
        """The rule of its meetings; None if only single dates are known."""

    @property
    def known_meetings(self) -> Sequence[date]:
        """Dates that are decided, whatever the rule says."""

    @property
    def lead(self) -> LeadRule:
        """Its lead times."""

    @property
    def lead_unit(self) -> LeadUnit:
        """In which days they are counted."""


class StepRule(Protocol):
    """One step of the way back from a meeting."""

    @property
    def step(self) -> str:
        """The step's slug."""

    @property
    def ends_days_before(self) -> int | None:
        """Calendar days before the meeting at which the step must be over."""

    @property
    def from_lead(self) -> Lead | None:
        """Instead: the lead of the body the plan is made for."""

    @property
    def lasts_days(self) -> int:
        """Calendar days the step takes."""

    @property
    def body(self) -> str | None:
        """The body whose meeting the step is."""

    @property
    def only_for(self) -> Sequence[str]:
        """Bodies whose plans have the step; none means all."""


class RegionRules(Protocol):
    """All that planning asks of a profile."""

    @property
    def workdays(self) -> Workdays:
        """The region's working days."""

    @property
    def meeting_free_months(self) -> Sequence[int]:
        """Months without meetings of a series."""

    @property
    def backward_plan(self) -> Sequence[StepRule]:
        """The steps before a meeting."""

    @property
    def responding_body(self) -> BodyRule | None:
        """The body that decides the consultation response."""

    def find_body(self, slug: str) -> BodyRule | None:
        """Return the body with this slug, or None."""
