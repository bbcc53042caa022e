"""What is known of a region at one date: bodies, the rows of its status table, and dated events.

The shipped file is Region Dalarna on 9 June 2021, the input of the demo and the simulation.
"""

from typing import Annotated, Literal

from pydantic import Field, StrictInt

from pathways.reading.fields import Day, Part, RegionCode, Slug, Text, ZoneName


class KnownRegion(Part):
    """The region."""

    code: RegionCode
    name: Text
    time_zone: ZoneName


class KnownBody(Part):
    """A body with the meetings that some public page shows."""

    slug: Slug
    name: Text
    short: Text | None = None
    kind: Literal["preparatory_group", "management_group", "political_board", "committee"]
    known_meetings: tuple[Day, ...] = ()


class StatusRow(Part):
    """One row of the table: the region's own label, and the pathway it means."""

    label: Text
    pathway: Slug


class StatusTable(Part):
    """The region's table of all its pathways; null marks were lost in the copy."""

    date: Day
    columns: tuple[Text, ...]
    cell_marks: tuple[Text, ...] | None = None
    rows: tuple[StatusRow, ...]


class KnownEvent(Part):
    """Something that happened to a pathway in the region on a day; no body means that none is named."""

    pathway: Slug
    on: Day
    body: Slug | None = None
    event: Literal["decision_to_introduce", "consultation_response_decided", "consultation_under_way_in_the_region"]
    note: Text | None = None


class Training(Part):
    """The joint course in improvement knowledge."""

    name: Text
    days: Annotated[StrictInt, Field(ge=1)]
    times: Annotated[StrictInt, Field(ge=1)]
    month: Text
    expected_participants: Annotated[tuple[StrictInt, ...], Field(min_length=2)]
    audience: Text
    gives: Text


class RegionalPicture(Part):
    """All that is known of the region."""

    schema_version: Literal[1]
    region: KnownRegion
    bodies: tuple[KnownBody, ...]
    status_table: StatusTable
    known_events: tuple[KnownEvent, ...]
    training: Training | None = None

    def events_of(self, pathway: str) -> tuple[KnownEvent, ...]:
        """Return the pathway's events by date."""
        return tuple(sorted((e for e in self.known_events if e.pathway == pathway), key=lambda e: e.on))
