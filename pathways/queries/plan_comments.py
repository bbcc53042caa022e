"""The newest comment round of a plan: who was asked, who has answered, each view, and how it was handled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pathways.models.gap import GapInvitation, InvitationState
from pathways.models.plan import CommentRound, RoundState
from pathways.models.plan_comment import CommentInvitation, CommentState, PlanComment
from pathways.profiles.schema import Profile
from pathways.queries.gap_units import Surroundings, UnitName, load_surroundings
from pathways.queries.material import Head, Material
from pathways.queries.plan import KINDS as PLAN_KINDS
from pathways.queries.plan import PlanLine, PlanPage, build_plan, load_material
from pathways.services.plan.remind_plan_comment import next_reminder_on
from pathways.storage.collation import swedish_key
from pathways.storage.unit_of_work import Row, UnitOfWork

KINDS = (*PLAN_KINDS, CommentInvitation, PlanComment)
WHOLE = ""


@dataclass(frozen=True, slots=True)
class View:
    """One unit's view of an activity, or of the whole; `row` holds its words and what became of it."""

    ref: str
    unit: UnitName
    row: Row
    by: str | None
    answered_by: str | None

    @property
    def is_handled(self) -> bool:
        """Say whether the unit has been told what became of it."""
        return self.row["handling"] is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedUnit:
    """How one unit stands in the round. `remind_from` is the first day to remind it on, None where any will do."""

    unit: UnitName
    ref: str
    state: str
    is_late: bool
    answered_on: date | None
    answered_by: str | None
    representative: str | None
    reminded_on: date | None
    remind_from: date | None
    views: Mapping[str, View]
    owns: bool


@dataclass(frozen=True, slots=True)
class Viewed:
    """An activity (None for the plan as a whole) with the units' views of it side by side."""

    line: PlanLine | None
    views: tuple[View, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentsPage:
    """All of the newest round; without a round there is only the plan, and the units that could be asked."""

    head: Head
    plan: PlanPage
    round: Row | None
    asked: tuple[AskedUnit, ...]
    viewed: tuple[Viewed, ...]
    units: tuple[UnitName, ...]
    in_gap: frozenset[int]

    @property
    def is_open(self) -> bool:
        """Say whether units may comment now."""
        return self.round is not None and self.round["state"] == RoundState.OPEN and self.head.is_open

    @property
    def waiting(self) -> list[AskedUnit]:
        """Return the units that have not answered."""
        return [one for one in self.asked if one.state == CommentState.WAITING]

    @property
    def unhandled(self) -> int:
        """Return how many views have no answer."""
        return sum(not view.is_handled for one in self.viewed for view in one.views)

    @property
    def count(self) -> int:
        """Return how many views came in."""
        return sum(len(one.views) for one in self.viewed)

    def find(self, slug: str) -> AskedUnit | None:
        """Return a unit of the round by its short name."""
        return next((one for one in self.asked if one.unit.slug == slug), None)

    def view(self, ref: str) -> View | None:
        """Return a view by its ref."""
        return next((view for one in self.viewed for view in one.views if view.ref == ref), None)


def comments_page(
    work: UnitOfWork, *, region_id: int, slug: str, person_id: int, profile: Profile, today: date, now: datetime
) -> CommentsPage:
    """Return the newest round as the person meets it."""
    material = load_material(work, KINDS, region_id=region_id, slug=slug, now=now)
    head = material.head
    plan = build_plan(work, material, profile, region_id=region_id, today=today)
    around = load_surroundings(work, region_id=region_id, introduction_id=head.introduction_id, today=today)
    opened = next(iter(material.of(CommentRound)[::-1]), None)
    views = _views(material, around, opened)
    in_order = sorted(views, key=lambda view: swedish_key(view.unit.name))
    viewed = [
        Viewed(line, tuple(view for view in in_order if view.row["activity_ref"] == line.ref)) for line in plan.lines
    ]
    whole = Viewed(None, tuple(view for view in in_order if view.row["activity_ref"] == WHOLE))
    return CommentsPage(
        head=head,
        plan=plan,
        round=opened,
        asked=_asked(material, around, opened, views, profile, person_id=person_id, today=today),
        viewed=(whole, *viewed),
        units=tuple(
            sorted(
                (one for one in around.units.values() if one.active), key=lambda one: (one.kind, swedish_key(one.name))
            )
        ),
        in_gap=_in_gap(material),
    )


def _views(material: Material, around: Surroundings, opened: Row | None) -> list[View]:
    if opened is None:
        return []
    return [
        View(
            row["ref"],
            around.units[row["unit_id"]],
            row,
            around.people.get(row["written_by"]),
            around.people.get(row["answered_by"]),
        )
        for row in material.of(PlanComment)
        if row["round_ref"] == opened["ref"]
    ]


def _asked(
    material: Material,
    around: Surroundings,
    opened: Row | None,
    views: list[View],
    profile: Profile,
    *,
    person_id: int,
    today: date,
) -> tuple[AskedUnit, ...]:
    if opened is None:
        return ()
    mine = around.roster.units_of(person_id)
    rows = [row for row in material.of(CommentInvitation) if row["round_ref"] == opened["ref"]]
    units = [_unit(row, around, opened, views, profile, mine=mine, today=today) for row in rows]
    return tuple(sorted(units, key=lambda one: (one.state != CommentState.WAITING, swedish_key(one.unit.name))))


def _unit(
    row: Row,
    around: Surroundings,
    opened: Row,
    views: list[View],
    profile: Profile,
    *,
    mine: set[int],
    today: date,
) -> AskedUnit:
    unit = around.units[row["unit_id"]]
    remind_from = next_reminder_on(profile, row["reminded_on"])
    return AskedUnit(
        unit=unit,
        ref=row["ref"],
        state=str(row["state"]),
        is_late=row["state"] == CommentState.WAITING and opened["closes_on"] < today,
        answered_on=row["answered_on"],
        answered_by=around.people.get(row["answered_by"]),
        representative=around.representative(unit.unit_id),
        reminded_on=row["reminded_on"],
        remind_from=remind_from if remind_from is not None and remind_from > today else None,
        views={view.row["activity_ref"]: view for view in views if view.unit.unit_id == unit.unit_id},
        owns=unit.unit_id in mine,
    )


def _in_gap(material: Material) -> frozenset[int]:
    """Return the units that answered the gap analysis: those whom a round usually asks."""
    from_gap = material.of(GapInvitation)
    return frozenset(row["unit_id"] for row in from_gap if row["state"] == InvitationState.ANSWERED)
