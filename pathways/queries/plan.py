"""The plan of one introduction: its activities with the gaps they close, the gaps that none closes, and the cost."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, select

from pathways.models.catalogue import PathwayGoal
from pathways.models.decision import Decision, DecisionKind
from pathways.models.gap import GapAnswer, GapInvitation, InvitationState, Verdict
from pathways.models.organisation import Body
from pathways.models.plan import Activity, ActivityGap, ActivityState, CommentRound, Standpoint
from pathways.profiles.schema import Profile
from pathways.queries.material import Head, Material, ref_key
from pathways.queries.moment import require_past
from pathways.queries.past import load_past_one
from pathways.queries.people import load_names, load_units
from pathways.queries.present import load_head, load_rows
from pathways.queries.views import Title
from pathways.services.evidence import GAP_LEVEL
from pathways.services.gap.steps import list_steps
from pathways.storage.collation import swedish_key
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

KINDS = (Activity, ActivityGap, GapAnswer, GapInvitation, CommentRound, Decision)
ENDED = frozenset({ActivityState.DONE, ActivityState.STOPPED})

_goal, _body = table_of(PathwayGoal), table_of(Body)
_GOALS = select(_goal.c.name).where(_goal.c.pathway_id == bindparam("pathway")).order_by(_goal.c.ordinal)
_BODIES = select(_body.c.id, _body.c.name, _body.c.short).where(_body.c.region_id == bindparam("region"))


@dataclass(frozen=True, slots=True)
class GapLine:
    """One unit's answer that is a gap, as an activity can close it."""

    ref: str
    step: str
    unit: str
    level: int
    measure: str | None


@dataclass(frozen=True, slots=True)
class StepGaps:
    """The gaps of one step, the largest first."""

    number: int
    step: str
    title: Title
    gaps: tuple[GapLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """An activity as the plan shows it; `row` holds its columns. A late one should have been over before today."""

    ref: str
    title: str
    row: Row
    responsible: str | None
    reported_by: str | None
    gaps: tuple[GapLine, ...]
    is_late: bool

    @property
    def state(self) -> str:
        """Return where the activity stands."""
        return str(self.row["state"])

    @property
    def is_declined(self) -> bool:
        """Say whether the management group found no room for it now."""
        return str(self.row["standpoint"]) == Standpoint.DECLINED

    @property
    def is_stopped(self) -> bool:
        """Say whether it was given up."""
        return self.state == ActivityState.STOPPED


@dataclass(frozen=True, slots=True)
class Cost:
    """What activities cost together, in whole kronor; `unknown` of them have no cost written."""

    once: int
    yearly: int
    unknown: int


@dataclass(frozen=True, slots=True)
class PlanDecision:
    """The decision that adopted the plan."""

    body: str
    row: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """All of a plan. `steps` are all gaps by step, `open_steps` those that no activity closes."""

    head: Head
    lines: tuple[PlanLine, ...]
    steps: tuple[StepGaps, ...]
    open_steps: tuple[StepGaps, ...]
    round: Row | None
    decision: PlanDecision | None
    goals: tuple[str, ...]
    asked: int

    @property
    def open_gaps(self) -> int:
        """Return how many gaps no activity closes."""
        return sum(len(step.gaps) for step in self.open_steps)

    @property
    def all_gaps(self) -> int:
        """Return how many gaps the gap analysis found."""
        return sum(len(step.gaps) for step in self.steps)

    @property
    def cost(self) -> Cost:
        """Return what the plan costs, without what was stopped or found no room."""
        return cost_of(line for line in self.lines if not line.is_declined and not line.is_stopped)

    @property
    def cost_declined(self) -> Cost:
        """Return what would be added by all that found no room now."""
        return cost_of(line for line in self.lines if line.is_declined and not line.is_stopped)

    def line(self, ref: str) -> PlanLine | None:
        """Return an activity by its ref."""
        return next((line for line in self.lines if line.ref == ref), None)


def plan_page(
    work: UnitOfWork,
    *,
    region_id: int,
    slug: str,
    profile: Profile,
    today: date,
    now: datetime,
    as_of: datetime | None = None,
) -> PlanPage:
    """Return the plan as it stands, or stood at an earlier moment; raise `Unknown` for another region's."""
    material = load_material(work, KINDS, region_id=region_id, slug=slug, now=now, as_of=as_of)
    return build_plan(work, material, profile, region_id=region_id, today=today)


def load_material(
    work: UnitOfWork,
    kinds: tuple[type, ...],
    *,
    region_id: int,
    slug: str,
    now: datetime,
    as_of: datetime | None = None,
) -> Material:
    """Return the rows of some kinds of one introduction, now or at an earlier moment."""
    if as_of is not None:
        return load_past_one(work, kinds, region_id=region_id, slug=slug, as_of=require_past(as_of, now=now))
    head = load_head(work, region_id=region_id, slug=slug)
    return Material(head, load_rows(work, kinds, region_id=region_id, introduction_id=head.introduction_id))


def build_plan(work: UnitOfWork, material: Material, profile: Profile, *, region_id: int, today: date) -> PlanPage:
    """Return the plan that some rows make."""
    head = material.head
    people = load_names(work, region_id=region_id).names
    units = load_units(work, region_id=region_id)
    gaps = _gaps(material, units)
    linked = _linked(material, gaps)
    version = head.own["analysed_version_id"]
    titles = list_steps(work, profile, version)[version] if version is not None else ()
    steps: dict[str, tuple[int, Title]] = {
        step.ref: (number, dict(step.title)) for number, step in enumerate(titles, start=1)
    }
    standing = {row["ref"] for row in material.of(Activity) if row["state"] != ActivityState.STOPPED}
    closed = {gap.ref for ref, found in linked.items() if ref in standing for gap in found}
    own = [gap for gap in gaps.values() if gap.step in steps]
    return PlanPage(
        head=head,
        lines=tuple(_line(row, people, linked[row["ref"]], today=today) for row in _in_order(material.of(Activity))),
        steps=_by_step(own, steps),
        open_steps=_by_step((gap for gap in own if gap.ref not in closed), steps),
        round=next(iter(material.of(CommentRound)[::-1]), None),
        decision=_decision(work, material, region_id),
        goals=tuple(work.values(_GOALS, {"pathway": head.pathway_id})),
        asked=_asked(material),
    )


def cost_of(lines: Iterable[PlanLine]) -> Cost:
    """Return what some activities cost together."""
    rows = [line.row for line in lines]
    return Cost(
        sum(row["cost_once"] or 0 for row in rows),
        sum(row["cost_yearly"] or 0 for row in rows),
        sum(row["cost_once"] is None and row["cost_yearly"] is None for row in rows),
    )


def _in_order(rows: Iterable[Row]) -> list[Row]:
    """Return the ranked ones in their order, then the others as they were planned; stopped ones last."""
    return sorted(
        rows,
        key=lambda row: (
            row["state"] == ActivityState.STOPPED,
            row["standpoint"] == Standpoint.DECLINED,
            row["rank"] is None,
            row["rank"] or 0,
            ref_key(row["ref"]),
        ),
    )


def _gaps(material: Material, units: Mapping[int, str]) -> dict[str, GapLine]:
    """Return the gaps of the version that is analysed, by the answer's ref."""
    analysed = material.head.own["analysed_version_id"]
    return {
        row["ref"]: GapLine(row["ref"], row["step"], units.get(row["unit_id"], ""), row["level"], row["measure"])
        for row in material.of(GapAnswer)
        if row["version_id"] == analysed and row["verdict"] == Verdict.LEVEL and row["level"] >= GAP_LEVEL
    }


def _linked(material: Material, gaps: Mapping[str, GapLine]) -> dict[str, list[GapLine]]:
    linked: dict[str, list[GapLine]] = defaultdict(list)
    for link in material.of(ActivityGap):
        if link["answer_ref"] in gaps:
            linked[link["activity_ref"]].append(gaps[link["answer_ref"]])
    return linked


def _by_step(gaps: Iterable[GapLine], steps: Mapping[str, tuple[int, Title]]) -> tuple[StepGaps, ...]:
    found: dict[str, list[GapLine]] = defaultdict(list)
    for gap in gaps:
        found[gap.step].append(gap)
    return tuple(
        StepGaps(number, step, title, tuple(sorted(found[step], key=lambda gap: (-gap.level, swedish_key(gap.unit)))))
        for step, (number, title) in steps.items()
        if found[step]
    )


def _line(row: Row, people: Mapping[int, str], gaps: Iterable[GapLine], *, today: date) -> PlanLine:
    return PlanLine(
        ref=str(row["ref"]),
        title=str(row["title"] or ""),
        row=row,
        responsible=people.get(row["responsible_id"]),
        reported_by=people.get(row["reported_by"]),
        gaps=tuple(gaps),
        is_late=row["due_on"] is not None and row["due_on"] < today and row["state"] not in ENDED,
    )


def _decision(work: UnitOfWork, material: Material, region_id: int) -> PlanDecision | None:
    made = [row for row in material.of(Decision) if row["kind"] == DecisionKind.PLAN and row["outcome"] == "adopt"]
    if not made:
        return None
    bodies = {row["id"]: row["short"] or row["name"] for row in work.rows(_BODIES, {"region": region_id})}
    return PlanDecision(bodies.get(made[-1]["body_id"], ""), made[-1])


def _asked(material: Material) -> int:
    analysed = material.head.own["analysed_version_id"]
    return sum(
        row["version_id"] == analysed and row["state"] != InvitationState.EXCUSED for row in material.of(GapInvitation)
    )
