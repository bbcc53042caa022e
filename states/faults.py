"""Faults: the ways a chart can lean on what python-statemachine 3.2.2 gets wrong or keeps silent about.

A chart with a fault is refused before its first use. LIBRARIES.md tells each trap; here it is only recognised.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from statemachine import HistoryState, State, StateChart
from statemachine.callbacks import CallbackGroup, CallbackSpec
from statemachine.graph import iterate_states
from statemachine.transition import Transition

from states.commands import Command
from states.facts import Asked, Facts, Given
from states.guards import CHOSEN, GUARDS

Chart = type[StateChart[Any]]  # Any: a chart over whatever model, so that charts outside this package can be judged

IN_STATE = re.compile(r"In\('(\w+)'\)")
PLACES = re.compile(rf"{IN_STATE.pattern}( and {IN_STATE.pattern})*")

STRICT_FLAGS = {
    "allow_event_without_transition": False,
    "catch_errors_as_events": False,
    "enable_self_transition_entries": True,
    "atomic_configuration_update": False,
}


def find_faults(chart: Chart) -> list[str]:
    """Return every fault of a chart class as a sentence; none when it is sound."""
    return [
        *_lax_flags(chart),
        *_shared_names(chart),
        *_strange_events(chart),
        *_unguarded_histories(chart),
        *(fault for transition in transitions_of(chart) for fault in _faulty_transition(transition)),
        *_silent_callbacks(chart),
    ]


def states_of(chart: Chart) -> list[State]:
    """Return every state, in document order, history states left out."""
    return [state for state in iterate_states(chart.states) if not isinstance(state, HistoryState)]


def histories_of(chart: Chart) -> list[HistoryState]:
    """Return every history state."""
    return [state for state in iterate_states(chart.states) if isinstance(state, HistoryState)]


def transitions_of(chart: Chart) -> list[Transition]:
    """Return every transition a state declares; the library's own initial ones are left out."""
    return [move for state in states_of(chart) for move in state.transitions if not move.initial]


def _lax_flags(chart: Chart) -> Iterator[str]:
    for flag, wanted in STRICT_FLAGS.items():
        if getattr(chart, flag) is not wanted:
            yield f"{flag} must be {wanted}, or failures go unseen"


def _shared_names(chart: Chart) -> Iterator[str]:
    names = Counter(state.id for state in iterate_states(chart.states))
    yield from (f"{name} names {n} states; ids are global" for name, n in names.items() if n > 1)
    taken = set(dir(StateChart)) | set(Command)
    yield from (f"state {name} hides an attribute or a command" for name in names if name in taken)


def _strange_events(chart: Chart) -> Iterator[str]:
    wanted = {event.id for move in transitions_of(chart) for event in move.events}
    declared = {event.id: event for event in chart.events}  # type: ignore[attr-defined]  # the metaclass's property, hidden by the instance's
    for name in sorted(wanted | set(declared)):
        if name not in set(Command):
            yield f"{name} is no command, but can be sent"
        elif name not in wanted:
            yield f"{name} leads nowhere; a transition without target is to(None)"
    yield from (f"{event.id} is delayed, and would sleep in the caller" for event in declared.values() if event.delay)


def _unguarded_histories(chart: Chart) -> Iterator[str]:
    for history in histories_of(chart):
        if not history.transitions:
            yield f"history {history.id} has no default, and would empty the configuration"


def _faulty_transition(transition: Transition) -> Iterator[str]:
    name = f"{transition.source.id} -> {transition.target.id if transition.target else 'nowhere'}"
    if transition.internal:
        yield f"{name} is internal; inside a parallel state it also enters the other regions"
    if transition.target and _crosses_regions(transition.source, transition.target):
        yield f"{name} leads from one region into another, which would restart the rest"
    for spec in transition.cond:
        if not _is_known(spec):
            yield f"{name} asks {spec.func!r}, which is no registered guard"
    if transition.is_eventless and not any(_refuses_nothing_known(spec) for spec in transition.cond):
        yield f"{name} would move by itself before the command is heard; a guard must refuse where nothing is known"


def _crosses_regions(source: State, target: State) -> bool:
    above = [source, *source.ancestors()]
    shared = next((state for state in [target, *target.ancestors()] if state in above), None)
    return shared is not None and shared.parallel and shared not in (source, target)


def _is_known(spec: CallbackSpec) -> bool:
    if isinstance(spec.func, str):
        return PLACES.fullmatch(spec.func) is not None
    name = spec.func.__name__
    return GUARDS.get(name) is spec.func if spec.expected_value is False else name in CHOSEN


def _refuses_nothing_known(spec: CallbackSpec) -> bool:
    guard = GUARDS.get(getattr(spec.func, "__name__", ""))
    return guard is not None and guard(Given(Facts(today=date.min), Asked(), frozenset())) is not None


def _silent_callbacks(chart: Chart) -> Iterator[str]:
    attributes = set(dir(chart)) - {"prepare_event"}
    for visited in [*iterate_states(chart.states), *transitions_of(chart)]:
        for spec in visited._specs:  # noqa: SLF001  the library offers no public way to see its callbacks
            if spec.group is CallbackGroup.COND:
                continue
            if not spec.is_convention or spec.func in attributes:
                yield f"{spec.func!s} is called in passing; a chart only moves"
