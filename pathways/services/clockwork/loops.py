"""Learning loops that are due: which they are, the opening of one, and the count of attempts for the scheduler."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select, update

from pathways.errors import Refused
from pathways.models.introduction import Introduction, Timer, TimerKind, TimerState
from pathways.models.organisation import Region
from pathways.services.ask import Nothing
from pathways.services.clockwork.running import Running, as_system
from pathways.services.loop.open_loop import USE_CASE as OPEN_LOOP
from pathways.storage.unit_of_work import table_of
from states.errors import TransitionRefused

_timer, _introduction, _region = table_of(Timer), table_of(Introduction), table_of(Region)


@dataclass(frozen=True, slots=True)
class LoopDue:
    """A learning loop whose day has come: its introduction, number, the version it was seen at, and the attempt."""

    introduction_id: int
    slug: str
    number: int
    version: int
    attempt: int

    @property
    def key(self) -> str:
        """Return the key under which a scheduler runs it once."""
        return f"loop:{self.introduction_id}:{self.number}:v{self.version}:a{self.attempt}"


def due_loops(app: Running, *, now: datetime) -> tuple[LoopDue, ...]:
    """Return the loops that are due, the longest due first."""
    with app.database.read(now) as work:
        rows = work.rows(_due(app, now))
    return tuple(
        LoopDue(row["introduction_id"], row["slug"], row["occurrence"], row["version"], row["attempt"]) for row in rows
    )


def open_due_loop(app: Running, *, introduction_id: int, number: int, now: datetime) -> bool:
    """Open one due loop and return True; False where it is open already, no longer due, or not wanted any more."""
    with app.database.read(now) as work:
        query = _due(app, now).where(_timer.c.introduction_id == introduction_id, _timer.c.occurrence == number)
        row = work.find(query)
    if row is None:
        return False
    try:
        receipt = as_system(
            app,
            OPEN_LOOP,
            Nothing(),
            region=(row["region_id"], row["code"]),
            slug=row["slug"],
            key=f"open-loop:{introduction_id}:{row['ref']}",
        )
    except (TransitionRefused, Refused):
        return False
    return not receipt.repeated


def next_attempt(app: Running, loop: LoopDue) -> None:
    """Count one more attempt, where nobody has counted it already; clockwork only, so no event tells of it."""
    statement = (
        update(_timer)
        .where(
            _timer.c.introduction_id == loop.introduction_id,
            _timer.c.kind == TimerKind.LEARNING_LOOP,
            _timer.c.occurrence == loop.number,
            _timer.c.state == TimerState.LIVE,
            _timer.c.attempt == loop.attempt,
        )
        .values(attempt=loop.attempt + 1)
    )
    app.retry(lambda work: work.connection.execute(statement))


def due_timers(app: Running, now: datetime) -> Select[tuple[object, ...]]:
    """Return the query of the application's live timers whose time has come, with what is needed to act on them."""
    return (
        select(
            _timer.c.introduction_id,
            _timer.c.ref,
            _timer.c.kind,
            _timer.c.occurrence,
            _timer.c.attempt,
            _introduction.c.slug,
            _introduction.c.version,
            _introduction.c.region_id,
            _region.c.code,
        )
        .join(_introduction, _introduction.c.id == _timer.c.introduction_id)
        .join(_region, _region.c.id == _introduction.c.region_id)
        .where(_timer.c.state == TimerState.LIVE, _timer.c.due_at <= now, _region.c.code.in_(app.profiles))
        .order_by(_timer.c.due_at, _timer.c.introduction_id)
    )


def _due(app: Running, now: datetime) -> Select[tuple[object, ...]]:
    return due_timers(app, now).where(_timer.c.kind == TimerKind.LEARNING_LOOP)
