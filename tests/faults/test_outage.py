"""The clockwork stood still for a while: what was missed is told once, in order, and nobody is buried in mail."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from notifications.channels.memory import MemoryChannel
from notifications.message import MessageKind
from notifications.tables import outbox_message
from pathways.bootstrap import App
from pathways.bootstrap.delivery import build_post
from pathways.clock import SetClock
from pathways.models.loop import LearningLoop, LoopState
from pathways.models.task import Task
from pathways.services.clockwork.delivery import deliver_due
from pathways.services.clockwork.digest import weekly_digest
from pathways.services.clockwork.heartbeat import SWEEP, beat, health
from pathways.services.clockwork.loops import open_due_loop
from pathways.services.clockwork.sweep import SweepReport, sweep
from pathways.storage.unit_of_work import Row, table_of
from tests.invariants import assert_all_told, assert_promise_kept
from tests.pathways.drive import drive_to

SLUGS = ("kol", "sepsis", "knaledsartros")
REMINDING = (MessageKind.TASK_REMINDER, MessageKind.ESCALATION)
_task, _loop = table_of(Task), table_of(LearningLoop)


def furnish(app: App, clock: SetClock) -> None:
    """Three introductions that carry out their plans, everything told that is to be told so far."""
    for slug in SLUGS:
        drive_to(app, clock, slug, "executing")
    catch_up(app, clock)


def catch_up(app: App, clock: SetClock) -> SweepReport:
    """One sweep as the flow does it, with the loops it found."""
    report = sweep(app, now=clock.now())
    for loop in report.loops_due:
        open_due_loop(app, introduction_id=loop.introduction_id, number=loop.number, now=clock.now())
    beat(app, SWEEP, now=clock.now())
    return report


def messages(app: App, *kinds: MessageKind) -> list[Row]:
    """What was put into the outbox, oldest first."""
    with app.read() as work:
        query = select(outbox_message).where(outbox_message.c.kind.in_(kinds)).order_by(outbox_message.c.id)
        return work.rows(query)


@pytest.mark.parametrize("outage", [timedelta(minutes=10), timedelta(hours=72), timedelta(days=35)], ids=str)
def test_after_an_outage_each_task_is_spoken_of_once_at_most(app: App, clock: SetClock, outage: timedelta) -> None:
    furnish(app, clock)
    told = len(messages(app, *REMINDING))
    clock.set(clock.now() + outage)
    silence = next(sign for sign in health(app, now=clock.now()).signs if sign.name == "sweep")
    assert silence.ok is (outage <= timedelta(minutes=10))
    catch_up(app, clock)
    new = messages(app, *REMINDING)[told:]
    spoken_of = Counter((row["values"]["link"], row["recipient"]) for row in new)
    assert set(spoken_of.values()) <= {1}
    assert len({link for link, _ in spoken_of}) == len({(row["values"]["link"], row["kind"]) for row in new})
    again = sweep(app, now=clock.now())
    assert (again.timers_fired, again.reminders) == (0, 0)
    assert_promise_kept(app, {})


def test_after_years_of_silence_one_loop_opens_for_each_introduction(app: App, clock: SetClock) -> None:
    furnish(app, clock)
    clock.set(clock.now() + timedelta(days=400))
    assert catch_up(app, clock).loops_due
    assert sweep(app, now=clock.now()).loops_due == ()
    with app.read() as work:
        numbers = work.values(select(_loop.c.number).where(_loop.c.state == LoopState.OPEN))
    assert numbers == [1] * len(SLUGS)
    assert_promise_kept(app, {})


def test_what_was_missed_is_caught_up_in_the_order_in_which_it_fell_due(app: App, clock: SetClock) -> None:
    furnish(app, clock)
    clock.set(clock.now() + timedelta(days=35))
    told = len(messages(app, *REMINDING))
    catch_up(app, clock)
    due = [row["values"]["due_on"] for row in messages(app, MessageKind.TASK_REMINDER)[told:]]
    assert due == sorted(due)


def test_after_five_weeks_everybody_gets_one_digest_at_most(app: App, clock: SetClock) -> None:
    furnish(app, clock)
    post = build_post(app, MemoryChannel())
    clock.set(clock.now() + timedelta(days=35))
    catch_up(app, clock)
    deliver_due(app, post, now=clock.now())
    assert weekly_digest(app, now=clock.now()) > 0
    assert weekly_digest(app, now=clock.now()) == 0
    per_person = Counter(row["recipient"] for row in messages(app, MessageKind.WEEKLY_DIGEST))
    assert set(per_person.values()) == {1}
    clock.set(clock.now() + timedelta(days=3))
    deliver_due(app, post, now=clock.now())
    assert_all_told(app)


def test_a_loop_whose_day_passed_in_a_rest_is_written_as_skipped_and_not_opened(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "executing")
    driver.do("pause", reason="Pandemi", until_on=(driver.today + timedelta(days=200)).isoformat())
    clock.set(clock.now() + timedelta(days=210))
    assert catch_up(app, clock).loops_due == ()
    driver.do("resume")
    assert sweep(app, now=clock.now()).loops_due == ()
    with app.read() as work:
        states = work.values(select(_loop.c.state).order_by(_loop.c.number))
    assert states == [LoopState.SKIPPED, LoopState.SKIPPED]
    assert_promise_kept(app, {})
