"""What a region's profile holds: calendar, bodies, checklists, ladder, loops and the plan back from a meeting.

Every part is frozen and refuses unknown keys. Reading a file, and naming file, line and field of a fault, is
`profiles.load`; what no single field can know (that a body named somewhere exists) is `profiles.crosscheck`.
"""

from collections.abc import Mapping
from datetime import time
from functools import cached_property
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, StrictBool, StrictInt, model_validator
from pydantic_core import PydanticCustomError

from pathways.planning.rules import Lead, LeadUnit
from pathways.profiles.vocabulary import BodyKind, DocumentKind, Matter, Role, Weekday
from pathways.reading.fields import Day, LocalText, Number, Part, RegionCode, Slug, Text, WallClock, ZoneName
from pathways.workdays import MoveRule, Workdays

Month = Annotated[StrictInt, Field(ge=1, le=12)]
Days = Annotated[StrictInt, Field(ge=0, le=1000)]
AtLeastOne = Annotated[StrictInt, Field(ge=1, le=1000)]
LONGEST_PLACE = 200


class Region(Part):
    """The region the profile belongs to."""

    code: RegionCode
    name: Text
    time_zone: ZoneName
    default_language: Literal["sv", "en"]

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone in which the region's wall clocks are read."""
        return ZoneInfo(self.time_zone)


class Calendar(Part):
    """Days the region does not work although the national calendar does, and months without meetings."""

    bridge_days_free: StrictBool
    closing_days: tuple[Day, ...]
    meeting_free_months: tuple[Month, ...]


class Series(Part):
    """A meeting series: the nth weekday of each listed month; -1 is the last one. Time and place are the usual ones."""

    weekday: Weekday
    nth: Literal[1, 2, 3, 4, -1]
    months: tuple[Month, ...] = tuple(range(1, 13))
    starts_at: WallClock | None = None
    place: Annotated[Text, Field(max_length=LONGEST_PLACE)] | None = None

    @property
    def weekday_number(self) -> int:
        """Return 0 for Monday to 6 for Sunday."""
        return self.weekday.number


class BodyLead(Part):
    """How long before a meeting the summons, the working committee and the hand-in fall."""

    summons: Days
    committee: Days
    hand_in: Days

    def of(self, lead: Lead) -> int:
        """Return the number of days for one of the three."""
        return {Lead.SUMMONS: self.summons, Lead.COMMITTEE: self.committee, Lead.HAND_IN: self.hand_in}[lead]


class Body(Part):
    """A body that decides or is told, with its meetings and lead times."""

    slug: Slug
    name: Text
    short: Text | None = None
    kind: BodyKind
    series: Series | None = None
    known_meetings: tuple[Day, ...] = ()
    lead: BodyLead
    lead_unit: LeadUnit
    decides: tuple[Matter, ...] = ()
    informed_of: tuple[Matter, ...] = ()
    quorum: dict[Role, AtLeastOne] = Field(
        default_factory=dict
    )  # so many with the role are there, or nothing is decided


class Preparation(Part):
    """What must be in place before the gap analysis may start."""

    members_required: AtLeastOne


class ChecklistItem(Part):
    """One concrete task that a state of the chart brings with it."""

    slug: Slug
    title: LocalText
    help: LocalText
    role: Role
    lead_workdays: Days  # due this many working days after the state was entered
    required_for: tuple[str, ...] = ()  # commands refused while it is open; profiles.crosscheck knows them
    per: Literal["introduction", "unit"] = "introduction"
    once: StrictBool = False  # not again when the state is entered anew, as executing is after every loop


class Loops(Part):
    """The rhythm of the learning loops."""

    interval_months: AtLeastOne
    move: MoveRule
    opens_at: WallClock
    hold_within_workdays: Days
    after_outage: Literal["once", "all", "skip_with_note"]


class Rung(Part):
    """One rung of the reminder ladder: whom to tell, so many working days after the due day (negative: before)."""

    workdays: Annotated[StrictInt, Field(ge=-250, le=250)]
    to: Literal["assignee", "coordinator", "head"]
    urgency: Literal["digest", "at_once"]


class Digest(Part):
    """When the weekly digest goes out and how long it may be."""

    weekday: Weekday
    at: WallClock
    max_lines: AtLeastOne


class QuietHours(Part):
    """When nothing is sent at once; from after until means over midnight."""

    start: Annotated[WallClock, Field(alias="from")]
    until: WallClock
    weekends: StrictBool


class BackwardStep(Part):
    """One step that must be over before a meeting: so many calendar days before, or the body's own lead."""

    step: Slug
    title: LocalText
    ends_days_before: Days | None = None
    from_lead: Lead | None = None  # instead: the lead of the body the plan is made for
    lasts_days: Days = 0
    body: Slug | None = None  # the step is a meeting of this body: its last one in time
    only_for: tuple[Slug, ...] = ()  # bodies whose plans have the step; none listed means all

    @model_validator(mode="after")
    def _ends_in_one_way(self) -> "BackwardStep":
        if (self.ends_days_before is None) == (self.from_lead is None):
            raise PydanticCustomError("profile.one_end_only", "profile.one_end_only")
        return self


class DefaultStep(Part):
    """A step of the gap analysis where the catalogue has no numbered ones."""

    ref: Text
    title: LocalText


Weight = Annotated[Number, Field(ge=0.1, le=10)]


class RankingWeights(Part):
    """How much each factor counts in the score that supports a ranking; 1 for all is the plain product."""

    gap: Weight = 1.0  # how large the gap is
    affected: Weight = 1.0  # how many units, and so patients, it concerns
    severity: Weight = 1.0  # how severe it is, and how unequal
    feasibility: Weight = 1.0  # how surely it can be done

    @property
    def by_factor(self) -> dict[str, float]:
        """Return the weights by factor."""
        return {"gap": self.gap, "affected": self.affected, "severity": self.severity, "feasibility": self.feasibility}


class Ranking(Part):
    """How the score behind a ranking is counted."""

    weights: RankingWeights = RankingWeights()


class PackRule(Part):
    """When what a body is shown before a meeting is frozen: so many working days before it, at a wall-clock time."""

    workdays_before: Days = 2
    at: WallClock = time(12)


class Keeping(Part):
    """Where documents of a kind belong in the archive, and for how long they are kept."""

    process_class: Text
    retention: Text


Hours = Annotated[Number, Field(ge=0, le=1000)]


class AskedHours(Part):
    """How many hours each thing takes that is asked of a unit; an assumption."""

    gap_analysis: Hours = 6.0
    comment_round: Hours = 2.0
    activity: Hours = 8.0
    checklist: Hours = 2.0
    task: Hours = 1.0
    loop: Hours = 2.0

    @property
    def by_kind(self) -> dict[str, float]:
        """Return the hours by what is asked."""
        return {name: getattr(self, name) for name in type(self).model_fields}


class Workload(Part):
    """How much work is reckoned with: an assumption that each region sets for itself.

    How many demands a unit bears in a quarter, and how many introductions and open tasks a development resource.
    """

    hours: AskedHours = AskedHours()
    demands_per_quarter: AtLeastOne = 4
    introductions_per_resource: AtLeastOne = 4
    tasks_per_resource: AtLeastOne = 15


class Profile(Part):
    """All that differs between regions, for one region."""

    schema_version: Literal[1]
    version: Text
    region: Region
    calendar: Calendar
    bodies: Annotated[tuple[Body, ...], Field(min_length=1)]
    preparation: Preparation
    checklists: dict[str, tuple[ChecklistItem, ...]]
    loops: Loops
    follow_up_months: Annotated[tuple[AtLeastOne, ...], Field(min_length=1)]
    ladder: tuple[Rung, ...]
    digest: Digest
    quiet_hours: QuietHours
    backward_plan: tuple[BackwardStep, ...]
    default_steps: Annotated[tuple[DefaultStep, ...], Field(min_length=1)]
    ranking: Ranking = Ranking()
    workload: Workload = Workload()
    pack: PackRule = PackRule()
    documents: dict[DocumentKind, Keeping] = Field(default_factory=dict)
    chains: dict[Matter, tuple[Slug, ...]] = Field(default_factory=dict)  # bodies in order; the last one decides

    @cached_property
    def workdays(self) -> Workdays:
        """Return the region's working days: the national calendar plus its closing days and bridge days."""
        return Workdays(frozenset(self.calendar.closing_days), self.calendar.bridge_days_free)

    @property
    def meeting_free_months(self) -> tuple[int, ...]:
        """Return the months in which no series has a meeting."""
        return self.calendar.meeting_free_months

    @property
    def responding_body(self) -> Body | None:
        """Return the body that decides the consultation response."""
        return next(iter(self.bodies_deciding(Matter.RESPONSE)), None)

    def without_quiet_hours(self) -> "Profile":
        """Return the same profile with messages leaving at any hour."""
        never = self.quiet_hours.model_copy(update={"start": time(0), "until": time(0), "weekends": False})
        return self.model_copy(update={"quiet_hours": never})

    def find_body(self, slug: str) -> Body | None:
        """Return the body with this slug, or None."""
        return next((body for body in self.bodies if body.slug == slug), None)

    def bodies_deciding(self, matter: Matter) -> tuple[Body, ...]:
        """Return the bodies that may decide the matter, the usual one first."""
        return tuple(body for body in self.bodies if matter in body.decides)

    def bodies_informed_of(self, matter: Matter) -> tuple[Body, ...]:
        """Return the bodies that are told about the matter."""
        return tuple(body for body in self.bodies if matter in body.informed_of)

    def chain_of(self, matter: Matter) -> tuple[str, ...]:
        """Return the bodies that handle the matter, in order, the deciding one last; none where no order is set."""
        return self.chains.get(matter, ())

    def quorum_of(self, body: str) -> Mapping[Role, int]:
        """Return how many must be present at the body's meetings, by role; empty where there is no such rule."""
        found = self.find_body(body)
        return found.quorum if found else {}

    def checklist(self, state: str) -> tuple[ChecklistItem, ...]:
        """Return the tasks that the state brings with it; none if the profile lists none."""
        return self.checklists.get(state, ())

    def find_item(self, slug: str) -> ChecklistItem | None:
        """Return the checklist item with this slug, whatever its state, or None."""
        return next((item for items in self.checklists.values() for item in items if item.slug == slug), None)

    def find_item_state(self, slug: str) -> str | None:
        """Return the state whose checklist holds the item, or None."""
        holding = (state for state, items in self.checklists.items() for item in items if item.slug == slug)
        return next(holding, None)

    def required_items(self, command: str) -> tuple[ChecklistItem, ...]:
        """Return the checklist items that must be done before the command."""
        items = (item for items in self.checklists.values() for item in items)
        return tuple(item for item in items if command in item.required_for)
