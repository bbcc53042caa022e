"""What has happened to introductions since a body last met: phases, rests, ends, and what was decided."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from types import MappingProxyType
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, bindparam, func, or_, select

from pathways.models.decision import Decision, DecisionKind
from pathways.models.introduction import Event, Introduction
from pathways.models.organisation import Body
from pathways.planning.instants import local_date, local_instant
from pathways.profiles.vocabulary import Matter
from pathways.queries.board import Placed
from pathways.queries.pack.content import Change
from pathways.queries.stays import Past, Stay
from pathways.storage.collation import swedish_key
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of
from states.snapshot import Standing

KINDS = MappingProxyType({DecisionKind.PLAN: "decided_plan", DecisionKind.RESPONSE: "decided_response"})
ENDORSED = MappingProxyType({Matter.PLAN: "endorsed_plan", Matter.RESPONSE: "endorsed_response"})
_decision, _event, _introduction, _body = (table_of(row) for row in (Decision, Event, Introduction, Body))
_undone = _event.alias("undone")
_AS_OF = bindparam("as_of", type_=_event.c.at.type)
_DECIDED: Select[tuple[object, ...]] = (
    select(
        *(_decision.c[name] for name in ("introduction_id", "kind", "about", "outcome", "register_no", "paragraph_no")),
        _event.c.at,
        func.coalesce(_body.c.short, _body.c.name).label("body"),
    )
    .join(_introduction, _introduction.c.id == _decision.c.introduction_id)
    .join(_event, and_(_event.c.introduction_id == _decision.c.introduction_id, _event.c.seq == _decision.c.made_in))
    .join(_body, _body.c.id == _decision.c.body_id)
    .outerjoin(
        _undone, and_(_undone.c.introduction_id == _decision.c.introduction_id, _undone.c.seq == _decision.c.voided_by)
    )
    .where(
        _introduction.c.region_id == bindparam("region"),
        _event.c.at >= bindparam("since", type_=_event.c.at.type),
        _event.c.at <= _AS_OF,
        or_(_undone.c.at.is_(None), _undone.c.at > _AS_OF),
    )
    .order_by(_event.c.at, _decision.c.introduction_id, _decision.c.made_in)
)


def list_changes(
    work: UnitOfWork,
    placed: Iterable[Placed],
    past: Past,
    *,
    region_id: int,
    since: date,
    as_of: datetime,
    zone: ZoneInfo,
) -> tuple[Change, ...]:
    """Return the changes from a day on, the newest first; what a correction undid has not happened."""
    named = {one.row.introduction_id: _names(one) for one in placed}
    since_at = local_instant(since, time(0), zone)
    decided = work.rows(_DECIDED, {"region": region_id, "since": since_at, "as_of": as_of})
    found = [
        _of_decision(row, named[row["introduction_id"]], zone) for row in decided if row["introduction_id"] in named
    ]
    for case, stays in past.own.items():
        if case in named:
            found += [
                _of_stay(kind, stay, named[case], zone) for kind, stay in _moved(stays) if stay.began_at >= since_at
            ]
    return tuple(sorted(found, key=lambda one: (-one.on.toordinal(), swedish_key(one.pathway), one.number, one.kind)))


def _moved(stays: tuple[Stay, ...]) -> Iterator[tuple[str, Stay]]:
    """Yield each stay with what its beginning meant."""
    before: Stay | None = None
    for stay in stays:
        yield _kind(before, stay), stay
        before = stay


def _kind(before: Stay | None, stay: Stay) -> str:
    if before is None:
        return "started"
    if stay.standing != before.standing:
        return "resumed" if stay.standing == Standing.ACTIVE else str(stay.standing)
    return "phase"


def _of_stay(kind: str, stay: Stay, names: Row, zone: ZoneInfo) -> Change:
    return Change(kind=kind, on=local_date(stay.began_at, zone), phase=stay.phase, **names)


def _of_decision(row: Row, names: Row, zone: ZoneInfo) -> Change:
    return Change(
        kind=ENDORSED[row["about"]] if row["kind"] == DecisionKind.ENDORSEMENT else KINDS[row["kind"]],
        on=local_date(row["at"], zone),
        body=str(row["body"]),
        outcome=str(row["outcome"]),
        register_no=str(row["register_no"]),
        paragraph_no=str(row["paragraph_no"]),
        **names,
    )


def _names(one: Placed) -> Row:
    return {name: getattr(one.row, name) for name in ("slug", "pathway", "number")}
