"""A region's log as traces for process mining: what happened when, by which role, and to which things.

Persons never leave this module: whoever acted becomes the role in which the command may be given. Free texts are in the
log by digest only; of the rest the columns named in `TOLD` are let through, and no others.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from itertools import groupby
from operator import itemgetter

from sqlalchemy import BindParameter, Select, bindparam, func, select

from pathways.models.case_rows import CASE_TABLES
from pathways.models.catalogue import Pathway
from pathways.models.introduction import Event, Introduction
from pathways.models.organisation import Body, Region, RegionRole, Unit
from pathways.profiles.vocabulary import Role
from pathways.services.policy import POLICY
from pathways.storage.fold import Change, changes_of
from pathways.storage.unit_of_work import Row, UnitOfWork, defaults_of, table_of

SYSTEM, OTHER = "system", "other"
"""Who acted where no person did, and where the person holds no role any more."""

AT_ONCE = 25
"""So many introductions' events are read at a time: what is held does not grow with the region."""

TOLD: Mapping[str, tuple[str, ...]] = {
    "task": ("item", "role", "belongs_to", "state", "due_on", "snoozes"),
    "gap_invitation": ("state", "due_on"),
    "gap_answer": ("step", "verdict", "level", "confidence", "patient_source"),
    "activity": ("kind", "state", "start_on", "due_on", "cost_once", "cost_yearly", "standpoint", "rank"),
    "comment_round": ("state", "opened_on", "closes_on"),
    "board_case": ("meeting_on", "hand_in_on", "closed"),
    "decision": ("kind", "outcome", "meeting_on"),
    "learning_loop": ("number", "state", "decision", "due_on", "held_on"),
    "celebration": ("held_on",),
    "follow_up": ("months", "due_on", "recorded_on", "holds"),
    "indicator": ("kind", "direction", "every", "share", "availability", "retired_on"),
    "indicator_phase": ("cause", "starts", "frozen_through"),
    "prediction": ("loop", "direction", "by_on", "is_late"),
    "review": ("loop", "held_on", "data_until", "closing", "asked_for", "decision"),
}
"""What is told of which things. None of it is written freely, and none of it is or names a person."""

LOOPS, REVIEWS = "learning_loop", "review"
_NUMBERED = {LOOPS: "number", REVIEWS: "loop"}
"""What others name by the number of a loop, and the column that holds it."""
_TIED: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "indicator": (("task", "task", "waits_for"),),
    "indicator_phase": (("indicator", "indicator", "lines_of"),),
    "indicator_value": (("indicator", "indicator", "measured"),),
    "prediction": (("activity_ref", "activity", "foretells"), ("loop", LOOPS, "judged_in")),
    "review": (("loop", LOOPS, "review_of"),),
    "review_activity": (("activity_ref", "activity", "judged"),),
    "review_indicator": (("indicator", "indicator", "looked_at"),),
}
"""Which column of which row names another thing, of which kind, and how the two hang together.

Rows that are no things of their own tie what they belong to: what a review says of an activity ties the review to it;
a value is told by its event alone.
"""
_PARTS = {"review_activity": REVIEWS, "review_indicator": REVIEWS}

CHOICES = ("outcome", "decision", "how")
_event, _introduction, _pathway = table_of(Event), table_of(Introduction), table_of(Pathway)
_region, _body, _unit, _role = table_of(Region), table_of(Body), table_of(Unit), table_of(RegionRole)
_REGION: BindParameter[int] = bindparam("region", type_=_introduction.c.region_id.type)
_HEAD: Select[tuple[object, ...]] = select(
    _region.c.code,
    _region.c.name,
    _region.c.origin,
    select(func.count()).where(_introduction.c.region_id == _REGION).scalar_subquery().label("cases"),
    select(func.min(_event.c.at)).where(_event.c.region_id == _REGION).scalar_subquery().label("first_at"),
).where(_region.c.id == _REGION)
_COMMANDS = select(_event.c.command).where(_event.c.region_id == _REGION).distinct().order_by(_event.c.command)
_BODIES = select(_body.c.id, func.coalesce(_body.c.short, _body.c.name).label("name")).where(
    _body.c.region_id == _REGION
)
_UNITS = select(_unit.c.id, _unit.c.name).where(_unit.c.region_id == _REGION)
_ROLES = select(_role.c.person_id, _role.c.role).where(_role.c.region_id == _REGION)
_CASES = (
    select(_introduction.c.id, _introduction.c.slug, _introduction.c.number, _pathway.c.name.label("pathway"))
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .where(_introduction.c.region_id == _REGION)
    .order_by(_introduction.c.id)
)
_EVENTS: Select[tuple[object, ...]] = (
    select(
        *(_event.c[name] for name in ("introduction_id", "seq", "at", "command", "actor_id", "payload")),
        *(_event.c[name] for name in ("phase", "place", "standing")),
    )
    .where(_event.c.region_id == _REGION, _event.c.introduction_id.in_(bindparam("cases", expanding=True)))
    .order_by(_event.c.introduction_id, _event.c.seq)
)
Plain = str | int | float | bool


@dataclass(frozen=True, slots=True)
class LogHead:
    """What a log is of: the region, its bodies and units by number, which commands occur, and the first moment.

    `origin` tells real data from what was made up.
    """

    region_code: str
    region: str
    origin: str
    cases: int
    first_at: datetime | None
    commands: tuple[str, ...]
    bodies: Mapping[int, str]
    units: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Touched:
    """A thing that an event made or altered, the values it set, and the unit and body that it concerns."""

    kind: str
    ref: str
    made: bool
    values: Mapping[str, Plain]
    unit_id: int | None
    body_id: int | None


@dataclass(frozen=True, slots=True)
class Tie:
    """That an event ties one thing to another, by kind and ref; `of` is None where only the event concerns it."""

    of: tuple[str, str] | None
    to: tuple[str, str]
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One event: the command, what was chosen, in which role, and where the introduction stood after it."""

    seq: int
    at: datetime
    command: str
    choice: str
    role: str
    phase: str
    place: str
    standing: str
    touched: tuple[Touched, ...]
    ties: tuple[Tie, ...] = ()

    @property
    def body_id(self) -> int | None:
        """Return the body that the event concerns, if one."""
        return next((one.body_id for one in self.touched if one.body_id is not None), None)


@dataclass(frozen=True, slots=True)
class Trace:
    """One introduction from its first event to its last."""

    slug: str
    number: int
    pathway: str
    steps: tuple[Step, ...]


def read_head(work: UnitOfWork, *, region_id: int) -> LogHead:
    """Return what the log is of."""
    keys = {"region": region_id}
    row = work.find(_HEAD, keys)
    assert row is not None, "the caller is in the region"
    return LogHead(
        region_code=row["code"],
        region=row["name"],
        origin=str(row["origin"]),
        cases=row["cases"],
        first_at=row["first_at"],
        commands=tuple(work.values(_COMMANDS, keys)),
        bodies={one["id"]: one["name"] for one in work.rows(_BODIES, keys)},
        units={one["id"]: one["name"] for one in work.rows(_UNITS, keys)},
    )


def read_steps(work: UnitOfWork, *, region_id: int, introduction_id: int) -> tuple[Step, ...]:
    """Return all events of one introduction in order."""
    rows = work.rows(_EVENTS, {"region": region_id, "cases": [introduction_id]})
    return tuple(_steps(iter(rows), _held(work, region_id)))


def _held(work: UnitOfWork, region_id: int) -> Mapping[int, set[str]]:
    held: dict[int, set[str]] = defaultdict(set)
    for row in work.rows(_ROLES, {"region": region_id}):
        held[row["person_id"]].add(str(row["role"]))
    return held


def read_traces(work: UnitOfWork, *, region_id: int) -> Iterator[Trace]:
    """Give the introductions one by one, the first begun first, each with all its events in order."""
    held = _held(work, region_id)
    cases = work.rows(_CASES, {"region": region_id})
    for start in range(0, len(cases), AT_ONCE):
        some = {case["id"]: case for case in cases[start : start + AT_ONCE]}
        rows = work.rows(_EVENTS, {"region": region_id, "cases": list(some)})
        for case_id, events in groupby(rows, key=itemgetter("introduction_id")):
            case = some[case_id]
            yield Trace(case["slug"], case["number"], case["pathway"], tuple(_steps(events, held)))


def _steps(events: Iterator[Row], held: Mapping[int, set[str]]) -> Iterator[Step]:
    appointed: dict[str, tuple[int, str]] = {}
    known = _Known(set(), {})
    for event in events:
        changes = changes_of(event)
        role = _role_of(event, held, appointed.values())  # before what the event itself brings
        _take_in(appointed, changes)
        known.take_in(changes)
        yield Step(
            seq=event["seq"],
            at=event["at"],
            command=event["command"],
            choice=_choice(event["payload"]),
            role=role,
            phase=event["phase"],
            place=event["place"],
            standing=event["standing"],
            touched=tuple(_touched(change) for change in changes if change.table in TOLD),
            ties=tuple(tie for change in changes for tie in known.ties(change)),
        )


@dataclass(slots=True)
class _Known:
    """The things that an introduction's events have made so far, and those that are named by a loop's number."""

    things: set[tuple[str, str]]
    numbered: dict[tuple[str, int], str]

    def take_in(self, changes: Sequence[Change]) -> None:
        """Note what an event made."""
        for change in changes:
            if change.made and change.table in TOLD:
                self.things.add((change.table, change.ref))
                number = change.values.get(_NUMBERED.get(change.table, ""))
                if isinstance(number, int):
                    self.numbered[change.table, number] = change.ref

    def ties(self, change: Change) -> Iterator[Tie]:
        """Yield what a change ties together; only what the log tells of."""
        for column, kind, how in _TIED.get(change.table, ()):
            named = change.values.get(column)
            ref = self.numbered.get((kind, named)) if isinstance(named, int) else named
            if isinstance(ref, str) and (kind, ref) in self.things:
                yield Tie(self._of(change), (kind, ref), how)

    def _of(self, change: Change) -> tuple[str, str] | None:
        if change.table in TOLD:
            return change.table, change.ref
        whole, loop = _PARTS.get(change.table), change.values.get("loop")
        found = self.numbered.get((whole, loop)) if whole is not None and isinstance(loop, int) else None
        return (whole, found) if whole is not None and found is not None else None


def _take_in(appointed: dict[str, tuple[int, str]], changes: Sequence[Change]) -> None:
    """Note who came to hold a role in the introduction, and who no longer does."""
    for change in changes:
        if change.table != "appointment":
            continue
        if change.made and change.values.get("person_id") is not None:
            appointed[change.ref] = (int(str(change.values["person_id"])), str(change.values["role"]))
        elif not change.made and (change.values.get("until_on") or change.values.get("voided_by")):
            appointed.pop(change.ref, None)


def _role_of(event: Row, held: Mapping[int, set[str]], appointed: Iterable[tuple[int, str]]) -> str:
    """Return the role that let somebody give a command; roles in the introduction come before those in the region."""
    actor = event["actor_id"]
    if actor is None:
        return SYSTEM
    own = {role for person, role in appointed if person == actor}
    allowed = POLICY.get(event["command"], frozenset())
    regional = held.get(actor, set())
    for roles in (own & allowed, regional & allowed, own, regional):
        if roles:
            return min(roles, key=_ORDER.index)
    return OTHER


_ORDER = [str(role) for role in Role]


def _choice(payload: Mapping[str, object]) -> str:
    given = payload.get("given")
    if not isinstance(given, Mapping):
        return ""
    return next((str(given[name]) for name in CHOICES if isinstance(given.get(name), str)), "")


def _touched(change: Change) -> Touched:
    known = {**_defaults(change.table), **change.values} if change.made else change.values
    values = ((name, known.get(name)) for name in TOLD[change.table])
    plain = {name: value for name, value in values if isinstance(value, Plain)}
    unit, body = change.values.get("unit_id"), change.values.get("body_id")
    return Touched(
        kind=change.table,
        ref=change.ref,
        made=change.made,
        values=plain,
        unit_id=unit if isinstance(unit, int) else None,
        body_id=body if isinstance(body, int) else None,
    )


@cache
def _defaults(table: str) -> Mapping[str, object]:
    """Return what a new row holds without the log saying so."""
    given = defaults_of(CASE_TABLES[table])
    return {name: value.value if isinstance(value, StrEnum) else value for name, value in given.items()}
