"""The outline: what a chart class says, read once as plain values, so that most questions need no machine.

It knows the tree of states and every move. Which of them is legal is `legality`'s matter; a chart with a fault
is refused here.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from statemachine.transition import Transition

from states.chart import StrictChart
from states.commands import CHOICES, Command
from states.errors import FaultyChart
from states.faults import IN_STATE, find_faults, histories_of, states_of, transitions_of
from states.guards import CHOSEN


@dataclass(frozen=True, slots=True)
class Move:
    """One transition: the command and choice that ask for it, where it leads, and what must hold.

    No command: the chart moves by itself. No target: nothing moves, the command is only recorded.
    """

    command: Command | None
    choice: str | None
    source: str
    target: str | None
    guards: tuple[str, ...]  # names in `guards.GUARDS`; each must find nothing in the way
    places: tuple[str, ...]  # states that must be active for the move to exist


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """The tree of states, in document order, and the moves, in the order of the commands and choices."""

    order: Mapping[str, int]
    parents: Mapping[str, str | None]
    children: Mapping[str | None, tuple[str, ...]]
    initial: frozenset[str]
    parallel: frozenset[str]
    final: frozenset[str]
    histories: Mapping[str, str]  # history state -> the state whose inside it remembers
    moves: tuple[Move, ...]

    def sort(self, states: Iterable[str]) -> tuple[str, ...]:
        """Return the states in document order."""
        return tuple(sorted(states, key=self.order.__getitem__))

    def lineage(self, state: str) -> Iterator[str]:
        """Yield the state and then its ancestors, innermost first."""
        above: str | None = state
        while above is not None:
            yield above
            above = self.parents[above]

    def complete(self, states: Collection[str] = ()) -> tuple[str, ...]:
        """Return the configuration with these states active and initial states wherever nothing is said."""
        inside = {above for state in states for above in self.lineage(state)}

        def fill(parent: str | None) -> None:
            children = self.children[parent]
            if parent not in self.parallel and inside.isdisjoint(children):
                inside.update(self.initial.intersection(children))
            for child in children:
                if parent in self.parallel or child in inside:
                    inside.add(child)
                    fill(child)

        fill(None)
        return self.sort(inside)

    def rests_in(self, configuration: Collection[str]) -> str | None:
        """Return the history state that leads back from here; None where nothing is kept to return to."""
        return next((m.target for m in self.moves if m.target in self.histories and m.source in configuration), None)


@cache
def outline_of(chart: type[StrictChart]) -> Outline:
    """Return the outline of a chart class; raise `FaultyChart` with every fault it has."""
    if faults := find_faults(chart):
        raise FaultyChart(f"{chart.__name__}: {'; '.join(faults)}")
    states = states_of(chart)
    parents = {state.id: state.parent.id if state.parent else None for state in states}
    return Outline(
        order={state.id: number for number, state in enumerate(states)},
        parents=parents,
        children={
            parent: tuple(child for child, above in parents.items() if above == parent) for parent in [None, *parents]
        },
        initial=frozenset(state.id for state in states if state.initial),
        parallel=frozenset(state.id for state in states if state.parallel),
        final=frozenset(state.id for state in states if state.final),
        histories={history.id: history.parent.id for history in histories_of(chart) if history.parent},
        moves=tuple(sorted(_moves_of(chart), key=_command_order)),
    )


@lru_cache(maxsize=1024)
def moves_from(outline: Outline, configuration: tuple[str, ...]) -> tuple[Move, ...]:
    """Return the moves a command can ask for in this configuration, in the order of the commands and choices."""
    inside = frozenset(configuration)
    return tuple(
        move for move in outline.moves if move.command and move.source in inside and inside.issuperset(move.places)
    )


@lru_cache(maxsize=64)
def moves_of_its_own(outline: Outline) -> tuple[Move, ...]:
    """Return the moves that the chart makes by itself."""
    return tuple(move for move in outline.moves if move.command is None)


def _moves_of(chart: type[StrictChart]) -> Iterator[Move]:
    for transition in transitions_of(chart):
        for name in [event.id for event in transition.events] or [None]:
            yield _read_move(transition, Command(name) if name else None)


def _read_move(transition: Transition, command: Command | None) -> Move:
    places: tuple[str, ...] = ()
    named: list[str] = []
    for spec in transition.cond:
        if isinstance(spec.func, str):
            places += tuple(IN_STATE.findall(spec.func))
        else:
            named.append(spec.func.__name__)
    return Move(
        command=command,
        choice=next((CHOSEN[name] for name in named if name in CHOSEN), None),
        source=transition.source.id,
        target=transition.target.id if transition.target else None,
        guards=tuple(name for name in named if name not in CHOSEN),
        places=places,
    )


def _command_order(move: Move) -> tuple[int, int]:
    if move.command is None:
        return len(Command), 0
    choices = CHOICES[move.command]
    return list(Command).index(move.command), choices.index(move.choice) if move.choice in choices else len(choices)
