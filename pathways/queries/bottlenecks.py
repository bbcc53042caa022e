"""Where a region's introductions wait: how long the phases take, what has waited for whom, and what to look at.

Roles and bodies only, never persons, and in the order of the process, not of size: nobody is ranked. What goes on
counts for as long as it has lasted; what rests, and what was no longer wanted, for as long as it had.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import Select, bindparam, select

from pathways.measurement.lasting import Done, Lasted, is_slow, lasted
from pathways.measurement.survival import Span
from pathways.models.introduction import Event
from pathways.models.task import Task, TaskState
from pathways.planning.instants import local_date
from pathways.profiles.vocabulary import Role
from pathways.queries.decision_waits import DecisionWait, decision_waits
from pathways.queries.longest_waits import LongWait, longest_waits
from pathways.queries.material import Head
from pathways.queries.present import load_heads
from pathways.queries.stays import Stays, Visit, load_stays, visits_of
from pathways.storage.collation import swedish_key
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of
from states.snapshot import Phase, Standing

PHASES = tuple(phase for phase in Phase if phase is not Phase.FINISHED)
"""The phases that people's work ends; how long a follow-up takes is the calendar's."""

_task, _event = table_of(Task), table_of(Event)
_TASKS: Select[tuple[object, ...]] = (
    select(
        *(_task.c[name] for name in ("introduction_id", "role", "state", "made_at", "settled_at")),
        _event.c.phase,
    )
    .join(_event, (_event.c.introduction_id == _task.c.introduction_id) & (_event.c.seq == _task.c.made_in))
    .where(_task.c.region_id == bindparam("region"), _task.c.voided_by.is_(None))
)
_SETTLED = frozenset({TaskState.DONE, TaskState.NOT_APPLICABLE})


@dataclass(frozen=True, slots=True)
class PhaseTime:
    """How long a phase has taken, and the days of those that are in it now."""

    phase: str
    known: Lasted


@dataclass(frozen=True, slots=True)
class WaitTime:
    """How long something has waited in a phase for a role, or for a body's decision."""

    phase: str
    role: str
    body: str
    known: Lasted


@dataclass(frozen=True, slots=True)
class EarlyWarning:
    """An introduction that has been in its phase for longer than half of those before: what is done, and the days."""

    slug: str
    pathway: str
    number: int
    phase: str
    done: Done
    days: int
    median: int


@dataclass(frozen=True, slots=True)
class Flow:
    """What can be said of a region's flow."""

    phases: tuple[PhaseTime, ...]
    waits: tuple[WaitTime, ...]
    longest: tuple[LongWait, ...]
    warnings: tuple[EarlyWarning, ...]
    introductions: int


def flow(work: UnitOfWork, *, region_id: int, zone: ZoneInfo, today: date) -> Flow:
    """Return the flow of a region's own introductions, as it is now."""
    stays = load_stays(work, region_id=region_id, until=work.now).own
    heads = {head.introduction_id: head for head in load_heads(work, region_id=region_id)}
    tasks = work.rows(_TASKS, {"region": region_id})
    decisions = decision_waits(work, region_id=region_id, today=today)
    read = _Read(heads, stays, zone, today)
    phases = read.phases()
    return Flow(
        phases=tuple(PhaseTime(phase, phases[phase]) for phase in PHASES),
        waits=tuple(read.waits(tasks, decisions)),
        longest=longest_waits(work, region_id=region_id, zone=zone, today=today),
        warnings=tuple(read.warnings(phases, tasks)),
        introductions=len(heads),
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """What all parts of the flow are reckoned from."""

    heads: Mapping[int, Head]
    stays: Stays
    zone: ZoneInfo
    today: date

    def phases(self) -> dict[str, Lasted]:
        seen: dict[str, dict[int, list[Span]]] = {phase: defaultdict(list) for phase in Phase}
        for whose, stays in self.stays.items():
            visits = visits_of(stays, self.zone)
            for visit in visits:
                seen[visit.phase][whose].append(self._span(whose, visit, is_last=visit is visits[-1]))
        return {phase: lasted(own) for phase, own in seen.items()}

    def _span(self, whose: int, visit: Visit, *, is_last: bool) -> Span:
        """Return a visit in days under way; what goes on has come to today."""
        last = self.stays[whose][-1]
        goes_on = is_last and last.standing == Standing.ACTIVE
        more = (self.today - local_date(last.began_at, self.zone)).days if goes_on else 0
        return Span(visit.days + more, visit.is_over)

    def waits(self, tasks: Iterable[Row], decisions: Iterable[DecisionWait]) -> Iterator[WaitTime]:
        seen: dict[tuple[str, str, str], dict[int, list[Span]]] = defaultdict(lambda: defaultdict(list))
        for task in tasks:
            seen[task["phase"], str(task["role"]), ""][task["introduction_id"]].append(self._waited(task))
        for wait in decisions:
            seen[Phase.PRIORITISATION, "", wait.body][wait.introduction_id].append(wait.span)
        for phase, role, body in sorted(seen, key=_in_order):
            yield WaitTime(phase, role, body, lasted(seen[phase, role, body]))

    def _waited(self, task: Row) -> Span:
        """Return how long a task waited for its role; of one that was no longer wanted only that it had not come."""
        since = local_date(task["made_at"], self.zone)
        until = local_date(task["settled_at"], self.zone) if task["settled_at"] else self._until(task)
        return Span(max(0, (until - since).days), task["state"] in _SETTLED)

    def _until(self, task: Row) -> date:
        """Return the day to which an open task has waited: today, or the day on which the introduction went to rest."""
        last = self.stays[task["introduction_id"]][-1]
        return self.today if last.standing == Standing.ACTIVE else local_date(last.began_at, self.zone)

    def warnings(self, phases: Mapping[str, Lasted], tasks: Iterable[Row]) -> Iterator[EarlyWarning]:
        by_case: dict[int, list[Row]] = defaultdict(list)
        for task in tasks:
            by_case[task["introduction_id"]].append(task)
        for head in sorted(self.heads.values(), key=lambda head: (swedish_key(head.pathway), head.number)):
            if head.standing != Standing.ACTIVE or head.phase not in PHASES:
                continue
            visit = visits_of(self.stays[head.introduction_id], self.zone)[-1]
            days = self._span(head.introduction_id, visit, is_last=True).days
            known = phases[head.phase]
            if is_slow(days, known) and known.curve.median is not None:
                done = self._done(by_case[head.introduction_id], visit)
                yield EarlyWarning(head.slug, head.pathway, head.number, head.phase, done, days, known.curve.median)

    def _done(self, tasks: Iterable[Row], visit: Visit) -> Done:
        """Return how much of what the visit to the phase asked for is done."""
        states = [
            task["state"]
            for task in tasks
            if task["phase"] == visit.phase and local_date(task["made_at"], self.zone) >= visit.began_on
        ]
        return Done(states.count(TaskState.DONE), len(states), states.count(TaskState.NOT_APPLICABLE))


def _in_order(key: tuple[str, str, str]) -> tuple[int, int, tuple[str, str]]:
    """Sort by phase and role as the process has them; bodies after roles."""
    phase, role, body = key
    return list(Phase).index(Phase(phase)), list(Role).index(Role(role)) if role else len(Role), swedish_key(body)
