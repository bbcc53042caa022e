"""The figures of a state report: what a region's introductions came to within a period, counted by the database."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, bindparam, select

from pathways.models.base import CaseRow
from pathways.models.catalogue import Pathway
from pathways.models.decision import Decision
from pathways.models.introduction import Event, Introduction
from pathways.models.loop import LearningLoop, LoopState
from pathways.models.measure import Availability, Indicator, IndicatorValue
from pathways.models.organisation import Body
from pathways.models.plan import Activity, ActivityState, Standpoint
from pathways.queries.plan import ENDED
from pathways.queries.status_matrix import status_matrix
from pathways.queries.views import MatrixCell
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

_introduction, _event, _pathway, _body = (table_of(row) for row in (Introduction, Event, Pathway, Body))
BEGAN, ENDED_WELL = "start", "finish"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """One decision within the period."""

    on: date
    body: str
    pathway: str
    kind: str
    outcome: str
    register_no: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFigures:
    """What came of a region's introductions in a period; `late`, `cells` and the rest of today are as they stand."""

    cells: tuple[MatrixCell, ...]
    begun: tuple[str, ...]
    finished: tuple[str, ...]
    decided: tuple[Decided, ...]
    loops: Counter[str]
    activities_done: int
    activities_late: int
    activities_open: int
    cost_once: int
    cost_yearly: int
    measured: int
    unmeasured: int
    not_measurable: int


def report_figures(
    work: UnitOfWork, *, region_id: int, since: date, until: date, instants: tuple[datetime, datetime], today: date
) -> ReportFigures:
    """Return the figures of the days from `since` to `until`; `instants` are the period's first and the one after."""
    keys = {"region": region_id}
    passed = instants[1] < work.now
    activities = work.rows(_of(Activity, "state", "ended_on", "due_on", "standpoint", "cost_once", "cost_yearly"), keys)
    still = [row for row in activities if row["state"] not in ENDED and row["standpoint"] != Standpoint.DECLINED]
    day = min(until, today)
    loops = work.rows(_of(LearningLoop, "state", "held_on", "decision"), keys)
    held = [row for row in loops if row["state"] == LoopState.HELD and _within(row["held_on"], since, until)]
    indicators = work.rows(_of(Indicator, "ref", "availability", "retired_on"), keys)
    return ReportFigures(
        cells=status_matrix(work, region_id=region_id, as_of=instants[1] if passed else None),
        begun=_moved(work, region_id, BEGAN, instants),
        finished=_moved(work, region_id, ENDED_WELL, instants),
        decided=_decided(work, region_id, since, until),
        loops=Counter(str(row["decision"] or "") for row in held),
        activities_done=sum(
            row["state"] == ActivityState.DONE and _within(row["ended_on"], since, until) for row in activities
        ),
        activities_late=sum(row["due_on"] is not None and row["due_on"] < day for row in still),
        activities_open=len(still),
        cost_once=sum(row["cost_once"] or 0 for row in still),
        cost_yearly=sum(row["cost_yearly"] or 0 for row in still),
        **_measured(work, region_id, indicators),
    )


def _of(kind: type[CaseRow], *columns: str) -> Select[tuple[object, ...]]:
    table = table_of(kind)
    return (
        select(table.c.introduction_id, *(table.c[name] for name in columns))
        .join(_introduction, _introduction.c.id == table.c.introduction_id)
        .where(_introduction.c.region_id == bindparam("region"), table.c.voided_by.is_(None))
    )


_MOVED = (
    select(_pathway.c.name)
    .select_from(_event)
    .join(_introduction, _introduction.c.id == _event.c.introduction_id)
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .where(
        _introduction.c.region_id == bindparam("region"),
        _event.c.command == bindparam("command"),
        _event.c.at >= bindparam("first", type_=_event.c.at.type),
        _event.c.at < bindparam("after", type_=_event.c.at.type),
    )
    .order_by(_event.c.at)
)
_BODIES: Select[tuple[object, ...]] = select(_body.c.id, _body.c.short, _body.c.name).where(
    _body.c.region_id == bindparam("region")
)
_PATHWAYS: Select[tuple[object, ...]] = (
    select(_introduction.c.id, _pathway.c.name)
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .where(_introduction.c.region_id == bindparam("region"))
)


def _moved(work: UnitOfWork, region_id: int, command: str, instants: tuple[datetime, datetime]) -> tuple[str, ...]:
    keys = {"region": region_id, "command": command, "first": instants[0], "after": instants[1]}
    return tuple(dict.fromkeys(str(name) for name in work.values(_MOVED, keys)))


def _decided(work: UnitOfWork, region_id: int, since: date, until: date) -> tuple[Decided, ...]:
    keys = {"region": region_id}
    bodies = {row["id"]: row["short"] or row["name"] for row in work.rows(_BODIES, keys)}
    pathways = {row["id"]: row["name"] for row in work.rows(_PATHWAYS, keys)}
    rows = work.rows(_of(Decision, "kind", "body_id", "meeting_on", "outcome", "register_no"), keys)
    within = sorted(
        (row for row in rows if _within(row["meeting_on"], since, until)), key=lambda row: row["meeting_on"]
    )
    return tuple(
        Decided(
            on=row["meeting_on"],
            body=str(bodies.get(row["body_id"], "")),
            pathway=str(pathways[row["introduction_id"]]),
            kind=str(row["kind"]),
            outcome=str(row["outcome"]),
            register_no=str(row["register_no"]),
        )
        for row in within
    )


def _measured(work: UnitOfWork, region_id: int, indicators: Sequence[Row]) -> dict[str, int]:
    values = work.rows(_of(IndicatorValue, "indicator"), {"region": region_id})
    with_values = {(row["introduction_id"], row["indicator"]) for row in values}
    standing = [row for row in indicators if row["retired_on"] is None]
    measured = sum((row["introduction_id"], row["ref"]) in with_values for row in standing)
    cannot = sum(
        row["availability"] == Availability.CANNOT_YET and (row["introduction_id"], row["ref"]) not in with_values
        for row in standing
    )
    return {"measured": measured, "not_measurable": cannot, "unmeasured": len(standing) - measured - cannot}


def _within(day: date | None, since: date, until: date) -> bool:
    return day is not None and since <= day <= until
