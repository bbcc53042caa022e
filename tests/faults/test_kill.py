"""Writers and deliverers are killed at random and at named moments: nothing accepted is lost, nothing shown twice."""

import contextlib
import itertools
import json
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import time, timedelta
from pathlib import Path
from time import monotonic, sleep

import psutil
import pytest
from sqlalchemy import select

from notifications.outbox import State
from notifications.tables import outbox_message
from pathways.bootstrap import App
from pathways.bootstrap.delivery import build_post
from pathways.clock import SetClock
from pathways.planning.instants import local_date, local_instant
from pathways.services.ask import Receipt
from pathways.services.clockwork.delivery import deliver_due
from pathways.services.clockwork.sweep import sweep
from tests.faults.victims import FAILPOINTS, KINDS, SLUG, Errand, FileChannel, give
from tests.invariants import assert_all_told, assert_promise_kept, fingerprint, same_answer
from tests.pathways.drive import drive_to

LEASE_ENDS = timedelta(minutes=6)


@dataclass
class Trial:
    """One database, its victims, and what their client was answered."""

    app: App
    clock: SetClock
    folder: Path
    maker: subprocess.Popen[str]
    accepted: dict[str, Receipt] = field(default_factory=dict)
    next_command: int = 0
    repeated: int = 0

    def send(self, kind: str, failpoint: str = "") -> int:
        """Sends a victim on its errand; returns its process id."""
        errand = Errand(
            kind=kind,
            instant=self.clock.now().isoformat(),
            replies=str(self.folder / "replies"),
            sent=str(self.folder / "sent"),
            begin=self.next_command,
            failpoint=failpoint,
        )
        assert self.maker.stdin is not None
        assert self.maker.stdout is not None
        self.maker.stdin.write(json.dumps(asdict(errand)) + "\n")
        self.maker.stdin.flush()
        return int(self.maker.stdout.readline())

    def read_replies(self) -> None:
        """Takes over what the client was answered before the writer died."""
        file = self.folder / "replies"
        for line in file.read_text().splitlines() if file.exists() else ():
            reply = json.loads(line)
            n, made = reply.pop("n"), tuple((table, ref) for table, ref in reply.pop("made"))
            self.accepted[f"command-{n}"] = Receipt(**reply, made=made)
            self.next_command = max(self.next_command, n + 1)

    def retry_the_last(self) -> None:
        """The client does not know whether its last command came through, and sends it again, twice."""
        n = self.next_command
        receipt = give(self.app, n)
        self.repeated += receipt.repeated
        first = Receipt(**{**asdict(receipt), "made": receipt.made, "repeated": False})
        assert same_answer(first, give(self.app, n))
        self.accepted[f"command-{n}"] = first
        self.next_command = n + 1

    def assert_nothing_lost(self) -> None:
        """Does what is left to do, and looks at log, rows, inboxes and what left the house."""
        sweep(self.app, now=self.clock.now())
        again = sweep(self.app, now=self.clock.now())
        assert (again.timers_fired, again.reminders) == (0, 0)
        post = build_post(self.app, FileChannel(self.folder / "sent"))
        for _ in range(2):
            self.clock.set(self.clock.now() + timedelta(days=3))  # past leases, quiet hours and the week-end
            deliver_due(self.app, post, now=self.clock.now())
        assert len(self.accepted) == self.next_command
        assert_promise_kept(self.app, self.accepted)
        assert_all_told(self.app)
        assert at_once(self.app) == set((self.folder / "sent").read_text().splitlines())


@contextlib.contextmanager
def trial(app: App, clock: SetClock, folder: Path) -> Iterator[Trial]:
    """Sets the stage: an introduction whose loop falls due soon, one to write to, and a maker of victims."""
    drive_to(app, clock, "sepsis", "executing")
    clock.set(clock.now() + timedelta(days=85))
    drive_to(app, clock, SLUG, "mapping")
    url = app.database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.faults.victims", url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as maker:
        made = Trial(app, clock, folder, maker)
        yield made
        assert maker.stdin is not None
        maker.stdin.close()


def wait_until_dead(pid: int, *, seconds: float = 20) -> None:
    """Waits for a victim to meet its failpoint."""
    wait_until(lambda: not psutil.pid_exists(pid), seconds=seconds)


def wait_until(happened: Callable[[], bool], *, seconds: float = 20) -> None:
    """Waits for something that another process does."""
    limit = monotonic() + seconds
    while not happened():
        assert monotonic() < limit, "it did not happen"
        sleep(0.005)


def kill_at_random(one: Trial, chance: random.Random, *, rounds: int) -> None:
    """All kinds of victims at work at once, each killed at a moment of its own; a day later the next ones."""
    for _ in range(rounds):
        for pid in [one.send(kind) for kind in KINDS]:
            sleep(chance.uniform(0, 0.2))
            os.kill(pid, signal.SIGKILL)
            wait_until_dead(pid)
        one.read_replies()
        one.retry_the_last()
        one.clock.set(one.clock.now() + timedelta(days=1))


def kill_at_failpoints(one: Trial, failpoints: Iterator[str]) -> None:
    """One victim after the other dies at its moment, in working hours, when mail leaves at once."""
    today = local_date(one.clock.now(), one.app.profile.region.zone)
    workday = one.app.profile.workdays.next_workday(today + timedelta(days=1))
    one.clock.set(local_instant(workday, time(9, 0), one.app.profile.region.zone))
    for failpoint in failpoints:
        kind = "deliver" if failpoint in {"mid_send", "after_claim"} else "write"
        wait_until_dead(one.send(kind, failpoint))
        one.read_replies()
        one.retry_the_last()
        one.clock.set(one.clock.now() + LEASE_ENDS)


def test_who_is_killed_at_any_named_moment_loses_and_doubles_nothing(app: App, clock: SetClock, tmp_path: Path) -> None:
    with trial(app, clock, tmp_path) as one:
        kill_at_failpoints(one, iter(FAILPOINTS))
        assert one.repeated == 1, "after the commit, and only then, the answer had been found"
        one.assert_nothing_lost()


def test_a_deliverer_that_slept_past_its_lease_finds_another_has_done_its_work(
    app: App, clock: SetClock, tmp_path: Path
) -> None:
    with trial(app, clock, tmp_path) as one:
        sleeper = one.send("deliver", "asleep")
        wait_until(lambda: psutil.Process(sleeper).status() == psutil.STATUS_STOPPED)
        clock.set(clock.now() + LEASE_ENDS)
        deliver_due(app, build_post(app, FileChannel(tmp_path / "sent")), now=clock.now())
        delivered = fingerprint(app)
        os.kill(sleeper, signal.SIGCONT)
        wait_until_dead(sleeper)
        assert fingerprint(app) == delivered, "it may not settle what is no longer its own"
        assert sum(Counter((tmp_path / "sent").read_text().splitlines()).values()) <= len(at_once(app)) + 1
        one.assert_nothing_lost()


def at_once(app: App) -> set[str]:
    """The keys of what was sent at once."""
    query = select(outbox_message.c.dedup_key).where(
        outbox_message.c.urgency == "at_once", outbox_message.c.state == State.SENT
    )
    with app.read() as work:
        return set(work.values(query))


@pytest.mark.slow
def test_a_hundred_kills_lose_and_double_nothing(either_app: App, clock: SetClock, tmp_path: Path) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")  # noqa: T201 - shown when the test fails, so that it can be told again
    with trial(either_app, clock, tmp_path) as one:
        kill_at_random(one, random.Random(seed), rounds=30)
        kill_at_failpoints(one, itertools.islice(itertools.cycle(FAILPOINTS), 10))
        one.assert_nothing_lost()
