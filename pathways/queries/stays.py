"""How long introductions stayed in which phase: the log's few moving events as stretches of one phase and standing.

Read along the index ix_event_moved, which holds a few of a hundred events and all that is asked of them, so that
neither the length of a log nor that of the nation's logs together is felt.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter, itemgetter
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, bindparam, case, func, literal, literal_column, null, select, text, union_all

from pathways.models.introduction import Event, Introduction, moved
from pathways.planning.instants import local_date
from pathways.queries.history import CORRECT
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of
from states.snapshot import Standing

OTHERS_ASKED = 60
"""So many introductions of other regions are looked at, those that moved last: enough for a median, few to read."""

_introduction, _event = table_of(Introduction), table_of(Event)
_corrected = _event.alias("corrected")
_UNTIL = bindparam("until", type_=_event.c.at.type)
_REGION = bindparam("region", type_=_introduction.c.region_id.type)
_MOVED = text(moved("event"))


def _chosen() -> Select[tuple[object, ...]]:
    """Return the query of the introductions to read: the region's own, and of the others those that moved last."""
    own = select(_introduction.c.id, literal(1).label("own")).where(_introduction.c.region_id == _REGION)
    moved_at = (
        select(func.max(_event.c.at))
        .where(_event.c.introduction_id == _introduction.c.id, _MOVED, _event.c.at <= _UNTIL)
        .correlate(_introduction)
        .scalar_subquery()
    )
    moving = select(_introduction.c.id, moved_at.label("moved_at")).where(_introduction.c.region_id != _REGION)
    inner = moving.subquery("moving")
    last = (
        select(inner.c.id, literal(0).label("own"))
        .where(inner.c.moved_at.is_not(None))
        .order_by(inner.c.moved_at.desc(), inner.c.id)
        .limit(OTHERS_ASKED)
        .subquery("last_moved")
    )
    return select(union_all(own, select(last.c.id, last.c.own)).subquery("chosen"))


def _moves() -> Select[tuple[object, ...]]:
    chosen = _chosen().subquery("asked")
    undo_to = (
        select(_corrected.c.payload["given", "undo_to"].as_integer())
        .where(_corrected.c.introduction_id == _event.c.introduction_id, _corrected.c.seq == _event.c.seq)
        .correlate(_event)
        .scalar_subquery()
    )
    return (
        select(
            chosen.c.own,
            *(_event.c[name] for name in ("introduction_id", "seq", "at", "phase", "standing")),
            case((_event.c.command == literal_column(f"'{CORRECT}'"), undo_to), else_=null()).label("undo_to"),
        )
        .join(_event, and_(_event.c.introduction_id == chosen.c.id, _MOVED, _event.c.at <= _UNTIL))
        .order_by(_event.c.introduction_id, _event.c.at, _event.c.seq)
    )


_MOVES = _moves()


@dataclass(frozen=True, slots=True)
class Stay:
    """A stretch of time in one phase with one standing; the last one has no end."""

    phase: str
    standing: str
    began_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Visit:
    """A stretch of time in one phase, rests in between included; `days` counts those under way."""

    phase: str
    began_on: date
    ended_on: date | None
    is_over: bool  # the phase was gone through to its end; one that was stopped in was not
    days: int


Stays = Mapping[int, tuple[Stay, ...]]


@dataclass(frozen=True, slots=True)
class Past:
    """Where introductions stayed until a moment: the region's own by id, and those of others, whose they are unsaid."""

    own: Stays
    others: tuple[tuple[Stay, ...], ...]


def load_stays(work: UnitOfWork, *, region_id: int, until: datetime) -> Past:
    """Return the stays of the region's introductions, and of others' those that moved last, in one statement.

    What others did may be counted and never shown: a tenant sees no other's rows.
    """
    own: dict[int, tuple[Stay, ...]] = {}
    others: list[tuple[Stay, ...]] = []
    rows = work.rows(_MOVES, {"region": region_id, "until": until})
    for introduction_id, moves in groupby(rows, key=itemgetter("introduction_id")):
        log = list(moves)
        if log[0]["own"]:
            own[introduction_id] = stays_of(log)
        else:
            others.append(stays_of(log))
    return Past(own, tuple(others))


def stays_of(moves: Iterable[Row]) -> tuple[Stay, ...]:
    """Return the stays that one introduction's moving events tell of, without those that corrections undid."""
    runs = [
        (position, next(run)["at"])
        for position, run in groupby(_standing(list(moves)), key=itemgetter("phase", "standing"))
    ]
    ends = [began_at for _, began_at in runs[1:]]
    return tuple(
        Stay(phase, standing, began_at, ended_at)
        for ((phase, standing), began_at), ended_at in zip(runs, [*ends, None], strict=True)
    )


def visits_of(stays: Iterable[Stay], zone: ZoneInfo) -> tuple[Visit, ...]:
    """Return an introduction's visits to phases, in days on the region's calendars."""
    runs = [(phase, list(run)) for phase, run in groupby(stays, key=attrgetter("phase"))]
    return tuple(_visit(phase, run, zone, is_last=n == len(runs)) for n, (phase, run) in enumerate(runs, start=1))


def _visit(phase: str, run: list[Stay], zone: ZoneInfo, *, is_last: bool) -> Visit:
    active = [stay for stay in run if stay.standing == Standing.ACTIVE]
    ends = run[-1].standing
    ended_at = run[-1].began_at if ends in {Standing.CLOSED, Standing.STOPPED} else run[-1].ended_at
    return Visit(
        phase=phase,
        began_on=local_date(run[0].began_at, zone),
        ended_on=local_date(ended_at, zone) if ended_at else None,
        is_over=not is_last or ends == Standing.CLOSED,
        days=sum(
            (local_date(stay.ended_at, zone) - local_date(stay.began_at, zone)).days
            for stay in active
            if stay.ended_at is not None
        ),
    )


def _standing(moves: list[Row]) -> list[Row]:
    """Return the moves that no correction undid, and that were not themselves an undone correction's."""
    undone: set[int] = set()
    for move in reversed(moves):
        if move["undo_to"] is not None and move["seq"] not in undone:
            undone |= {other["seq"] for other in moves if move["undo_to"] < other["seq"] < move["seq"]}
    return [move for move in moves if move["seq"] not in undone]
