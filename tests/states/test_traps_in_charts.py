"""The traps of python-statemachine 3.2.2 that a chart's definition can walk into, one by one.

A test named `test_the_library_...` pins what the library does, so that an upgrade shows a change. Its neighbour
shows what this package does instead. The numbers are those of the list of pitfalls in LIBRARIES.md.
"""

# ruff: noqa: N801  a class name here is a state's id

import pytest
from statemachine import HistoryState, State, StateChart
from statemachine.event import Event
from statemachine.exceptions import InvalidDefinition, TransitionNotAllowed

from states.chart import Ledger, StrictChart
from states.charts.introduction_v1 import IntroductionV1
from states.errors import FaultyChart, IllegalSnapshot
from states.facts import Asked, Given
from states.faults import find_faults
from states.guards import change_slipped
from states.machine import restore
from states.outline import outline_of
from states.reasons import Reason
from states.snapshot import Snapshot
from states.step import begin, step
from states.versions import LATEST
from tests.states.worlds import READY, ask


class Row:
    """Any object may hold the library's state."""

    def __init__(self, state: object = None) -> None:
        self.state = state


def machine_at(snapshot: Snapshot) -> StrictChart:
    return restore(IntroductionV1, snapshot, facts=READY, asked=ask())


def test_the_chart_in_use_has_no_known_fault() -> None:
    assert find_faults(IntroductionV1) == []


# -- 1: internal self-transitions inside a parallel state


class SelfInternal(StrictChart):
    class active(State.Parallel):
        class left(State.Compound):
            one = State(initial=True)
            report = one.to(one, internal=True)

        class right(State.Compound):
            two = State(initial=True)
            three = State()
            pause = two.to(three)

    over = State(final=True)
    stop = active.to(over)


def test_the_library_gives_a_region_two_children_after_an_internal_self_transition() -> None:
    machine = SelfInternal(Ledger((), READY, ask()))
    machine.send("pause")
    machine.send("report")
    assert {"two", "three"} <= machine.model.inside


def test_an_internal_transition_is_a_fault() -> None:
    assert any("internal" in fault for fault in find_faults(SelfInternal))
    with pytest.raises(FaultyChart):
        outline_of(SelfInternal)


# -- 2: a history without record and default


class Forgetful(StateChart[Row]):
    class active(State.Compound):
        one = State(initial=True)
        two = State()
        start_gap_analysis = one.to(two)
        memory = HistoryState(type="deep")

    paused = State()
    over = State(final=True)
    pause = active.to(paused)
    resume = paused.to(active.memory)
    stop = active.to(over)


def test_the_library_loses_a_case_whose_history_has_neither_record_nor_default() -> None:
    row = Row("paused")
    Forgetful(row).send("resume")
    assert row.state is None
    assert list(Forgetful(row).configuration_values) == ["active", "one"]  # begun anew, without a word


def test_a_history_without_default_is_a_fault() -> None:
    assert any("no default" in fault for fault in find_faults(Forgetful))


@pytest.mark.parametrize("snapshot", [Snapshot(LATEST, ()), Snapshot(LATEST, ("paused",))])
def test_an_empty_configuration_and_a_pause_without_history_are_refused(snapshot: Snapshot) -> None:
    with pytest.raises(IllegalSnapshot):
        step(snapshot, "resume", READY)


# -- 3 and 4: ids of states and histories are global


class Twins(StateChart[Row]):
    class first(State.Compound):
        one = State(initial=True)
        same = State()
        start_gap_analysis = one.to(same)
        memory = HistoryState(type="deep")
        memory.to(one)

    class second(State.Compound):
        two = State(initial=True)
        same = State()
        finish = two.to(same)
        memory = HistoryState(type="deep")
        memory.to(two)

    over = State(final=True)
    pause = first.to(second)
    resume = second.to(first)
    stop = second.to(over)


def test_the_library_lets_a_later_state_take_an_earlier_ones_place() -> None:
    machine = Twins(Row())
    machine.send("start_gap_analysis")
    assert machine.states_map["same"].parent is machine.states_map["second"]


def test_states_and_histories_that_share_a_name_are_faults() -> None:
    faults = find_faults(Twins)
    assert any("same names 2" in fault for fault in faults)
    assert any("memory names 2" in fault for fault in faults)


# -- 8: delayed events sleep in the caller


class Sleepy(StrictChart):
    one = State(initial=True)
    over = State(final=True)
    finish = Event(one.to(over), delay=300)


def test_a_delayed_event_is_a_fault() -> None:
    assert any("delayed" in fault for fault in find_faults(Sleepy))


# -- 14: methods called because of their names, and 15: arguments dropped


class Talkative(StrictChart):
    one = State(initial=True)
    over = State(final=True)
    finish = one.to(over)

    def on_enter_over(self) -> None:
        self.model.moved.append(("entered", "called because of its name"))


def test_the_library_calls_a_method_because_of_its_name() -> None:
    machine = Talkative(Ledger((), READY, ask()))
    machine.send("finish")
    assert ("entered", "called because of its name") in machine.model.moved


def test_a_method_called_because_of_its_name_is_a_fault() -> None:
    assert any("on_enter_over" in fault for fault in find_faults(Talkative))


def test_the_ledger_has_no_name_the_library_would_call() -> None:
    asked_for = ("on_", "before_", "after_", "prepare_", "validate_")
    assert [name for name in dir(Ledger) if name.startswith(asked_for)] == []


def test_the_library_drops_arguments_it_does_not_know() -> None:
    machine_at(begin()).send("report", resaon="misspelled")


def test_what_comes_with_a_command_cannot_be_misspelled() -> None:
    with pytest.raises(TypeError):
        Asked(has_resaon=True)  # type: ignore[call-arg]  # that it is refused is the point


class Misnamed(StrictChart):
    one = State(initial=True)
    over = State(final=True)
    finish = one.to(over, cond="no_such_guard")


def test_a_guard_nobody_knows_is_a_fault_and_refused_by_the_library() -> None:
    assert any("no_such_guard" in fault for fault in find_faults(Misnamed))
    with pytest.raises(InvalidDefinition):
        Misnamed(Ledger((), READY, ask()))


def unregistered(given: Given) -> Reason | None:
    return None


class Unlisted(StrictChart):
    one = State(initial=True)
    over = State(final=True)
    finish = one.to(over, unless=unregistered)
    stop = one.to(over, cond=change_slipped)  # a guard asked the wrong way round


def test_a_guard_without_a_sentence_or_asked_the_wrong_way_round_is_a_fault() -> None:
    assert sum("no registered guard" in fault for fault in find_faults(Unlisted)) == 2


# -- 18: a transition without target


class Aimless(StrictChart):
    one = State(initial=True)
    over = State(final=True)
    report = one.to()
    finish = one.to(over)


def test_the_library_takes_a_transition_list_without_target_for_nothing_at_all() -> None:
    with pytest.raises(TransitionNotAllowed):
        Aimless(Ledger((), READY, ask())).send("report")


def test_a_command_that_leads_nowhere_by_mistake_is_a_fault() -> None:
    assert any("report leads nowhere" in fault for fault in find_faults(Aimless))


# -- 20: a transition from one region into another


class Crossing(StrictChart):
    class active(State.Parallel):
        class left(State.Compound):
            one = State(initial=True)
            two = State()
            start_gap_analysis = one.to(two)

        class right(State.Compound):
            three = State(initial=True)
            four = State()
            propose_plan = three.to(four)

        class middle(State.Compound):
            five = State(initial=True)
            six = State()
            submit_response = five.to(six)

        report = left.one.to(right.four)

    over = State(final=True)
    stop = active.to(over)


def test_the_library_restarts_the_other_regions_when_a_transition_crosses_them() -> None:
    machine = Crossing(Ledger((), READY, ask()))
    machine.send("submit_response")
    machine.send("report")
    assert {"four", "five"} <= machine.model.inside


def test_a_transition_from_one_region_into_another_is_a_fault() -> None:
    assert any("one region into another" in fault for fault in find_faults(Crossing))


# -- beyond the list


def test_a_state_named_like_an_attribute_of_the_library_is_a_fault() -> None:
    class Clash(StrictChart):
        name = State(initial=True)  # type: ignore[assignment]  # that it hides the library's is the point
        over = State(final=True)
        finish = over.from_(name)

    assert any("state name hides" in fault for fault in find_faults(Clash))
