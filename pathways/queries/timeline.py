"""The timeline: what each introduction has been through, what lies ahead of it, and its milestones, in days.

What has been is told by the log, what is planned by rows (timers, the meeting chosen), and what is forecast is
reckoned by `forecast`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, select

from pathways.models.decision import BoardCase, Decision
from pathways.models.introduction import Timer, TimerKind, TimerState
from pathways.models.loop import Celebration, LearningLoop
from pathways.models.organisation import Body
from pathways.planning.instants import local_date
from pathways.profiles.schema import Profile
from pathways.queries.board import COLUMNS, CONDITIONS, place_all
from pathways.queries.board_page import BoardLine, cells_of, newest_of
from pathways.queries.forecast import Ahead, Here, look_ahead
from pathways.queries.material import Material
from pathways.queries.moment import require_past
from pathways.queries.open_rows import Columns
from pathways.queries.stays import Stay, load_stays, visits_of
from pathways.queries.usual import Usual, usual_days
from pathways.services.timers import loop_due_on
from pathways.storage.unit_of_work import UnitOfWork, table_of
from states.snapshot import ENDED, Phase, Standing

LOOPS_AHEAD = 4
_ENDS: Mapping[str, str] = {
    Phase.PRIORITISATION: "meeting",
    Phase.IMPLEMENTATION: TimerKind.LEARNING_LOOP,
    Phase.FINISHED: TimerKind.FOLLOW_UP,
}
"""The milestones that end a phase."""

_body = table_of(Body)
_BODIES = select(_body.c.id, _body.c.name, _body.c.short).where(_body.c.region_id == bindparam("region"))
_MORE: Columns = {
    Timer: ("kind", "occurrence", "due_at", "state"),
    BoardCase: (*COLUMNS[BoardCase], "meeting_on", "body_id"),
    LearningLoop: (*COLUMNS[LearningLoop], "held_on"),
    Decision: ("kind", "meeting_on", "body_id", "outcome"),
    Celebration: ("held_on",),
}
_COLUMNS: Columns = {**COLUMNS, **_MORE}
_CONDITIONS = {kind: narrowed for kind, narrowed in CONDITIONS.items() if kind not in {BoardCase, LearningLoop}}


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time: gone through, resting, or forecast. One that goes on has no end of its own: it ends today."""

    kind: str
    phase: str
    from_on: date
    until_on: date
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A day that matters: planned, or done. `number` is a loop's or a follow-up's, `body` who meets."""

    kind: str
    on: date
    is_done: bool
    number: int = 0
    body: str = ""
    outcome: str = ""

    def kind_on(self, today: date) -> str:
        """Return whether it is done, planned, or planned for a day that has passed."""
        if self.is_done:
            return "done"
        return "late" if self.on < today else "planned"


@dataclass(frozen=True, slots=True)
class Lane:
    """One introduction's line of the timeline, with its line of the board."""

    line: BoardLine
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]


def timeline(
    work: UnitOfWork, *, region_id: int, profile: Profile, today: date, as_of: datetime | None = None
) -> tuple[Lane, ...]:
    """Return a lane for each introduction in Swedish order of their names, now or as of an earlier moment.

    As of an earlier moment `today` is the day of that moment. Milestones of introductions that have ended are left out.
    """
    until = work.now if as_of is None else require_past(as_of, now=work.now)
    day = today if as_of is None else local_date(until, profile.region.zone)
    placed = place_all(
        work,
        region_id=region_id,
        profile=profile,
        today=day,
        as_of=as_of,
        columns=_COLUMNS,
        conditions=_CONDITIONS,
    )
    past = load_stays(work, region_id=region_id, until=until)
    usual = usual_days(past, profile.region.zone)
    bodies = {row["id"]: str(row["short"] or row["name"]) for row in work.rows(_BODIES, {"region": region_id})}
    lanes, newest = _Lanes(profile, usual, bodies, day), newest_of(one.row for one in placed)
    return tuple(
        lanes.lane(
            BoardLine(
                one.row,
                usual.get(one.row.phase),
                cells_of(one.row),
                is_earlier=one.row.number < newest[one.row.slug],
            ),
            one.material,
            past.own.get(one.row.introduction_id, ()),
        )
        for one in placed
    )


@dataclass(frozen=True, slots=True)
class _Lanes:
    """What all lanes are drawn with."""

    profile: Profile
    usual: Mapping[str, Usual]
    bodies: Mapping[int, str]
    today: date

    def lane(self, line: BoardLine, material: Material, stays: tuple[Stay, ...]) -> Lane:
        marks = tuple(sorted(self._marks(material), key=lambda mark: (mark.on, mark.kind)))
        bars = (*self._gone(stays), *self._ahead(line, stays, marks))
        return Lane(line, bars, marks)

    def _gone(self, stays: tuple[Stay, ...]) -> Iterator[Bar]:
        zone = self.profile.region.zone
        for stay in stays:
            from_on = local_date(stay.began_at, zone)
            if stay.standing in ENDED:
                continue
            until_on = local_date(stay.ended_at, zone) if stay.ended_at else self.today
            kind = "rest" if stay.standing == Standing.PAUSED else "actual"
            if until_on > from_on or stay.ended_at is None:
                yield Bar(kind, stay.phase, from_on, until_on)

    def _ahead(self, line: BoardLine, stays: tuple[Stay, ...], marks: tuple[Mark, ...]) -> Iterator[Bar]:
        if line.row.standing != Standing.ACTIVE or not stays:
            return
        here = Here(
            phase=line.row.phase, days_so_far=self._days_so_far(stays), ends_on=self._known_end(line.row.phase, marks)
        )
        for one in look_ahead(here, self.usual, self.profile, today=self.today):
            yield _forecast(one)

    def _days_so_far(self, stays: tuple[Stay, ...]) -> int:
        visit = visits_of(stays, self.profile.region.zone)[-1]
        return visit.days + (self.today - local_date(stays[-1].began_at, self.profile.region.zone)).days

    def _known_end(self, phase: str, marks: tuple[Mark, ...]) -> date | None:
        """Return the day that is planned to end the phase: the chosen meeting, the next loop, the last follow-up."""
        days = [mark.on for mark in marks if mark.kind == _ENDS.get(phase) and not mark.is_done]
        ahead = [day for day in days if day >= self.today]
        return max(ahead, default=None) if phase == Phase.FINISHED else min(ahead, default=None)

    def _marks(self, material: Material) -> Iterator[Mark]:
        yield from self._timers(material)
        for case in material.of(BoardCase):
            if not case["closed"]:
                yield Mark("meeting", case["meeting_on"], is_done=False, body=self.bodies.get(case["body_id"], ""))
        for loop in material.of(LearningLoop):
            if loop["held_on"]:
                yield Mark("held", loop["held_on"], is_done=True, number=loop["number"])
        for row in material.of(Decision):
            body = self.bodies.get(row["body_id"], "")
            yield Mark("decided", row["meeting_on"], is_done=True, body=body, outcome=str(row["outcome"]))
        for row in material.of(Celebration):
            if row["held_on"]:
                yield Mark("celebrated", row["held_on"], is_done=row["held_on"] <= self.today)

    def _timers(self, material: Material) -> Iterator[Mark]:
        zone, anchor_on = self.profile.region.zone, material.head.own["anchor_on"]
        for timer in material.of(Timer):
            if timer["state"] != TimerState.LIVE:
                continue
            kind, number = str(timer["kind"]), int(timer["occurrence"])
            yield Mark(kind, local_date(timer["due_at"], zone), is_done=False, number=number)
            if kind == TimerKind.LEARNING_LOOP and anchor_on is not None:
                for later in range(number + 1, number + LOOPS_AHEAD):
                    yield Mark(kind, loop_due_on(self.profile, anchor_on, later), is_done=False, number=later)


def _forecast(ahead: Ahead) -> Bar:
    return Bar("forecast", ahead.phase, ahead.from_on, ahead.until_on, ahead.basis)
