"""The machine's clock jumps: nothing is decided by a clock that went back, and it is seen."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from notifications.channels.memory import MemoryChannel
from notifications.tables import outbox_message
from pathways.bootstrap import App
from pathways.bootstrap.delivery import build_post
from pathways.clock import SetClock
from pathways.errors import ClockWentBack
from pathways.models.introduction import Event, Timer, TimerState
from pathways.services.ask import Ask
from pathways.services.clockwork.delivery import deliver_due
from pathways.services.clockwork.digest import weekly_digest
from pathways.services.clockwork.heartbeat import SWEEP, beat, health
from pathways.services.clockwork.loops import open_due_loop
from pathways.services.clockwork.sweep import sweep
from pathways.storage.unit_of_work import table_of
from tests.invariants import assert_promise_kept, fingerprint
from tests.pathways.drive import drive_to

_timer, _event = table_of(Timer), table_of(Event)
HOUR = timedelta(hours=1)


def is_clock_right(app: App, clock: SetClock) -> bool:
    """What health says of the clock."""
    found = health(app, now=clock.now())
    right = next(sign.ok for sign in found.signs if sign.name == "clock")
    assert right or not found.ok
    return right


@pytest.mark.parametrize("wrong", [HOUR, timedelta(minutes=1), "2020"], ids=["an hour", "a minute", "to 2020"])
def test_nothing_is_decided_by_a_clock_that_went_back(app: App, clock: SetClock, wrong: timedelta | str) -> None:
    drive_to(app, clock, "kol", "executing")
    clock.set(clock.now() + timedelta(days=1))
    sweep(app, now=clock.now())
    beat(app, SWEEP, now=clock.now())
    app.run("kol", "report", {}, Ask(actor="sam"))
    right, before = clock.now(), fingerprint(app)
    clock.set(right - wrong if isinstance(wrong, timedelta) else datetime(2020, 3, 1, tzinfo=UTC))
    for command, slug in (("report", "kol"), ("start", "sepsis")):
        with pytest.raises(ClockWentBack):
            app.run(slug, command, {}, Ask(actor="sam"))
    with pytest.raises(ClockWentBack):
        sweep(app, now=clock.now())
    with pytest.raises(ClockWentBack):
        weekly_digest(app, now=clock.now())
    assert not is_clock_right(app, clock)
    assert fingerprint(app) == before
    clock.set(right)
    assert is_clock_right(app, clock)
    assert app.run("kol", "report", {}, Ask(actor="sam")).seq


def test_the_hand_of_a_clock_that_is_set_a_little_is_borne(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "mapping")
    newest = clock.now()
    clock.set(newest - timedelta(seconds=3))
    app.run("kol", "report", {}, Ask(actor="sam"))
    with app.read() as work:
        assert work.value(select(func.max(_event.c.at))) == newest
    clock.set(newest)
    assert_promise_kept(app, {})


def test_a_clock_forty_days_ahead_fires_once_and_not_again_when_it_comes_right(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "executing")
    right = clock.now()
    clock.set(right + timedelta(days=120))
    report = sweep(app, now=clock.now())
    beat(app, SWEEP, now=clock.now())
    (loop,) = report.loops_due
    assert open_due_loop(app, introduction_id=loop.introduction_id, number=loop.number, now=clock.now())
    before = fingerprint(app)
    clock.set(right)
    with pytest.raises(ClockWentBack):
        sweep(app, now=right)
    assert not open_due_loop(app, introduction_id=loop.introduction_id, number=loop.number, now=right)
    assert not is_clock_right(app, clock)
    clock.set(right + timedelta(days=121))
    assert sweep(app, now=clock.now()).timers_fired == 0
    assert fingerprint(app)["learning_loop"] == before["learning_loop"]
    assert_promise_kept(app, {})


def test_one_introduction_that_saw_a_later_clock_does_not_keep_the_others_waiting(app: App, clock: SetClock) -> None:
    for slug in ("kol", "sepsis"):
        drive_to(app, clock, slug, "paused")
    right = clock.now()
    clock.set(right + timedelta(days=200))
    app.run("kol", "create_task", {"title": "Från framtiden", "due_on": "2022-12-01"}, Ask(actor="sam"))
    clock.set(right + timedelta(days=100))
    report = sweep(app, now=clock.now())
    assert (report.timers_fired, report.refused) == (1, 1)
    clock.set(right + timedelta(days=201))
    assert sweep(app, now=clock.now()).timers_fired == 1
    assert_promise_kept(app, {})


def test_delivery_by_a_clock_that_went_back_sends_nothing_early_or_twice(app: App, clock: SetClock) -> None:
    channel = MemoryChannel()
    drive_to(app, clock, "kol", "mapping")
    post = build_post(app, channel)
    right = clock.now()
    clock.set(right - HOUR)
    deliver_due(app, post, now=clock.now())
    assert channel.kept == []
    clock.set(right)
    deliver_due(app, post, now=right)
    sent = len(channel.kept)
    assert sent
    clock.set(right - HOUR)
    deliver_due(app, post, now=clock.now())
    assert len(channel.kept) == sent
    with app.read() as work:
        waiting = work.value(select(func.count()).where(outbox_message.c.state == "pending"))
        live = work.value(select(func.count()).where(_timer.c.state == TimerState.FIRED))
    assert (waiting, live) == (0, 0)
