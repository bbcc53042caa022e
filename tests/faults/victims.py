"""A process that makes victims for kill -9: writers and deliverers, each a fork of its own, so that one costs little.

Reads one JSON line per victim (`Errand`) and answers with its process id. Failpoints are put in here, by wrapping what
the product calls; the product knows nothing of them. Called as `python -m tests.faults.victims URL`.
"""

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from notifications import outbox
from notifications.channels.base import Recipient, Rendered
from pathways.bootstrap import App, build_app
from pathways.bootstrap.delivery import build_post
from pathways.clock import SetClock
from pathways.services import frame
from pathways.services.ask import Ask, Receipt
from pathways.services.clockwork import delivery
from pathways.services.clockwork.delivery import deliver_due
from pathways.services.clockwork.loops import open_due_loop
from pathways.services.clockwork.sweep import sweep
from pathways.settings import Settings
from pathways.storage.unit_of_work import UnitOfWork

SLUG = "kol"
_slept: list[float] = []
FAILPOINTS = ("before_commit", "after_outbox", "after_commit", "mid_send", "after_claim")


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What a victim does until it dies: `write` from command `begin` on, `sweep` or `deliver`; maybe to a failpoint."""

    kind: str
    instant: str
    replies: str
    sent: str
    begin: int = 0
    failpoint: str = ""


@dataclass(frozen=True, slots=True)
class FileChannel:
    """The outside world: what was handed over is there for good, whatever becomes of who handed it over."""

    file: Path
    failpoint: str = ""
    name: str = "address"

    def send(self, recipient: Recipient, rendered: Rendered, *, key: str, now: datetime) -> None:
        """Takes the message; and then kills the sender, or puts it to sleep before, where that is wanted."""
        if self.failpoint == "asleep":
            sleep_on_the_way()
        _append(self.file, key)
        if self.failpoint == "mid_send":
            die()


def command_number(n: int) -> tuple[str, dict[str, object], Ask]:
    """The n-th command of the one client, always the same for the same n."""
    day = "2022-12-01"
    orders: list[tuple[str, dict[str, object]]] = [
        ("create_task", {"title": f"Uppgift {n}", "due_on": day, "person": "res"}),
        ("pause", {"until_on": day}),
        ("create_task", {"title": f"Uppgift {n}", "due_on": day, "person": "m2"}),
        ("resume", {}),
        ("create_task", {"title": f"Uppgift {n}", "due_on": day, "person": "m1"}),
    ]
    return *orders[n % 5], Ask(actor="sam", reason="Övning", command_id=f"command-{n}")


def give(app: App, n: int) -> Receipt:
    """Sends the n-th command."""
    command, data, ask = command_number(n)
    return app.run(SLUG, command, data, ask)


def die() -> None:
    """As kill -9 does it: nothing is closed, flushed or rolled back."""
    os.kill(os.getpid(), signal.SIGKILL)


def sleep_on_the_way() -> None:
    """Stands still until somebody wakes the process; on waking an hour has passed, once."""
    if not _slept:
        os.kill(os.getpid(), signal.SIGSTOP)
        _slept.append(3600.0)


def stopwatch() -> float:
    """Measures the process's time, that of its sleep included."""
    return time.monotonic() + sum(_slept)


def write(app: App, errand: Errand) -> None:
    """Sends command after command, and notes each answer as a client would see it."""
    n = errand.begin
    while True:
        receipt = give(app, n)
        if errand.failpoint == "after_commit":
            die()
        _append(Path(errand.replies), json.dumps({"n": n, **asdict(receipt)}))
        n += 1


def deliver(app: App, errand: Errand) -> None:
    """Delivers for ever."""
    post = build_post(app, FileChannel(Path(errand.sent), errand.failpoint))
    while True:
        deliver_due(app, post, now=app.clock.now())
        if errand.failpoint == "asleep":
            os._exit(0)


def turn(app: App, _errand: Errand) -> None:
    """Sweeps for ever, and opens the loops that are due."""
    while True:
        for loop in sweep(app, now=app.clock.now()).loops_due:
            open_due_loop(app, introduction_id=loop.introduction_id, number=loop.number, now=app.clock.now())


KINDS = {"write": write, "sweep": turn, "deliver": deliver}


def set_failpoint(name: str) -> None:
    """Makes this process die at a named moment."""
    if name == "before_commit":
        UnitOfWork.commit = _instead_die  # type: ignore[method-assign]  # only in the victim
    if name == "after_outbox":
        outbox_put = frame.put  # type: ignore[attr-defined]  # the name under which the frame calls the outbox
        frame.put = _then_die(outbox_put)  # type: ignore[attr-defined]  # as above
    if name == "asleep":
        delivery.deliver = partial(delivery.deliver, stopwatch=stopwatch)  # type: ignore[attr-defined]  # as below
    if name == "after_claim":
        outbox.record_receipts = _instead_die  # between the claim and the first receipt


def _then_die(act: Callable[..., int]) -> Callable[..., int]:
    def acted(*given: object, **named: object) -> int:
        act(*given, **named)
        die()
        raise AssertionError("unreachable")

    return acted


def _instead_die(*_given: object, **_named: object) -> None:
    die()


def _append(file: Path, line: str) -> None:
    with file.open("a") as out:
        out.write(line + "\n")


def run(url: str, errand: Errand) -> None:
    """What a victim does; it never returns."""
    set_failpoint(errand.failpoint)
    app = build_app(Settings(), clock=SetClock(datetime.fromisoformat(errand.instant)), database_url=url)
    KINDS[errand.kind](app, errand)


def main(url: str) -> None:
    """Makes one victim per line of input."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            try:
                run(url, Errand(**json.loads(line)))
            finally:
                os._exit(3)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
