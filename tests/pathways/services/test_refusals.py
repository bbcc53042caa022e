"""What was found to slip through: each of these wrote something wrong, or answered with a raw error, before."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from sqlalchemy import select

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.errors import AlreadyOpen, InvalidOrder, Refused, Unstorable
from pathways.models.introduction import Timer, TimerState
from pathways.models.task import Task
from pathways.services.ask import Ask, Receipt
from pathways.services.clockwork.reminders import remind_due
from pathways.storage.unit_of_work import UnitOfWork, table_of
from tests.invariants import assert_promise_kept, fingerprint, same_answer
from tests.pathways.drive import Driver, drive_to
from tests.pathways.services.orders import add_version

T = TypeVar("T")
_task, _timer = table_of(Task), table_of(Timer)
LATER = "2022-12-01"
NUL = "a\0b"

UNMOVING: dict[str, dict[str, object]] = {
    "create_task": {"title": "För sent", "due_on": LATER},
    "appoint": {"person": "m1", "role": "lag_chair"},
    "plan_activity": {"title": "För sent", "kind": "training"},
    "open_comment_round": {"closes_on": LATER},
    "inform": {"body": "lg_hs", "held_on": "2021-06-01"},
}


@pytest.mark.parametrize("command", UNMOVING)
def test_an_introduction_that_has_ended_is_written_to_no_more(app: App, clock: SetClock, command: str) -> None:
    drive_to(app, clock, "kol", "stopped")
    before = fingerprint(app)
    with pytest.raises(Refused, match="not_possible_here"):
        app.run("kol", command, UNMOVING[command], Ask(actor="sam"))
    assert fingerprint(app) == before


def test_a_repeated_command_is_answered_in_full(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "mapping")
    ask = Ask(actor="sam", command_id="once")
    first = app.run("kol", "create_task", {"title": "Ring", "due_on": LATER}, ask)
    assert first.made
    assert same_answer(first, app.run("kol", "create_task", {"title": "Ring", "due_on": LATER}, ask))


def test_a_command_id_that_was_used_for_something_else_is_refused(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "mapping")
    drive_to(app, clock, "sepsis", "mapping")
    ask = Ask(actor="sam", command_id="once")
    app.run("kol", "report", {}, ask)
    for slug, command in (("sepsis", "report"), ("kol", "communicate_gap_analysis"), ("knaledsartros", "start")):
        with pytest.raises(Refused, match=r"error\.command_id_used"):
            app.run(slug, command, {}, ask)
    assert_promise_kept(app, {"once": replace(app.run("kol", "report", {}, ask), repeated=False)})


def test_a_second_start_is_refused(app: App, clock: SetClock) -> None:
    drive_to(app, clock, "kol", "preparation")
    with pytest.raises(AlreadyOpen):
        app.run("kol", "start", {}, Ask(actor="sam"))


def test_another_meeting_chosen_after_the_plan_was_handed_in_moves_its_timer(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "awaiting_decision")
    clock.set(clock.now() + timedelta(days=60))
    meeting = driver._next_meeting()
    driver.do("make_decision_basis", body="hsn", meeting_on=meeting.isoformat(), basis="Uppskjutet")
    with app.read() as work:
        (due_at,) = work.values(select(_timer.c.due_at).where(_timer.c.state == TimerState.LIVE))
    assert due_at.date() == meeting + timedelta(days=1)
    assert_promise_kept(app, {})


def test_a_follow_up_ahead_of_its_day_is_refused(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "finished")
    with pytest.raises(Refused, match=r"error\.follow_up_ahead"):
        driver.do("record_follow_up", by="ana", months=6, outcome="holds", hold_check_done=True)


def test_a_task_that_came_anew_is_not_reopened_beside_itself(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "executing")
    with app.read() as work:
        ref = work.value(select(_task.c.ref).where(_task.c.item == "bestam-tid-for-loopen"))
    driver.do("complete_task", task=ref, outcome="Bokat")
    driver.open_due_loop()
    driver.hold_loop()
    with pytest.raises(Refused, match=r"error\.task_left_behind"):
        driver.do("reopen_task", task=ref)


def test_a_unit_invited_for_two_versions_has_one_task(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "mapping")
    add_version(app, "kol", final=True)
    for version in (None, "m2"):
        driver.do("invite_units", units=["vc-falun"], due_on=LATER, version=version)
    with app.read() as work:
        refs = work.values(select(_task.c.ref).where(_task.c.item == "svara-pa-gapanalysen"))
    assert len(refs) == 1


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_of_another_century_is_refused_with_the_field(app: App, clock: SetClock, day: str) -> None:
    drive_to(app, clock, "kol", "mapping")
    with pytest.raises(InvalidOrder) as refusal:
        app.run("kol", "create_task", {"title": "Ring", "due_on": day}, Ask(actor="sam"))
    assert [problem.field for problem in refusal.value.problems] == ["due_on"]


def test_values_that_no_database_can_keep_are_refused(either_app: App, clock: SetClock) -> None:
    drive_to(either_app, clock, "kol", "mapping")
    costly = {"title": "Dyrt", "kind": "training", "cost_once": 10**12}
    with pytest.raises(InvalidOrder):
        either_app.run("kol", "plan_activity", costly, Ask(actor="sam"))
    with pytest.raises(InvalidOrder):
        either_app.run("kol", "record_follow_up", {"months": 10**30, "outcome": "holds"}, Ask(actor="sam"))
    with pytest.raises(InvalidOrder):
        Ask(actor="sam", reason="sk\udce4l")
    with pytest.raises(InvalidOrder):
        Ask(actor="sam", command_id="x" * 81)


def test_a_text_with_a_null_in_it_is_refused_where_the_database_cannot_keep_it(
    postgres_app: App, clock: SetClock
) -> None:
    drive_to(postgres_app, clock, "kol", "mapping")
    with pytest.raises(Unstorable):
        postgres_app.run("kol", "create_task", {"title": NUL, "due_on": LATER}, Ask(actor="sam"))


def test_a_task_put_off_while_the_sweep_looks_is_not_spoken_of(app: App, clock: SetClock) -> None:
    driver = drive_to(app, clock, "kol", "preparation")
    with app.read() as work:
        tasks = work.rows(select(_task.c.ref, _task.c.remind_at))
    clock.set(min(task["remind_at"] for task in tasks))
    slow = SlowApp(app, before_claiming=lambda: [_put_off(driver, task["ref"]) for task in tasks])
    assert remind_due(slow, now=clock.now()) == 0


@dataclass
class SlowApp:
    """The application, with time for something else between the reading of what is due and its claiming."""

    app: App
    before_claiming: Callable[[], object]

    def __getattr__(self, name: str) -> Any:  # Any: whatever the application has
        return getattr(self.app, name)

    def retry(self, act: Callable[[UnitOfWork], T]) -> T:
        self.before_claiming()
        self.before_claiming = lambda: None
        return self.app.retry(act)


def _put_off(driver: Driver, ref: str) -> Receipt:
    return driver.do("snooze_task", task=ref, due_on=LATER, reason="Semester")
