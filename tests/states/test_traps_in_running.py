"""The traps of python-statemachine 3.2.2 in building, running and keeping a machine, one by one.

A test named `test_the_library_...` pins what the library does, so that an upgrade shows a change. Its neighbour
shows what this package does instead. The numbers are those of the list of pitfalls in LIBRARIES.md.
"""

# ruff: noqa: N801  a class name here is a state's id

import json
import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from statemachine import HistoryState, State, StateChart
from statemachine.exceptions import TransitionNotAllowed

from states.chart import Ledger, StrictChart
from states.charts.introduction_v1 import IntroductionV1
from states.errors import EngineFault, IllegalSnapshot, UnknownCommand
from states.facts import Asked, Facts, Given
from states.faults import find_faults
from states.guards import chosen
from states.machine import dump, restore
from states.snapshot import Snapshot, Standing, standing_of
from states.step import begin, offers, step
from states.versions import CHARTS, LATEST, check_snapshot, get_outline
from tests.states.worlds import FOLLOWED, READY, ask

OUTLINE = get_outline(LATEST)
PAUSED = step(begin(), "pause", READY, ask()).after


class Row:
    """Any object may hold the library's state."""

    def __init__(self, state: object = None) -> None:
        self.state = state


def machine_at(snapshot: Snapshot) -> StrictChart:
    return restore(IntroductionV1, snapshot, facts=READY, asked=ask())


# -- 5 and 6: the library's defaults swallow exceptions and unknown events


def broken(given: Given) -> bool:
    raise ZeroDivisionError


class Lax(StateChart[Row]):
    one = State(initial=True)
    over = State(final=True)
    stop = one.to(over, on="fall")
    finish = one.to(over, cond=broken)

    def fall(self) -> None:
        raise ZeroDivisionError


class Strict(StrictChart):
    one = State(initial=True)
    over = State(final=True)
    finish = one.to(over, cond=broken)


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a machine run for every step, as it does for the first of its kind."""
    monkeypatch.setattr("states.step._REMEMBERED", {})


def test_the_library_by_default_completes_a_transition_whose_action_failed() -> None:
    machine = Lax(Row())
    machine.send("stop")
    assert list(machine.configuration_values) == ["over"]


def test_the_library_by_default_takes_a_guard_that_fails_for_a_no() -> None:
    machine = Lax(Row())
    machine.send("finish")
    assert list(machine.configuration_values) == ["one"]


def test_a_guard_that_fails_is_heard_and_nothing_moves() -> None:
    machine = Strict(Ledger((), READY, ask()))
    with pytest.raises(ZeroDivisionError):
        machine.send("finish")
    assert machine.model.inside == {"one"}


def test_the_library_by_default_accepts_an_event_nobody_knows() -> None:
    Lax(Row()).send("no_such_event")


def test_a_strict_chart_refuses_an_event_nobody_knows() -> None:
    with pytest.raises(TransitionNotAllowed):
        machine_at(begin()).send("no_such_event")


def test_a_chart_that_loosens_the_flags_is_faulty() -> None:
    assert sum("must be" in fault for fault in find_faults(Lax)) == 2


# -- 7: the machine's own events can be sent from outside


class Skippable(StrictChart):
    class phase(State.Compound):
        one = State(initial=True)
        ready = State(final=True)
        finish = one.to(ready)

    over = State(final=True)
    done_state_phase = phase.to(over)
    stop = phase.to(over)


def test_the_library_lets_anyone_send_a_done_event_and_skip_a_phase() -> None:
    machine = Skippable(Ledger((), READY, ask()))
    machine.send("done.state.phase")
    assert machine.model.inside == {"over"}


@pytest.mark.parametrize("name", ["done.state.track", "done_state_track", "error.execution"])
def test_an_event_of_the_machine_itself_never_comes_from_outside(name: str) -> None:
    with pytest.raises(UnknownCommand):
        step(begin(), name, READY)


def test_a_chart_that_waits_for_done_events_is_faulty() -> None:
    assert any("done.state.phase is no command" in fault for fault in find_faults(Skippable))


# -- 9, 12, 16: a machine is not for sharing, storing or using after a failure


def test_steps_in_many_threads_do_not_disturb_each_other() -> None:
    def walk(_: int) -> Snapshot:
        paused = step(begin(), "pause", READY, ask()).after
        return step(step(paused, "resume", READY).after, "start_gap_analysis", READY).after

    with ThreadPoolExecutor(4) as pool:
        assert len({walked.configuration for walked in pool.map(walk, range(20))}) == 1


def test_the_library_cannot_pickle_a_machine_with_a_history() -> None:
    machine = Stumbling(Row())
    assert pickle.dumps(machine)
    machine.send("report")
    with pytest.raises(TypeError, match="weakref"):
        pickle.dumps(machine)


def test_a_snapshot_with_a_history_can_be_pickled_and_written_as_json() -> None:
    assert pickle.loads(pickle.dumps(PAUSED)) == PAUSED
    assert Snapshot.from_json(json.loads(json.dumps(PAUSED.to_json()))) == PAUSED


class Stumbling(StateChart[Row]):
    catch_errors_as_events = False

    class active(State.Compound):
        one = State(initial=True)
        two = State()
        finish = one.to(two)
        memory = HistoryState(type="deep")
        memory.to(one)

    over = State(final=True)
    pause = active.to(over, on="fall")
    paused = State()
    report = active.to(paused)
    resume = paused.to(active.memory)

    def fall(self) -> None:
        raise ZeroDivisionError


def test_the_library_puts_back_the_configuration_but_not_the_history_after_a_failure() -> None:
    machine = Stumbling(Row())
    with pytest.raises(ZeroDivisionError):
        machine.send("pause")
    assert list(machine.configuration_values) == ["active", "one"]
    assert set(machine.history_values) == {"memory"}


def test_a_step_that_fails_midway_leaves_the_snapshot_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(*_: object) -> None:
        raise ZeroDivisionError

    before = begin()
    stored = before.to_json()
    monkeypatch.setattr(Ledger, "state", property(lambda ledger: ledger._state, fall))
    with pytest.raises(ZeroDivisionError):
        step(before, "pause", READY, ask())
    assert before.to_json() == stored


# -- 10 and 11: what the library does not notice in a restored machine


def test_the_library_does_not_know_a_restored_case_is_over() -> None:
    closed = Snapshot(LATEST, ("closed",))
    assert machine_at(closed).is_terminated is False
    assert standing_of(closed) is Standing.CLOSED


def test_the_library_notices_an_unknown_state_only_when_the_first_event_comes() -> None:
    machine = machine_at(Snapshot(LATEST, ("active", "nowhere")))
    with pytest.raises(KeyError):
        machine.send("report")


def test_an_unknown_state_is_refused_by_name() -> None:
    with pytest.raises(IllegalSnapshot, match="nowhere"):
        step(Snapshot(LATEST, ("active", "nowhere")), "report", READY)


# -- 19: a history that lacks something


def test_the_library_fills_the_gaps_of_a_history_with_initial_states() -> None:
    elsewhere = step(Snapshot(LATEST, OUTLINE.complete(["executing", "current"])), "pause", READY, ask()).after
    half = Snapshot(LATEST, ("paused",), {"left_off": elsewhere.history["left_off"][:3]})
    machine = machine_at(half)
    machine.send("resume")
    assert {"executing", "consultation"} <= machine.model.inside  # it was current


def test_a_history_that_lacks_a_region_is_refused() -> None:
    with pytest.raises(IllegalSnapshot):
        check_snapshot(Snapshot(LATEST, ("paused",), {"left_off": PAUSED.history["left_off"][:2]}))


# -- 23: a machine is costly


def test_offers_build_no_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    def build(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(IntroductionV1, "__init__", build)
    assert offers(begin(), READY)


# -- beyond the list: what restore, the effects and the close lean on


def test_the_library_runs_nothing_when_a_machine_is_restored() -> None:
    machine = restore(
        IntroductionV1, Snapshot(LATEST, OUTLINE.complete(["finished", "current"])), facts=FOLLOWED, asked=ask()
    )
    assert machine.model.moved == []


def test_the_library_writes_each_exit_and_each_entry_by_itself() -> None:
    passed: list[frozenset[str]] = [frozenset()]

    class Watched(Ledger):
        def __setattr__(self, name: str, value: object) -> None:
            super().__setattr__(name, value)
            if name == "inside":
                passed.append(self.inside)

    IntroductionV1(Watched((), READY, ask())).send("pause")
    assert {len(before ^ after) for before, after in pairwise(passed[1:])} == {1}


class Hasty(StrictChart):
    one = State(initial=True)
    two = State()
    over = State(final=True)
    report = one.to(None)
    finish = one.to(two)
    stop = two.to(over)
    one.to(over, cond="In('one')")


def test_the_library_moves_by_itself_before_it_hears_the_event_and_then_drops_it() -> None:
    machine = Hasty(Ledger(("one",), READY, ask()))
    assert machine.send("finish") is None
    assert machine.model.inside == {"over"}


def test_a_chart_that_would_move_before_the_command_is_heard_is_faulty() -> None:
    assert any("before the command is heard" in fault for fault in find_faults(Hasty))


def test_a_machine_that_ends_where_the_chart_does_not_allow_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("states.step.dump", lambda *_: Snapshot(LATEST, ("active",)))
    with pytest.raises(EngineFault):
        step(begin(), "report", READY)


def test_a_machine_that_refuses_what_the_gate_let_through_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CHARTS, LATEST, IntroductionV1)
    monkeypatch.setattr(
        "states.step.get_move", lambda *_: next(m for m in OUTLINE.moves if m.command == "request_response")
    )
    with pytest.raises(EngineFault):
        step(begin(), "finish", READY)


def test_two_predicates_for_two_choices_are_told_apart() -> None:
    def given(choice: str) -> Given:
        return Given(Facts(today=READY.today), Asked(choice=choice), frozenset())

    adopts, returns = chosen("adopt"), chosen("return")
    answers: list[Callable[[Given], bool]] = [adopts, returns]
    assert [answer(given("adopt")) for answer in answers] == [True, False]


def test_what_a_machine_remembers_is_dropped_unless_a_command_leads_back_to_it() -> None:
    machine = machine_at(PAUSED)
    machine.send("resume")
    assert set(machine.history_values) == {"left_off"}
    assert dump(machine, OUTLINE, LATEST).history == {}
