"""Drives the real services on SQLite at random, and asks after every step whether the promise still holds.

What is legal is not modelled twice: a command is either refused, and then nothing has changed, or accepted, and then
log, fold, rows, tasks and timers agree. What each command is tried with stands in `tests.pathways.services.orders`.
"""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from notifications.channels.memory import MemoryChannel
from pathways.bootstrap import App, build_app
from pathways.bootstrap.delivery import build_post
from pathways.clock import SetClock
from pathways.errors import Busy, ClockWentBack, EngineFault, PathwaysError
from pathways.models.introduction import Event, Introduction
from pathways.models.task import TaskState
from pathways.services.ask import Ask, Receipt
from pathways.services.clockwork.delivery import deliver_due
from pathways.services.clockwork.digest import weekly_digest
from pathways.services.clockwork.heartbeat import SWEEP, beat
from pathways.services.clockwork.loops import open_due_loop
from pathways.services.clockwork.sweep import sweep
from pathways.settings import Settings
from pathways.storage.fold import fold
from pathways.storage.unit_of_work import Row, table_of
from states.errors import EngineFault as ChartFault
from states.errors import StatesError
from tests.invariants import assert_all_told, assert_promise_kept, fingerprint, same_answer
from tests.pathways.conftest import START
from tests.pathways.drive import ONWARD, PLACES, Driver, drive_to
from tests.pathways.furnished import furnished_app
from tests.pathways.services.orders import ORDERS, Surroundings, add_version

SLUGS = ("kol", "svarlakta-sar")  # one with a final national version, one still open for consultation
SETTLED = frozenset({TaskState.OPEN, TaskState.DONE, TaskState.NOT_APPLICABLE})
PEOPLE = (*("sam",) * 12, "chef", "ordf", "res", "vcf", "reg", "lg", "ana", "frammande", "nobody", None)
RETRIES_END = timedelta(days=8)

_event, _introduction = table_of(Event), table_of(Introduction)


class Rehearsal:
    """Furnished databases by the place to which their introduction was driven, made once and then copied."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="forlopp-model-"))
        self._made: dict[str, tuple[Path, SetClock]] = {}

    def copy(self, slug: str, place: str) -> tuple[Path, SetClock]:
        """Returns a fresh copy of the database, and a clock at its time."""
        key = f"{slug}-{place}"
        if key not in self._made:
            file, clock = self._folder / f"{key}.db", SetClock(START)
            shutil.copy(self._furnished(), file)
            app = build_app(Settings(), clock=clock, database_url=f"sqlite:///{file}")
            try:
                if slug != "kol":
                    add_version(app, slug, final=False)
                drive_to(app, clock, slug, place)
            finally:
                app.database.dispose()
            self._made[key] = (file, clock)
        file, clock = self._made[key]
        copy = Path(tempfile.mkdtemp(dir=self._folder)) / "forlopp.db"
        shutil.copy(file, copy)
        return copy, SetClock(clock.now())

    def _furnished(self) -> Path:
        file = self._folder / "furnished.db"
        if not file.exists():
            furnished_app(f"sqlite:///{file}", SetClock(START)).database.dispose()
        return file

    def close(self) -> None:
        """Removes all files."""
        shutil.rmtree(self._folder)


REHEARSAL = Rehearsal()


@dataclass(frozen=True, slots=True)
class Hand(Driver):
    """A driver whose every command goes through the machine, and who goes on when one is refused."""

    machine: "Introductions"

    def _next_meeting(self) -> date:
        try:
            return Driver._next_meeting(self)
        except AssertionError as error:  # two years of meetings are over
            raise LookupError from error

    def do(self, command: str, *, by: str | None = "sam", reason: str | None = None, **data: object) -> Receipt:
        receipt = self.machine.give(command, data, Ask(actor=by, reason=reason))
        return receipt or Receipt(introduction_id=0, slug=self.slug, command=command, seq=0, place="")


class Introductions(RuleBasedStateMachine):
    """One introduction of a region, driven by people, timers and mail in any order."""

    app: App
    clock: SetClock
    slug: str

    def __init__(self) -> None:
        super().__init__()
        self.accepted: dict[str, tuple[str, dict[str, object], Ask, Receipt]] = {}
        self.stood: dict[tuple[int, int], tuple[object, ...]] = {}
        self.channel = MemoryChannel()

    @initialize(place=st.sampled_from(PLACES), slug=st.sampled_from(SLUGS))
    def furnish(self, place: str, slug: str) -> None:
        """Begins at any place; the pathway without a final version cannot come further than to its analysis."""
        self.slug = slug
        if slug != "kol":
            place = "communicated" if place in PLACES[3:] else place
        self.file, self.clock = REHEARSAL.copy(slug, place)
        self.restart()

    @rule()
    def restart(self) -> None:
        """A new process on the same database."""
        if hasattr(self, "app"):
            self.app.database.dispose()
        self.app = build_app(Settings(), clock=self.clock, database_url=f"sqlite:///{self.file}")
        self.post = build_post(self.app, self.channel)

    @rule(data=st.data(), command=st.sampled_from(sorted(ORDERS)), by=st.sampled_from(PEOPLE), reason=st.booleans())
    def command(self, data: st.DataObject, command: str, by: str | None, reason: bool) -> None:
        """Somebody gives some command, with data that may or may not make sense."""
        order = data.draw(ORDERS[command](Surroundings(self.app, self.slug)))
        version = data.draw(st.sampled_from(["newest", "older", None, None, None, None, None, None]))
        seen = None if version is None else self.row()["version"] - (version == "older")
        self.give(command, order, Ask(actor=by, reason="Ett skäl" if reason else None, version=seen))

    @rule()
    def go_onward(self) -> None:
        """Somebody does all that the place asks for, and the introduction usually moves on."""
        hand = Hand(self.app, self.clock, self.slug, self)
        here = hand.place()
        if here in ONWARD:
            try:
                ONWARD[here](hand)
            except LookupError:  # what it needs was not accepted
                return

    @rule(back=st.integers(1, 8))
    def correct(self, back: int) -> None:
        """Somebody takes back the last moves: the position is as it was, and what was done meanwhile stays."""
        version = self.row()["version"]
        order = {"undo_to": max(1, version - back)}
        receipt = self.give("correct", order, Ask(actor="sam", reason="Fel protokoll"))
        if receipt is not None:
            introduction_id, row = receipt.introduction_id, self.row()
            if (then := self.stood.get((introduction_id, order["undo_to"]))) is not None:
                assert (tuple(row["configuration"]), row["history"]) == then[:2]

    @rule(days=st.integers(1, 200))
    def rest(self, days: int) -> None:
        """The introduction rests."""
        until = Surroundings(self.app, self.slug).today + timedelta(days=days)
        self.give("pause", {"until_on": until.isoformat()}, Ask(actor="sam", reason="Pandemi"))

    @precondition(lambda self: self.accepted)
    @rule(data=st.data())
    def repeat(self, data: st.DataObject) -> None:
        """A client that lost the answer sends the same command again."""
        command_id = data.draw(st.sampled_from(sorted(self.accepted)))
        command, order, ask, first = self.accepted[command_id]
        before = fingerprint(self.app)
        assert same_answer(first, self.app.run(self.slug, command, order, ask))
        assert fingerprint(self.app) == before

    @rule(days=st.integers(0, 120), hours=st.integers(0, 23))
    def wait_and_sweep(self, days: int, hours: int) -> None:
        """Time passes with the clockwork standing still, then it sweeps twice."""
        self.clock.set(self.clock.now() + timedelta(days=days, hours=hours))
        now = self.clock.now()
        report = sweep(self.app, now=now)
        again = sweep(self.app, now=now)
        assert (again.timers_fired, again.reminders) == (0, 0)
        assert report.refused == 0
        beat(self.app, SWEEP, now=now)
        for loop in report.loops_due:
            opened = open_due_loop(self.app, introduction_id=loop.introduction_id, number=loop.number, now=now)
            assert opened, "a loop that is due can be opened"
            assert not open_due_loop(self.app, introduction_id=loop.introduction_id, number=loop.number, now=now)

    @rule(fails=st.lists(st.booleans(), max_size=4))
    def deliver(self, fails: list[bool]) -> None:
        """The post goes out, over a channel that fails now and then."""
        for permanent in fails:
            if not permanent:
                self.channel.fail_next(permanent=False)
        deliver_due(self.app, self.post, now=self.clock.now())

    @rule()
    def digest(self) -> None:
        """Monday's digest; a second one in the same week gathers nothing."""
        weekly_digest(self.app, now=self.clock.now())
        assert weekly_digest(self.app, now=self.clock.now()) == 0

    @rule(hours=st.integers(1, 9_000))
    def clock_goes_back(self, hours: int) -> None:
        """The machine's clock is wrong for a while: neither people nor clockwork decide anything by it."""
        right = self.clock.now()
        newest = self.row()["last_event_at"]
        self.clock.set(right - timedelta(hours=hours))
        before = fingerprint(self.app)
        if self.clock.now() < newest - timedelta(seconds=5):
            with pytest.raises(ClockWentBack):
                self.app.run(self.slug, "report", {}, Ask(actor="sam"))
        deliver_due(self.app, self.post, now=self.clock.now())
        self.clock.set(right)
        assert fingerprint(self.app)["heads"] == before["heads"]

    @rule(final=st.booleans())
    def publish(self, final: bool) -> None:
        """A new national version comes into the catalogue."""
        add_version(self.app, self.slug, final=final)

    @precondition(lambda self: self.row()["standing"] in {"closed", "stopped"})
    @rule()
    def start_anew(self) -> None:
        """An ended introduction may be followed by a new one."""
        self.give("start", {}, Ask(actor="sam"))

    @precondition(lambda self: self.row()["standing"] == "paused")
    @rule()
    def resume(self) -> None:
        """After a rest, in a new process, it stands exactly where it rested."""
        rests = self.row()["history"]
        self.restart()
        if self.give("resume", {}, Ask(actor="sam")) is not None:
            assert [self.row()["configuration"]] == [list(states) for states in _with_ancestors(rests)]

    @rule(data=st.data())
    def look_back(self, data: st.DataObject) -> None:
        """The log tells of every earlier moment what was seen then."""
        if not self.stood:
            return
        introduction_id, seq = data.draw(st.sampled_from(sorted(self.stood)))
        query = select(_event).where(_event.c.introduction_id == introduction_id, _event.c.seq <= seq)
        with self.app.read() as work:
            folded = fold(work.rows(query.order_by(_event.c.seq)))
        assert self.stood[introduction_id, seq] == (folded.configuration, folded.history, folded.own)

    def give(self, command: str, order: dict[str, object], ask: Ask) -> Receipt | None:
        """Gives a command; returns None where it was refused, and then nothing has changed."""
        ask = replace(ask, command_id=f"command-{len(self.accepted)}")
        before = fingerprint(self.app)
        try:
            receipt = self.app.run(self.slug, command, order, ask)
        except (PathwaysError, StatesError) as refusal:
            assert not isinstance(refusal, Busy | EngineFault | ChartFault)  # noqa: PT017 - any other refusal is fine
            assert fingerprint(self.app) == before
            return None
        assert not receipt.repeated
        self.accepted[ask.command_id] = (command, order, ask, receipt)
        with self.app.read() as work:
            events = work.rows(
                select(_event).where(_event.c.introduction_id == receipt.introduction_id).order_by(_event.c.seq)
            )
        folded = fold(events)
        self.stood[receipt.introduction_id, receipt.seq] = (folded.configuration, folded.history, folded.own)
        return receipt

    def row(self) -> Row:
        """The introduction that commands are given to."""
        query = select(_introduction).where(_introduction.c.slug == self.slug).order_by(_introduction.c.number.desc())
        with self.app.read() as work:
            found = work.find(query)
        assert found is not None
        return found

    @invariant()
    def the_promise_is_kept(self) -> None:
        """Chain, fold, rows, tasks, timers, messages."""
        assert_promise_kept(self.app, {key: receipt for key, (*_, receipt) in self.accepted.items()})

    @invariant()
    def every_place_has_its_tasks(self) -> None:
        """No item of a checklist that holds here is forgotten, and none waits twice."""
        introduction = self.row()
        tasks = Surroundings(self.app, self.slug).tasks()
        held = {
            *introduction["configuration"],
            *(state for states in introduction["history"].values() for state in states),
        }
        for state in held if introduction["standing"] in {"active", "paused"} else ():
            for item in self.app.profile.checklist(state):
                states = [task["state"] for task in tasks if task["item"] == item.slug]
                if item.per == "introduction":
                    assert SETTLED & set(states), f"{item.slug} of {state} is forgotten"
        waiting = [
            (task["item"], task["unit_id"]) for task in tasks if task["state"] == TaskState.OPEN and task["item"]
        ]
        once = [key for key in waiting if key[0] not in MOMENTS]
        assert len(once) == len(set(once)), "one item waits twice"

    @invariant()
    def loops_are_numbered_without_a_gap(self) -> None:
        """Whatever was skipped, corrected or reopened."""
        numbers = Surroundings(self.app, self.slug).loop_numbers()
        assert numbers == list(range(1, len(numbers) + 1))

    def teardown(self) -> None:
        """In the end everybody has been told everything."""
        if not hasattr(self, "app"):
            return
        self.channel.failures.clear()
        for _ in range(3):
            self.clock.set(self.clock.now() + RETRIES_END)
            deliver_due(self.app, self.post, now=self.clock.now())
        assert_all_told(self.app)
        self.app.database.dispose()
        shutil.rmtree(self.file.parent)


MOMENTS = frozenset({"gor-uppfoljningen", "prova-aterstart"})  # made by timers, each time anew


def _with_ancestors(history: dict[str, list[str]]) -> Iterator[list[str]]:
    """What holds after a resume: all that rested, inside `active`."""
    for states in history.values():
        yield ["active", *(state for state in states if state != "active")]


@pytest.fixture(scope="module", autouse=True)
def _tidy() -> Iterator[None]:
    yield
    REHEARSAL.close()


QUIET = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)


def test_no_order_of_commands_timers_and_mail_breaks_the_promise() -> None:
    run_state_machine_as_test(
        Introductions,
        settings=settings(
            max_examples=5,
            stateful_step_count=12,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=QUIET,
        ),
    )


@pytest.mark.slow
def test_no_long_course_breaks_the_promise() -> None:
    run_state_machine_as_test(
        Introductions,
        settings=settings(
            max_examples=150,
            stateful_step_count=40,
            deadline=None,
            database=None,
            print_blob=True,
            suppress_health_check=QUIET,
        ),
    )
