"""What is asked of every unit of a region, this quarter and the next four, and which units would be asked too much.

From what has been asked already, from the plans' days, and from the expected course of the introductions. Of people
only the unit they belong to is looked at.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, bindparam, func, select

from pathways.models.gap import GapAnswer, GapInvitation, InvitationState
from pathways.models.introduction import Introduction, TimerKind
from pathways.models.organisation import Person, Unit
from pathways.models.plan import Activity, ActivityGap, ActivityState, CommentRound, RoundState
from pathways.models.plan_comment import CommentInvitation, CommentState
from pathways.models.task import Task, TaskState
from pathways.planning.demand import NOTHING, Asking, Kind, Load, Quarter, loads, quarters_from, spread
from pathways.profiles.schema import Profile
from pathways.queries.timeline import Lane, timeline
from pathways.services.gap.unit_tasks import answer_items
from pathways.services.plan.comment_tasks import ITEM as COMMENT_ITEM
from pathways.storage.collation import swedish_key
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of
from states.snapshot import Phase, Standing

_introduction, _unit, _person, _task = table_of(Introduction), table_of(Unit), table_of(Person), table_of(Task)
_invitation, _answer, _activity, _link = (table_of(row) for row in (GapInvitation, GapAnswer, Activity, ActivityGap))
_round, _asked = table_of(CommentRound), table_of(CommentInvitation)
_REGION = bindparam("region", type_=_introduction.c.region_id.type)
_UNDER_WAY: ColumnElement[bool] = _introduction.c.standing == Standing.ACTIVE.value

_UNITS = select(_unit.c.id, _unit.c.slug, _unit.c.name, _unit.c.kind).where(
    _unit.c.region_id == _REGION, _unit.c.active
)
_TASKS = (
    select(
        _task.c.introduction_id,
        _task.c.item,
        _task.c.due_on,
        _task.c.unit_id.is_not(None).label("of_unit"),
        func.coalesce(_task.c.unit_id, _person.c.unit_id).label("unit_id"),
    )
    .join(_introduction, _introduction.c.id == _task.c.introduction_id)
    .outerjoin(_person, _person.c.id == _task.c.assignee_id)
    .where(_task.c.region_id == _REGION, _task.c.state == TaskState.OPEN, _task.c.voided_by.is_(None), _UNDER_WAY)
)
_INVITED = (
    select(_invitation.c.introduction_id, _invitation.c.unit_id, _invitation.c.due_on, _invitation.c.state)
    .join(_introduction, _introduction.c.id == _invitation.c.introduction_id)
    .where(
        _introduction.c.region_id == _REGION,
        _UNDER_WAY,
        _invitation.c.voided_by.is_(None),
        _invitation.c.state != InvitationState.EXCUSED,
    )
)
_COMMENTS = (
    select(_asked.c.introduction_id, _asked.c.unit_id, _round.c.closes_on)
    .join(_round, (_round.c.introduction_id == _asked.c.introduction_id) & (_round.c.ref == _asked.c.round_ref))
    .join(_introduction, _introduction.c.id == _asked.c.introduction_id)
    .where(
        _introduction.c.region_id == _REGION,
        _UNDER_WAY,
        _asked.c.voided_by.is_(None),
        _round.c.voided_by.is_(None),
        _asked.c.state == CommentState.WAITING,
        _round.c.state == RoundState.OPEN,
    )
)
_SETTLED = (
    select(_round.c.introduction_id)
    .join(_introduction, _introduction.c.id == _round.c.introduction_id)
    .where(_introduction.c.region_id == _REGION, _round.c.voided_by.is_(None))
    .distinct()
)
_ACTIVITIES = (
    select(_activity.c.introduction_id, _activity.c.ref, _activity.c.start_on, _activity.c.due_on, _answer.c.unit_id)
    .join(_introduction, _introduction.c.id == _activity.c.introduction_id)
    .outerjoin(
        _link,
        (_link.c.introduction_id == _activity.c.introduction_id)
        & (_link.c.activity_ref == _activity.c.ref)
        & _link.c.voided_by.is_(None),
    )
    .outerjoin(_answer, (_answer.c.introduction_id == _link.c.introduction_id) & (_answer.c.ref == _link.c.answer_ref))
    .where(
        _introduction.c.region_id == _REGION,
        _UNDER_WAY,
        _activity.c.voided_by.is_(None),
        _activity.c.state.in_((ActivityState.PLANNED, ActivityState.UNDER_WAY)),
        _activity.c.due_on.is_not(None),
    )
    .distinct()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDemand:
    """A unit and what is asked of it by quarter. `limit` is how many demands a quarter bears."""

    slug: str
    name: str
    kind: str
    by_quarter: Mapping[Quarter, Load]
    limit: int

    def load(self, quarter: Quarter) -> Load:
        """Return what is asked in a quarter."""
        return self.by_quarter.get(quarter, NOTHING)

    def collides(self, quarter: Quarter) -> bool:
        """Say whether more is asked in a quarter than it bears."""
        return self.load(quarter).asks > self.limit

    @property
    def crowded(self) -> tuple[Quarter, ...]:
        """Return the quarters in which too much is asked."""
        return tuple(quarter for quarter in sorted(self.by_quarter) if self.collides(quarter))

    def without_room(self, more: int) -> tuple[Quarter, ...]:
        """Return the quarters in which so many more demands would be too much."""
        return tuple(one for one in sorted(self.by_quarter) if self.load(one).asks + more > self.limit)


@dataclass(frozen=True, slots=True)
class Asker:
    """An introduction that asks."""

    slug: str
    pathway: str


@dataclass(frozen=True, slots=True)
class Foreseen:
    """An introduction that has asked no unit yet, and what each unit that it invites can count on, by quarter."""

    asker: Asker
    by_quarter: Mapping[Quarter, Load]

    def load(self, quarter: Quarter) -> Load:
        """Return what is foreseen in a quarter."""
        return self.by_quarter.get(quarter, NOTHING)


@dataclass(frozen=True, slots=True)
class Demand:
    """All units of a region in Swedish order, the quarters, and the introductions by id.

    `unplaced` are introductions of which nobody knows yet which units they will ask: no unit's figures hold them.
    """

    quarters: tuple[Quarter, ...]
    units: tuple[UnitDemand, ...]
    askers: Mapping[int, Asker]
    unplaced: tuple[Foreseen, ...]


def demand(work: UnitOfWork, *, region_id: int, profile: Profile, today: date) -> Demand:
    """Return what is asked of every active unit of the region, this quarter and the next four."""
    keys = {"region": region_id}
    lanes = timeline(work, region_id=region_id, profile=profile, today=today)
    invited = work.rows(_INVITED, keys)
    involved: dict[int, set[int]] = {}
    for row in invited:
        involved.setdefault(row["introduction_id"], set()).add(row["unit_id"])
    activities, settled = work.rows(_ACTIVITIES, keys), {*work.values(_SETTLED, keys)}
    askings = (
        *_answers(invited),
        *_tasks(work.rows(_TASKS, keys), profile),
        *_comments(work.rows(_COMMENTS, keys)),
        *_activities(activities, involved, today),
        *_expected(lanes, involved, settled, profile),
    )
    quarters, hours = quarters_from(today), profile.workload.hours.by_kind
    found = loads(askings, hours, today=today, quarters=quarters)
    unplaced = {lane.line.row.introduction_id: lane for lane in lanes if _is_unplaced(lane, involved)}
    foreseen = loads(_foreseen(unplaced, activities, settled, profile, today), hours, today=today, quarters=quarters)
    units = sorted(work.rows(_UNITS, keys), key=lambda row: swedish_key(row["name"]))
    limit = profile.workload.demands_per_quarter
    askers = {lane.line.row.introduction_id: Asker(lane.line.row.slug, lane.line.row.pathway) for lane in lanes}
    return Demand(
        quarters,
        tuple(
            UnitDemand(
                slug=row["slug"],
                name=row["name"],
                kind=str(row["kind"]),
                by_quarter=found.get(row["id"], {}),
                limit=limit,
            )
            for row in units
        ),
        askers,
        tuple(Foreseen(askers[case], foreseen.get(case, {})) for case in unplaced),
    )


def would_collide(found: Demand, *, more: int = 1) -> tuple[UnitDemand, ...]:
    """Return the units that have a quarter in which `more` demands would be too much."""
    return tuple(unit for unit in found.units if unit.without_room(more))


def units_of(found: Demand, slug: str) -> tuple[UnitDemand, ...]:
    """Return the units of which an introduction asks something, and that are asked too much in some quarter."""
    ids = {number for number, asker in found.askers.items() if asker.slug == slug}
    return tuple(
        unit
        for unit in found.units
        if unit.crowded and any(ids & load.introductions for load in unit.by_quarter.values())
    )


def _is_unplaced(lane: Lane, involved: Mapping[int, set[int]]) -> bool:
    row = lane.line.row
    return row.standing == Standing.ACTIVE and not involved.get(row.introduction_id)


def _answers(invited: Iterable[Row]) -> Iterator[Asking]:
    for row in invited:
        if row["state"] == InvitationState.WAITING:
            yield _asking(row, Kind.GAP_ANALYSIS, row["due_on"])


def _tasks(rows: Iterable[Row], profile: Profile) -> Iterator[Asking]:
    """Count the tasks that units have, but for those by which they answer and comment: these are counted as such."""
    counted = {*answer_items(profile), COMMENT_ITEM}
    for row in rows:
        if row["unit_id"] is not None and row["item"] not in counted:
            yield _asking(row, Kind.CHECKLIST if row["of_unit"] else Kind.TASK, row["due_on"])


def _comments(rows: Iterable[Row]) -> Iterator[Asking]:
    for row in rows:
        yield _asking(row, Kind.COMMENT_ROUND, row["closes_on"])


def _activities(rows: Iterable[Row], involved: Mapping[int, set[int]], today: date) -> Iterator[Asking]:
    """Count an activity at the units whose gaps it closes, or at all that are involved, in each quarter it runs."""
    for row in rows:
        units = {row["unit_id"]} if row["unit_id"] is not None else involved.get(row["introduction_id"], set())
        for unit_id in sorted(units):
            for day in spread(row["start_on"], row["due_on"], today=today):
                yield Asking(unit_id=unit_id, introduction_id=row["introduction_id"], kind=Kind.ACTIVITY, on=day)


def _expected(
    lanes: Iterable[Lane], involved: Mapping[int, set[int]], settled: set[int], profile: Profile
) -> Iterator[Asking]:
    """Count what the usual course of an introduction will ask of the units it has involved."""
    per_unit = sum(item.per == "unit" for item in profile.checklist("executing"))
    for lane in lanes:
        case = lane.line.row.introduction_id
        for unit_id in sorted(involved.get(case, ())):
            for kind, day in _ahead(lane, per_unit, is_settled=case in settled):
                yield Asking(unit_id=unit_id, introduction_id=case, kind=kind, on=day, is_expected=True)


def _foreseen(
    unplaced: Mapping[int, Lane], activities: Iterable[Row], settled: set[int], profile: Profile, today: date
) -> Iterator[Asking]:
    """Count what each unit can count on that such an introduction invites: for a unit numbered as the introduction."""
    itself = {case: {case} for case in unplaced}
    own = [row for row in activities if row["introduction_id"] in unplaced and row["unit_id"] is None]
    for one in (*_expected(unplaced.values(), itself, settled, profile), *_activities(own, itself, today)):
        yield replace(one, is_expected=True)
    for case, lane in unplaced.items():
        for bar in lane.bars:
            if bar.kind == "forecast" and bar.phase == Phase.GAP_ANALYSIS:
                yield Asking(
                    unit_id=case, introduction_id=case, kind=Kind.GAP_ANALYSIS, on=bar.from_on, is_expected=True
                )


def _ahead(lane: Lane, per_unit: int, *, is_settled: bool) -> Iterator[tuple[Kind, date]]:
    for bar in lane.bars:
        if bar.kind != "forecast":
            continue
        if bar.phase == Phase.GAP_ANALYSIS and not is_settled:
            yield Kind.COMMENT_ROUND, bar.until_on
        if bar.phase == Phase.IMPLEMENTATION and lane.line.row.phase in _BEFORE:
            yield from [(Kind.CHECKLIST, bar.from_on)] * per_unit
            yield Kind.LOOP, bar.until_on
    for mark in lane.marks:
        if mark.kind == TimerKind.LEARNING_LOOP and not mark.is_done:
            yield Kind.LOOP, mark.on


_BEFORE = frozenset({Phase.PREPARATION.value, Phase.GAP_ANALYSIS.value, Phase.PRIORITISATION.value})


def _asking(row: Row, kind: Kind, on: date) -> Asking:
    return Asking(unit_id=row["unit_id"], introduction_id=row["introduction_id"], kind=kind, on=on)
