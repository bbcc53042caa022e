"""One step: a command moves an introduction from one snapshot to the next, or is refused with every reason.

Pure: the same snapshot, command and facts give the same answer, and nothing is remembered between two steps.
Storing, telling and timing follow from the step's effects and are done by `pathways`.
"""

from dataclasses import dataclass
from difflib import get_close_matches
from itertools import groupby
from operator import itemgetter
from typing import Literal

from statemachine.exceptions import StateMachineError

from states.commands import CHOICES, Command
from states.errors import EngineFault, TransitionRefused, UnknownCommand
from states.facts import Asked, Facts, Given
from states.gate import get_move, list_reasons
from states.legality import find_illegality
from states.machine import dump, restore
from states.outline import Outline, moves_from, moves_of_its_own
from states.reasons import Reason
from states.snapshot import Snapshot
from states.versions import CHARTS, LATEST, check_snapshot, get_outline

__all__ = ["CHOICES", "Effect", "Offer", "Step", "begin", "offers", "parse_command", "step"]

Kind = Literal["entered", "left", "resumed"]
Moved = list[tuple[Literal["entered", "left"], str]]
# Grows to a few thousand entries at most: the chart's positions times the commands that lead on from each.
_REMEMBERED: dict[tuple[object, ...], tuple[Snapshot, Moved]] = {}


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that happened to a state: left, entered, or resumed after a pause."""

    kind: Kind
    state: str


@dataclass(frozen=True, slots=True)
class Step:
    """An accepted command: from where, to where, and what happened on the way.

    The effects stand in the order they happened, states passed through included; `left` and `entered`
    name the states of those effects in the same order. A state that is resumed is not entered.
    """

    command: Command
    before: Snapshot
    after: Snapshot
    left: tuple[str, ...]
    entered: tuple[str, ...]
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """A command, with its choice, that leads on from here, and what still stands in its way."""

    command: Command
    choice: str | None
    allowed: bool
    reasons: tuple[Reason, ...]


def begin(chart: str = LATEST) -> Snapshot:
    """Return the snapshot in which a new introduction begins."""
    return Snapshot(chart, get_outline(chart).complete())


def parse_command(name: str) -> Command:
    """Return the command of this name; raise `UnknownCommand` with the nearest known ones otherwise."""
    try:
        return Command(name)
    except ValueError:
        known = [command.value for command in Command]
        written = name.lower().replace("-", "_").replace(" ", "_")
        nearest = get_close_matches(written, known) or get_close_matches(written, known, n=1, cutoff=0.0)
        raise UnknownCommand(name, nearest=tuple(nearest)) from None


def step(snapshot: Snapshot, command: Command | str, facts: Facts, asked: Asked = Asked()) -> Step:  # noqa: B008  frozen
    """Return what the command does; raise `TransitionRefused` with all reasons when it may not be done now.

    An unknown command raises `UnknownCommand`, a snapshot the chart does not allow `IllegalSnapshot`.
    """
    wanted = parse_command(command)
    check_snapshot(snapshot)
    move = get_move(snapshot, wanted, asked.choice)
    given = Given(facts, asked, frozenset(snapshot.configuration))
    if reasons := list_reasons(move, given):
        raise TransitionRefused(wanted, reasons)
    after, moved = _run(snapshot, wanted, facts=facts, asked=asked)
    effects = _effects_of(get_outline(snapshot.chart), snapshot, moved)
    return Step(
        command=wanted,
        before=snapshot,
        after=after,
        left=_states(effects, "left"),
        entered=_states(effects, "entered"),
        effects=effects,
    )


def offers(snapshot: Snapshot, facts: Facts, *, by_head: bool = False) -> tuple[Offer, ...]:
    """Return every command and choice that leads on from here, in the order of the commands.

    It is assumed that a reason will be given; `by_head` tells whether the head is the one who asks.
    """
    check_snapshot(snapshot)
    inside = frozenset(snapshot.configuration)
    found = []
    for move in moves_from(get_outline(snapshot.chart), snapshot.configuration):
        if move.command is None:
            continue
        asked = Asked(choice=move.choice, has_reason=True, by_head=by_head)
        reasons = list_reasons(move, Given(facts, asked, inside))
        found.append(Offer(move.command, move.choice, allowed=not reasons, reasons=reasons))
    return tuple(found)


def _run(snapshot: Snapshot, command: Command, *, facts: Facts, asked: Asked) -> tuple[Snapshot, Moved]:
    """Return where the command leads and every move on the way, from memory where a machine has shown it before.

    An accepted command leads on the same way whenever the position, the choice and the answers of the chart's own
    guards are the same: the command's own guards have been asked, and a machine looks at nothing else.
    """
    given = Given(facts, asked, frozenset(snapshot.configuration))
    own = tuple(bool(list_reasons(move, given)) for move in moves_of_its_own(get_outline(snapshot.chart)))
    key = (snapshot, tuple(snapshot.history.items()), command, asked.choice, own)
    if (known := _REMEMBERED.get(key)) is None:
        known = _REMEMBERED[key] = _let_a_machine_run(snapshot, command, facts=facts, asked=asked)
    return known


def _let_a_machine_run(snapshot: Snapshot, command: Command, *, facts: Facts, asked: Asked) -> tuple[Snapshot, Moved]:
    """Let a machine, built for this one step, take the command; trust what it did only if the chart allows it."""
    outline = get_outline(snapshot.chart)
    machine = restore(CHARTS[snapshot.chart], snapshot, facts=facts, asked=asked)
    try:
        machine.send(command.value)
    except StateMachineError as fault:
        raise EngineFault(f"{command} from {snapshot}: {fault}") from fault
    after = dump(machine, outline, snapshot.chart)
    if wrong := find_illegality(outline, after):
        raise EngineFault(f"{command} from {snapshot} led to {after}: {wrong}")
    return after, machine.model.moved


def _effects_of(outline: Outline, before: Snapshot, moved: Moved) -> tuple[Effect, ...]:
    """Name each move, those of one kind in document order; what a pause had put to rest is resumed."""
    resting = {state for states in before.history.values() for state in states}
    resting |= {above for history in before.history for above in outline.lineage(outline.histories[history])}
    return tuple(
        Effect("resumed" if kind == "entered" and state in resting else kind, state)
        for kind, run in groupby(moved, key=itemgetter(0))
        for state in outline.sort(state for _, state in run)
    )


def _states(effects: tuple[Effect, ...], kind: Kind) -> tuple[str, ...]:
    return tuple(effect.state for effect in effects if effect.kind == kind)
