"""Which timers an introduction should have where it stands, and how its rows are brought in line.

Timers follow from the position: every command, pause and correction ends with the same reconciliation, so no timer is
ever left behind and none is set twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from operator import itemgetter
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, bindparam, select

from pathways.models.decision import BoardCase
from pathways.models.introduction import Timer, TimerKind, TimerState
from pathways.models.loop import FollowUp, LearningLoop, LoopState
from pathways.planning.instants import local_instant
from pathways.planning.loops import due_on
from pathways.profiles.schema import Profile
from pathways.services.case import Case
from pathways.storage.fold import OWN
from pathways.storage.gathering import Gathering
from pathways.storage.unit_of_work import Row, constant, table_of
from states.snapshot import place_of

MORNING = time(8, 0)

_timer, _loop, _follow_up, _board = (table_of(row) for row in (Timer, LearningLoop, FollowUp, BoardCase))
_CASE: BindParameter[int] = bindparam("case")
_AROUND = Gathering(
    timers=select(_timer.c.ref, _timer.c.kind, _timer.c.occurrence, _timer.c.due_at, _timer.c.state).where(
        _timer.c.introduction_id == _CASE,
        _timer.c.state.in_([constant(state) for state in (TimerState.LIVE, TimerState.FIRED, TimerState.REFUSED)]),
    ),
    loops=select(_loop.c.number, _loop.c.opened_on, _loop.c.state).where(
        _loop.c.introduction_id == _CASE, _loop.c.voided_by.is_(None)
    ),
    follow_ups=select(_follow_up.c.months, _follow_up.c.due_on, _follow_up.c.recorded_on, _follow_up.c.round).where(
        _follow_up.c.introduction_id == _CASE, _follow_up.c.voided_by.is_(None)
    ),
    meetings=select(_board.c.made_in, _board.c.meeting_on).where(
        _board.c.introduction_id == _CASE, _board.c.voided_by.is_(None), ~_board.c.closed
    ),
)
"""The timers that are live or rang, and the rows that the wanted ones follow from."""
SOURCES = frozenset({OWN, *(str(row.__tablename__) for row in (LearningLoop, FollowUp, BoardCase))})
"""The tables that timers follow from, besides the position."""

Key = tuple[TimerKind, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standpoint:
    """What the wanted timers follow from."""

    place: str
    today: date
    anchor_on: date | None = None
    return_on: date | None = None
    loops: tuple[Row, ...] = ()
    follow_ups: tuple[Row, ...] = ()
    meeting_on: date | None = None


def loop_due_on(profile: Profile, anchor_on: date, number: int) -> date:
    """Return the working day on which learning loop `number` is due."""
    loops = profile.loops
    return due_on(anchor_on, number, interval_months=loops.interval_months, rule=loops.move, workdays=profile.workdays)


def wanted(standpoint: Standpoint, profile: Profile) -> dict[Key, datetime]:
    """Return the timers that should be live, with their instants."""
    zone = profile.region.zone
    match standpoint.place:
        case "executing" if standpoint.anchor_on is not None:
            number = 1 + max((int(str(loop["number"])) for loop in standpoint.loops), default=0)
            day = loop_due_on(profile, standpoint.anchor_on, number)
            return {(TimerKind.LEARNING_LOOP, number): local_instant(day, profile.loops.opens_at, zone)}
        case "reviewing":
            return _overdue(standpoint.loops, profile, zone)
        case "awaiting_decision" if standpoint.meeting_on is not None:
            return {(TimerKind.DECISION, 1): _morning(standpoint.meeting_on + timedelta(days=1), zone)}
        case "finished":
            return _follow_up_timers(standpoint.follow_ups, zone)
        case "paused" if standpoint.return_on is not None:
            return {(TimerKind.RETURN, 1): _morning(standpoint.return_on, zone)}
    return {}


def reconcile(case: Case) -> None:
    """Cancel live timers that are no longer wanted or whose instant changed, and set those that are missing."""
    around = _AROUND.read(case.work, {"case": case.id})
    target = wanted(_standpoint(case, around), case.profile)
    rows = sorted(around["timers"], key=itemgetter("ref"))
    settled = {(row["kind"], row["occurrence"], row["due_at"]) for row in rows if is_settled(row)}
    live: set[Key] = set()
    for row in rows:
        if row["state"] != TimerState.LIVE:
            continue
        key = (row["kind"], row["occurrence"])
        if target.get(key) == row["due_at"]:
            live.add(key)
        else:
            case.update(Timer, row["ref"], state=TimerState.CANCELLED, settled_at=case.now)
    policy = case.profile.loops.after_outage
    case.insert_many(
        Timer,
        [
            {"kind": kind, "occurrence": occurrence, "due_at": due_at, "policy": policy}
            for (kind, occurrence), due_at in target.items()
            if (kind, occurrence) not in live and (kind, occurrence, due_at) not in settled
        ],
    )


def is_settled(row: Row) -> bool:
    """Say whether a timer rang for good. A loop's timer may be set anew after a correction; the others remind once."""
    if row["state"] == TimerState.REFUSED:
        return True
    return bool(row["state"] == TimerState.FIRED and row["kind"] != TimerKind.LEARNING_LOOP)


def _standpoint(case: Case, around: Mapping[str, Sequence[Row]]) -> Standpoint:
    newest_meeting = max(around["meetings"], key=itemgetter("made_in"), default=None)
    anchor, back = case.own["anchor_on"], case.own["return_on"]
    assert anchor is None or isinstance(anchor, date)
    assert back is None or isinstance(back, date)
    return Standpoint(
        place=place_of(case.snapshot),
        today=case.today,
        anchor_on=anchor,
        return_on=back,
        loops=tuple(around["loops"]),
        follow_ups=tuple(around["follow_ups"]),
        meeting_on=newest_meeting["meeting_on"] if newest_meeting else None,
    )


def _overdue(loops: Iterable[Row], profile: Profile, zone: ZoneInfo) -> dict[Key, datetime]:
    timers: dict[Key, datetime] = {}
    for loop in loops:
        opened = loop["opened_on"]
        if loop["state"] == LoopState.OPEN and isinstance(opened, date):
            last = profile.workdays.add(opened, profile.loops.hold_within_workdays)
            timers[TimerKind.LOOP_OVERDUE, int(str(loop["number"]))] = _morning(profile.workdays.add(last, 1), zone)
    return timers


def _follow_up_timers(follow_ups: Iterable[Row], zone: ZoneInfo) -> dict[Key, datetime]:
    rows = list(follow_ups)
    newest = max((int(str(row["round"])) for row in rows), default=0)
    return {
        (TimerKind.FOLLOW_UP, int(str(row["months"]))): _morning(row["due_on"], zone)
        for row in rows
        if row["round"] == newest and row["recorded_on"] is None and isinstance(row["due_on"], date)
    }


def _morning(day: date, zone: ZoneInfo) -> datetime:
    return local_instant(day, MORNING, zone)
