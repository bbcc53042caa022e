"""Prefect's own runner is killed at work, over and over, while clients write: nothing is lost or shown twice. Slow."""

import os
import random
import signal
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import monotonic, sleep

import pytest
from sqlalchemy import func, select

from flows.deliver import deliver
from flows.dispatch import MOST_ATTEMPTS
from flows.learning_loop import learning_loop
from flows.sweep import sweep as sweep_flow
from notifications.channels.apprise_channel import KEY_HEADER
from notifications.outbox import State
from notifications.tables import outbox_message
from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.models.organisation import Person
from pathways.planning.instants import local_date
from pathways.services.clockwork.loops import due_loops
from pathways.services.clockwork.sweep import sweep
from pathways.storage.unit_of_work import table_of
from tests.conftest import MailReceiver
from tests.faults.clockwork import READY, STARTED, Clockwork, clockwork
from tests.faults.trial import Trial, at_once, trial, wait_until, wait_until_dead
from tests.flows.conftest import prefect_server
from tests.invariants import assert_all_told, assert_promise_kept
from tests.pathways.drive import Driver

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:Exception ignored in. <socket.socket:pytest.PytestUnraisableExceptionWarning"),
]
KILLS = 100
EXECUTING = (
    "diabetes-fotsar",
    "epilepsi",
    "hjartsvikt-kronisk",
    "ibd-vuxna",
    "jattecellsarterit",
    "knaledsartros",
    "kritisk-benischemi",
    "sepsis",
    "stroke-tia-tidiga-insatser",
    "venos-sjukdom",
)
_person = table_of(Person)


@dataclass(frozen=True, slots=True)
class Moment:
    """When a runner is killed: at most so many seconds after it has shown a sign."""

    sign: str
    longest: float


MOMENTS = (
    Moment(deliver.name, 0.5),
    Moment(sweep_flow.name, 0.5),
    Moment(learning_loop.name, 0.1),
    Moment(READY, 0.5),
    Moment(STARTED, 0.8),
)
WEIGHTS = (3, 2, 3, 1, 1)


def give_plain_addresses(app: App) -> None:
    """Everybody gets an address that leads to the mail server of the settings."""
    with app.write() as work:
        work.connection.execute(_person.update().values(address=_person.c.slug + "@forlopp.example"))
        work.commit()


def people_act(one: Trial) -> None:
    """The coordinator opens the loops that are left to a person; the working groups meet and hold those that are open.

    So the next one falls due three months later.
    """
    for loop in due_loops(one.app, now=one.clock.now()):
        if loop.attempt > MOST_ATTEMPTS:
            one.do(loop.slug, "open_loop", by="sam")
    today = local_date(one.clock.now(), one.app.profile.region.zone).isoformat()
    held = {"held_on": today, "attendees": ["lag_chair"], "decision": "continue", "summary": "Vi ser framsteg"}
    for slug in EXECUTING:
        if Driver(one.app, one.clock, slug).place() == "reviewing":
            one.do(slug, "hold_loop", by="ordf", **held)


def choose(work: Clockwork, chance: random.Random) -> Moment:
    """A random moment, one that can come: a learning loop begins only where one is due."""
    moment = chance.choices(MOMENTS, WEIGHTS)[0]
    return moment if moment.sign != learning_loop.name or loops_wait(work.one.app) else MOMENTS[0]


def kill_at_work(work: Clockwork, chance: random.Random, *, kills: int) -> None:
    """A runner and a writer at work at once, each killed at a moment of its own; another morning the next ones."""
    one = work.one
    for _ in range(kills):
        one.next_morning(after=timedelta(days=1))
        moment = choose(work, chance)
        runner = work.start()
        if moment.sign == learning_loop.name:  # one sweep counts the attempt that was cut short, the next one submits
            work.wait_for(sweep_flow.name)
            work.ask_for(sweep_flow.name, wait=False)
        work.wait_for(moment.sign)
        lives = {one.send("write"): chance.uniform(0, 0.25), runner: chance.uniform(0, moment.longest)}
        passed = 0.0
        for victim in sorted(lives, key=lives.__getitem__):
            sleep(lives[victim] - passed)
            passed = lives[victim]
            os.kill(victim, signal.SIGKILL)
            wait_until_dead(victim)
        work.count_hits(runner)
        one.read_replies()
        one.retry_the_last()
        people_act(one)


def let_one_finish(work: Clockwork) -> None:
    """The last runner is left alone until it has done all that is due."""
    one = work.one
    one.next_morning(after=timedelta(days=3))  # past all leases
    runner = work.start()
    work.wait_for(READY)
    for flow in (sweep_flow, sweep_flow, deliver) * 3:
        if has_work(one.app):
            work.ask_for(flow.name, wait=True)
    wait_until(lambda: not has_work(one.app))
    work.stop(runner)


def has_work(app: App) -> bool:
    """Whether a message waits, or a learning loop that is not left to a person."""
    with app.read() as work:
        waiting = work.value(select(func.count()).where(outbox_message.c.state == State.PENDING))
    return waiting > 0 or any(loop.attempt <= MOST_ATTEMPTS for loop in due_loops(app, now=app.clock.now()))


def loops_wait(app: App) -> bool:
    """Whether a learning loop is due whose next attempt is not the last."""
    return any(loop.attempt < MOST_ATTEMPTS for loop in due_loops(app, now=app.clock.now()))


def assert_nothing_lost(one: Trial) -> None:
    """The runner has left nothing undone, every accepted command stands, and everybody was told once."""
    again = sweep(one.app, now=one.clock.now())
    assert (again.timers_fired, again.reminders) == (0, 0)
    assert len(one.accepted) >= one.next_command
    assert_promise_kept(one.app, one.accepted)
    assert_all_told(one.app)


def assert_mailed_at_least_once(one: Trial, work: Clockwork, smtp: MailReceiver) -> None:
    """Every message left the house; twice at most for each delivery that was cut short after the mail was taken."""
    arrived = Counter(mail[KEY_HEADER] for mail in smtp.received)
    assert set(arrived) == at_once(one.app)
    twice = arrived.total() - len(arrived)
    sys.stdout.write(f"{len(arrived)} messages mailed, {twice} of them twice\n")
    assert twice <= work.tally.running[deliver.name]


def test_a_runner_killed_a_hundred_times_at_work_loses_and_doubles_nothing(
    either_app: App, clock: SetClock, tmp_path: Path, smtp: MailReceiver
) -> None:
    seed, began = random.randrange(10**6), monotonic()
    sys.stdout.write(f"seed {seed}\n")
    give_plain_addresses(either_app)
    with (
        prefect_server(tmp_path) as server,
        trial(either_app, clock, tmp_path, executing=EXECUTING) as one,
        clockwork(one, server, mail_port=smtp.port) as work,
    ):
        kill_at_work(work, random.Random(seed), kills=KILLS)
        sys.stdout.write(f"{work.tally}; {one.next_command} commands in {monotonic() - began:.0f} s\n")
        let_one_finish(work)
        sys.stdout.write(f"all done after {monotonic() - began:.0f} s\n")
    assert_nothing_lost(one)
    assert_mailed_at_least_once(one, work, smtp)
    assert work.tally.at_work >= KILLS // 2, "too many kills hit a runner that had nothing in hand"
    assert work.tally.running.keys() >= {sweep_flow.name, deliver.name, learning_loop.name}
