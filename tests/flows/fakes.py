"""Stand-ins for the use cases that the flows call, with the rows they would have found."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from flows import decision_pack, deliver, digest, integrity, learning_loop, sweep
from pathways.services.clockwork.loops import LoopDue

NOW = datetime(2026, 12, 7, 7, 0, tzinfo=UTC)  # a Monday, 08:00 in Stockholm


def due(introduction_id: int, *, number: int = 1, version: int = 1, attempt: int = 1) -> LoopDue:
    """A learning loop that is due."""
    return LoopDue(
        introduction_id=introduction_id,
        slug=f"pathway-{introduction_id}",
        number=number,
        version=version,
        attempt=attempt,
    )


@dataclass
class Rows:
    """What the use cases would read and write: due loops, opened loops, heartbeats, findings."""

    due: list[LoopDue] = field(default_factory=list)
    opened: list[tuple[int, int]] = field(default_factory=list)
    beats: list[tuple[str, str]] = field(default_factory=list)
    findings: tuple[str, ...] = ()

    def sweep(self, _app: object, *, now: datetime) -> SimpleNamespace:
        """Report what is due."""
        assert now == NOW
        return SimpleNamespace(timers_fired=3, reminders=2, refused=0, loops_due=tuple(self.due))

    def due_loops(self, _app: object, *, now: datetime) -> tuple[LoopDue, ...]:
        """The loops that are due."""
        assert now == NOW
        return tuple(self.due)

    def open_due_loop(self, _app: object, *, introduction_id: int, number: int, now: datetime) -> bool:
        """Open a loop once."""
        assert now == NOW
        found = [one for one in self.due if (one.introduction_id, one.number) == (introduction_id, number)]
        self.due = [one for one in self.due if one not in found]
        self.opened += [(introduction_id, number)] if found else []
        return bool(found)

    def next_attempt(self, _app: object, loop: LoopDue) -> None:
        """Count one attempt, by conditional update as the real one does."""
        self.due = [replace(one, attempt=one.attempt + 1) if one == loop else one for one in self.due]

    def beat(self, _app: object, kind: str, *, now: datetime, note: str = "") -> None:
        """Remember a heartbeat."""
        assert now == NOW
        self.beats.append((kind, note))


def put_in_place(rows: Rows, patch: pytest.MonkeyPatch) -> None:
    """Let the flows meet these rows instead of a database."""
    app = SimpleNamespace(clock=SimpleNamespace(now=lambda: NOW), refresh_calendars=lambda: None)
    report = SimpleNamespace(sent=4, retried=1, dead=0, held=2)
    for module in (decision_pack, deliver, digest, integrity, learning_loop, sweep):
        patch.setattr(module, "app", lambda: app)
    for module in (decision_pack, deliver, digest, integrity, sweep):
        patch.setattr(module, "beat", rows.beat)
    for module in (decision_pack, sweep):
        patch.setattr(module, "freeze_due_packs", lambda _app, *, now, build: 6 if now == NOW and build else None)
    patch.setattr(sweep, "sweep_rows", rows.sweep)
    patch.setattr(sweep, "due_loops", rows.due_loops)
    patch.setattr(sweep, "next_attempt", rows.next_attempt)
    patch.setattr(learning_loop, "open_due_loop", rows.open_due_loop)
    patch.setattr(deliver, "post", object)
    patch.setattr(deliver, "deliver_due", lambda _app, _post, *, now: report if now == NOW else None)
    patch.setattr(deliver, "push_webhooks", lambda _app, *, now: SimpleNamespace(sent=3, failed=int(now == NOW)))
    patch.setattr(digest, "gather_digests", lambda _app, *, now: 5 if now == NOW else None)
    patch.setattr(integrity, "verify", lambda _app, *, now: rows.findings if now == NOW else None)


def keys(loops: Iterable[LoopDue]) -> set[str]:
    """The keys of some loops."""
    return {loop.key for loop in loops}
