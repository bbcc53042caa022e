"""The heartbeat of the clockwork, and the health that is read from it: a silent engine must be seen."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import Select, select

from notifications.outbox import OutboxCounts, counts
from pathways.errors import ClockWentBack, DatabaseReadOnly, DiskFull, Unwritable
from pathways.models.clockwork import Heartbeat
from pathways.settings import Settings
from pathways.storage.database import Database
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

SWEEP = "sweep"
CLOCK_TOLERANCE = timedelta(seconds=5)
MESSAGES_WAIT_AT_MOST = timedelta(minutes=15)
_beat = table_of(Heartbeat)


class Clocked(Protocol):
    """What the clockwork needs of the application."""

    @property
    def database(self) -> Database:
        """The database it works on."""
        ...

    @property
    def settings(self) -> Settings:
        """How often it is meant to run."""
        ...


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of health: `name` and `sentence` are for a person, `ok` is for a machine."""

    name: str
    ok: bool
    sentence: str
    values: dict[str, str | int]


@dataclass(frozen=True, slots=True)
class Health:
    """All signs together."""

    signs: tuple[Sign, ...]

    @property
    def ok(self) -> bool:
        """Say whether every sign is good."""
        return all(sign.ok for sign in self.signs)


def beat(app: Clocked, kind: str, *, now: datetime, note: str = "") -> None:
    """Remember that a piece of clockwork has finished at `now`."""
    with app.database.write(now) as work:
        if work.update(Heartbeat, {"kind": kind}, {"finished_at": now, "note": note}) == 0:
            work.insert(Heartbeat, [{"kind": kind, "finished_at": now, "note": note}])
        work.commit()


def refuse_an_earlier_clock(work: UnitOfWork) -> None:
    """Raise `ClockWentBack` where the clock stands before the newest sweep: nothing may be decided by it."""
    last = work.find(_of(SWEEP))
    if last is not None and work.now < last["finished_at"] - CLOCK_TOLERANCE:
        raise ClockWentBack(now=work.now.isoformat(), newest=last["finished_at"].isoformat())


def health(app: Clocked, *, now: datetime) -> Health:
    """Return the signs: can it write, is the clock right, are sweeps done in time, do messages get through?"""
    with app.database.read(now) as work:
        last = work.find(_of(SWEEP))
        outbox = counts(work.connection)
        obstacle = app.database.find_obstacle(work)
    swept = _sweep(last, now, app.settings.sweep_minutes)
    return Health((_writing(obstacle), _clock(last, now), swept, *_messages(outbox, now)))


def _of(kind: str) -> Select[tuple[object, ...]]:
    return select(_beat.c.finished_at, _beat.c.note).where(_beat.c.kind == kind)


def _writing(obstacle: Unwritable | None) -> Sign:
    told = {DiskFull: "health.disk_full", DatabaseReadOnly: "health.database_read_only"}
    sentence = told[type(obstacle)] if obstacle is not None else "health.disk_takes_more"
    return Sign("disk", obstacle is None, sentence, {})


def _clock(last: Row | None, now: datetime) -> Sign:
    back = last is not None and now < last["finished_at"] - CLOCK_TOLERANCE
    newest = last["finished_at"].isoformat() if last else ""
    return Sign("clock", not back, "health.clock_back" if back else "health.clock_right", {"newest": newest})


def _sweep(last: Row | None, now: datetime, minutes: int) -> Sign:
    if last is None:
        return Sign("sweep", ok=False, sentence="health.never_swept", values={})
    silent = now - last["finished_at"]
    ok = silent <= timedelta(minutes=2 * minutes)
    values: dict[str, str | int] = {"n": max(0, int(silent.total_seconds() // 60)), "note": str(last["note"])}
    return Sign("sweep", ok, "health.swept" if ok else "health.sweep_silent", values)


def _messages(outbox: OutboxCounts, now: datetime) -> tuple[Sign, Sign]:
    oldest = outbox.oldest_due_at
    late = outbox.failing > 0 or (oldest is not None and now - oldest > MESSAGES_WAIT_AT_MOST)
    waiting = Sign(
        "messages", not late, "health.messages_wait" if late else "health.messages_flow", {"n": outbox.pending}
    )
    dead = Sign(
        "dead_letters",
        outbox.dead == 0,
        "health.dead_letters" if outbox.dead else "health.no_dead_letters",
        {"n": outbox.dead},
    )
    return waiting, dead
