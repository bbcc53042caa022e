"""Corrections: the position is as it was, what the undone moves wrote is void, and nothing else is lost or doubled."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from notifications.tables import outbox_message
from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.errors import Refused
from pathways.models.decision import Decision
from pathways.models.introduction import Event, Timer, TimerState
from pathways.models.loop import LearningLoop
from pathways.models.task import Task, TaskState
from pathways.queries.introduction import introduction
from pathways.services.ask import Receipt
from pathways.services.clockwork.loops import open_due_loop
from pathways.services.clockwork.sweep import sweep
from pathways.storage.fold import Folded, fold
from pathways.storage.unit_of_work import Row, table_of
from tests.invariants import assert_promise_kept
from tests.pathways.drive import Driver, drive_to
from tests.pathways.services.orders import add_version

_task, _timer, _event = table_of(Task), table_of(Timer), table_of(Event)
_decision, _loop = table_of(Decision), table_of(LearningLoop)


def undo(driver: Driver, undo_to: int) -> Receipt:
    """Corrects, with a reason."""
    return driver.do("correct", undo_to=undo_to, reason="Fel protokoll")


def version(driver: Driver) -> int:
    """The number of the newest event."""
    row = driver.row()
    assert row is not None
    return int(row["version"])


def as_of(driver: Driver, seq: int) -> Folded:
    """What the log tells of the moment after an event."""
    with driver.app.read() as work:
        return fold(work.rows(select(_event).where(_event.c.seq <= seq).order_by(_event.c.seq)))


def open_items(driver: Driver) -> Counter[str]:
    """The items of open tasks."""
    with driver.app.read() as work:
        return Counter(work.values(select(_task.c.item).where(_task.c.state == TaskState.OPEN)))


def live_timers(driver: Driver) -> list[tuple[str, int]]:
    """Kind and occurrence of live timers."""
    with driver.app.read() as work:
        rows = work.rows(select(_timer).where(_timer.c.state == TimerState.LIVE))
    return [(str(row["kind"]), row["occurrence"]) for row in rows]


def standing(driver: Driver, kind: type[Decision] | type[LearningLoop]) -> list[Row]:
    """Rows that no correction made void."""
    table = table_of(kind)
    with driver.app.read() as work:
        return work.rows(select(table).where(table.c.voided_by.is_(None)).order_by(table.c.made_in))


def test_both_truths_can_be_read_after_a_decision_was_taken_back(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "awaiting_decision")
    before = version(driver)
    driver.adopt()
    undo(driver, before)
    assert (as_of(driver, before + 1).place, as_of(driver, before + 2).place) == ("executing", "awaiting_decision")
    assert len(as_of(driver, before + 1).of("decision")) == 1
    assert as_of(driver, before + 2).of("decision") == {}
    assert as_of(driver, before + 1).own["anchor_on"] is not None
    assert as_of(driver, before + 2).own["anchor_on"] is None
    assert_promise_kept(app, {})


def test_show_as_of_tells_what_was_believed_then_and_what_holds_now(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "awaiting_decision")
    before = version(driver)
    driver.adopt()
    believed_at = clock.now()
    clock.set(believed_at + timedelta(hours=2))
    undo(driver, before)
    asked: dict[str, Any] = {"region_id": app.region_id(), "slug": "kol", "profile": app.profile, "now": clock.now()}
    with app.read() as work:
        then, now = introduction(work, as_of=believed_at, **asked), introduction(work, **asked)
    assert (then.position.place, now.position.place) == ("executing", "awaiting_decision")
    assert (len(then.decisions), len(now.decisions)) == (1, 0)
    (correction,) = [row for row in now.history if row.command == "correct"]
    assert correction.undoes == (before + 1,)


def test_after_a_wrong_decision_was_taken_back_the_right_one_can_be_recorded(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "awaiting_decision")
    before = version(driver)
    driver.adopt()
    undo(driver, before)
    driver.adopt()
    assert driver.place() == "executing"
    assert len(standing(driver, Decision)) == 1
    assert live_timers(driver) == [("learning_loop", 1)]
    assert_promise_kept(app, {})


def test_what_was_done_before_the_undone_move_need_not_be_done_again(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "ranking")
    driver.complete_required_tasks()
    with app.read() as work:
        costs = work.value(select(_task.c.ref).where(_task.c.item == "rakna-pa-kostnaderna"))
    driver.do("complete_task", task=costs, outcome="Räknat")
    before_items = open_items(driver)
    driver.submit()
    undo(driver, version(driver) - 1)
    assert driver.place() == "ranking"
    assert open_items(driver) == before_items
    assert_promise_kept(app, {})


@pytest.mark.parametrize("place", ["preparation", "mapping", "executing", "reviewing", "finished"])
def test_a_pause_or_a_stop_taken_back_leaves_the_tasks_as_they_were(app: App, clock: SetClock, place: str) -> None:
    driver = drive_to(app, clock, "kol", place)
    driver.complete_required_tasks()
    had = open_items(driver)
    driver.do("pause", reason="Pandemi", until_on=(driver.today + timedelta(days=30)).isoformat())
    undo(driver, version(driver) - 1)
    assert (driver.place(), open_items(driver)) == (place, had)
    driver.do("stop", reason="Av misstag")
    undo(driver, version(driver) - 1)
    assert (driver.place(), open_items(driver)) == (place, had)
    assert_promise_kept(app, {})


def test_put_back_into_a_rest_the_tasks_of_the_resting_place_wait_and_no_others(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "mapping")
    had = open_items(driver)
    driver.do("pause", reason="Pandemi", until_on=(driver.today + timedelta(days=30)).isoformat())
    resting = version(driver)
    driver.do("resume")
    driver.analyse()
    undo(driver, resting)
    driver.do("resume")
    assert driver.place() == "mapping"
    assert set(open_items(driver)) <= set(had)
    with app.read() as work:
        query = select(_task.c.item).where(_task.c.belongs_to == "mapping", _task.c.state != TaskState.CANCELLED)
        assert set(work.values(query)) >= set(had)
    assert_promise_kept(app, {})


def test_a_loop_taken_back_is_due_again_although_the_position_is_the_same(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "executing")
    before = version(driver)
    driver.open_due_loop()
    driver.hold_loop()
    undo(driver, before)
    assert driver.place() == "executing"
    assert standing(driver, LearningLoop) == []
    assert live_timers(driver) == [("learning_loop", 1)]
    (loop,) = sweep(app, now=clock.now()).loops_due
    assert open_due_loop(app, introduction_id=loop.introduction_id, number=1, now=clock.now())
    assert_promise_kept(app, {})


def test_a_correction_can_itself_be_taken_back(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "awaiting_decision")
    before = version(driver)
    driver.adopt()
    driver.open_due_loop()
    undo(driver, before)
    undo(driver, before + 2)
    assert driver.place() == "reviewing"
    assert (len(standing(driver, Decision)), len(standing(driver, LearningLoop))) == (1, 1)
    assert_promise_kept(app, {})


def test_a_correction_that_would_restore_what_was_made_anew_is_refused(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "communicated")
    add_version(app, "kol", final=True)
    driver.do("reopen_gap_analysis")
    reopened = version(driver)
    undo(driver, reopened - 1)
    due_on = (driver.today + timedelta(days=20)).isoformat()
    driver.do("invite_units", units=["vc-falun"], due_on=due_on, version="m2")
    with pytest.raises(Refused, match=r"error\.undo_collides"):
        undo(driver, reopened)
    assert_promise_kept(app, {})


def test_a_plan_that_was_returned_and_handed_in_again_has_one_day_of_decision(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "awaiting_decision")
    before = version(driver)
    clock.set(clock.now() + timedelta(days=200))
    minutes = {"meeting_on": driver.today.isoformat(), "paragraph_no": "§ 1", "register_no": "HSN 1"}
    driver.do("decide", by="reg", outcome="return", body="hsn", **minutes)
    meeting_on = driver._next_meeting().isoformat()
    driver.do("make_decision_basis", body="hsn", meeting_on=meeting_on, basis="Nytt underlag")
    undo(driver, before)
    assert live_timers(driver) == [("decision", 1)]
    assert_promise_kept(app, {})


def test_a_task_that_was_made_twice_on_the_undone_way_comes_back_once(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "preparation")
    driver.prepare()
    mapping = version(driver)
    driver.analyse()
    undo(driver, mapping - 1)
    driver.complete_required_tasks()
    driver.do("start_gap_analysis")
    driver.complete_required_tasks()
    driver.do("communicate_gap_analysis", by="ordf")
    undo(driver, mapping)
    assert driver.place() == "mapping"
    assert max(open_items(driver).values()) == 1
    assert_promise_kept(app, {})


def test_what_an_undone_move_would_have_told_people_is_not_sent(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "executing")
    driver.do("open_loop", reason="Tidigarelagd")
    undone = version(driver)
    undo(driver, undone - 1)
    with app.read() as work:
        rows = work.rows(select(outbox_message).order_by(outbox_message.c.id))
    of_undone = [row for row in rows if f":{undone}:" in row["dedup_key"]]
    assert {row["state"] for row in of_undone} == {"skipped"}
    assert "pending" in {row["state"] for row in rows}
    assert_promise_kept(app, {})
