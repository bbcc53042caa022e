"""Writers and deliverers are killed at random and at named moments: nothing accepted is lost, nothing shown twice."""

import itertools
import os
import random
import signal
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from time import sleep

import psutil
import pytest

from pathways.bootstrap import App
from pathways.bootstrap.delivery import build_post
from pathways.clock import SetClock
from pathways.services.clockwork.delivery import deliver_due
from pathways.services.clockwork.sweep import sweep
from tests.faults.trial import Trial, at_once, trial, wait_until, wait_until_dead
from tests.faults.victims import FAILPOINTS, KINDS, FileChannel
from tests.invariants import assert_all_told, assert_promise_kept, fingerprint

LEASE_ENDS = timedelta(minutes=6)


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
    one.next_morning()
    for failpoint in failpoints:
        kind = "deliver" if failpoint in {"mid_send", "after_claim"} else "write"
        wait_until_dead(one.send(kind, failpoint))
        one.read_replies()
        one.retry_the_last()
        one.clock.set(one.clock.now() + LEASE_ENDS)


def assert_nothing_lost(one: Trial) -> None:
    """Does what is left to do, and looks at log, rows, inboxes and what left the house."""
    sweep(one.app, now=one.clock.now())
    again = sweep(one.app, now=one.clock.now())
    assert (again.timers_fired, again.reminders) == (0, 0)
    post = build_post(one.app, FileChannel(one.folder / "sent"))
    for _ in range(2):
        one.clock.set(one.clock.now() + timedelta(days=3))  # past leases, quiet hours and the week-end
        deliver_due(one.app, post, now=one.clock.now())
    assert len(one.accepted) == one.next_command
    assert_promise_kept(one.app, one.accepted)
    assert_all_told(one.app)
    assert at_once(one.app) == set((one.folder / "sent").read_text().splitlines())


def test_who_is_killed_at_any_named_moment_loses_and_doubles_nothing(app: App, clock: SetClock, tmp_path: Path) -> None:
    with trial(app, clock, tmp_path) as one:
        kill_at_failpoints(one, iter(FAILPOINTS))
        assert one.repeated == 1, "after the commit, and only then, the answer had been found"
        assert_nothing_lost(one)


@pytest.mark.slow
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
        assert_nothing_lost(one)


@pytest.mark.slow
def test_a_hundred_kills_lose_and_double_nothing(either_app: App, clock: SetClock, tmp_path: Path) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")  # noqa: T201 - shown when the test fails, so that it can be told again
    with trial(either_app, clock, tmp_path) as one:
        kill_at_random(one, random.Random(seed), rounds=30)
        kill_at_failpoints(one, itertools.islice(itertools.cycle(FAILPOINTS), 10))
        assert_nothing_lost(one)
