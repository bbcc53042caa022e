"""Every snapshot the chart can reach, visited once: each is legal, leads on, can come to its end, and survives storing.

Three worlds stand for all facts: the guards only close moves, and the one move nobody asks for (to closed) opens
between the first world and the second. The third has what reopens and revises.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product

import pytest
from statemachine.exceptions import TransitionNotAllowed
from statemachine.orderedset import OrderedSet

from states.chart import Ledger
from states.commands import Command
from states.errors import TransitionRefused
from states.facts import Facts, Given
from states.gate import get_move, list_reasons
from states.legality import find_illegality
from states.machine import dump, restore
from states.reasons import Reason
from states.snapshot import Phase, Snapshot, Standing, phase_of, standing_of
from states.step import Offer, Step, begin, offers, step
from states.versions import CHARTS, LATEST, get_outline
from tests.states.worlds import EMPTY, FOLLOWED, ORDERS, READY, SLIPPED, ask

WORLDS = (READY, FOLLOWED, SLIPPED)
OUTLINE = get_outline(LATEST)
REGIONS = OUTLINE.children["active"]
Key = tuple[tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]]


def key(snapshot: Snapshot) -> Key:
    return snapshot.configuration, tuple(snapshot.history.items())


@dataclass
class Exploration:
    """What was found: the snapshots, and every accepted step."""

    snapshots: dict[Key, Snapshot] = field(default_factory=dict)
    steps: dict[Key, list[Step]] = field(default_factory=dict)

    def all_steps(self) -> Iterable[Step]:
        return (taken for steps in self.steps.values() for taken in steps)

    def leading_to(self, ends: set[Key]) -> set[Key]:
        """The snapshots from which one of these can be reached."""
        before: dict[Key, set[Key]] = {}
        for taken in self.all_steps():
            before.setdefault(key(taken.after), set()).add(key(taken.before))
        found, waiting = set(ends), list(ends)
        while waiting:
            new = before.get(waiting.pop(), set()) - found
            found |= new
            waiting += new
        return found


def may_close(snapshot: Snapshot) -> bool:
    """Where the facts decide not only whether a move is open but also where it ends."""
    return phase_of(snapshot) is Phase.FINISHED


@pytest.fixture(scope="module")
def explored() -> Exploration:
    found = Exploration({key(begin()): begin()})
    waiting = deque([begin()])
    while waiting:
        snapshot = waiting.popleft()
        taken = found.steps.setdefault(key(snapshot), [])
        accepted: list[Offer] = []
        for world in WORLDS:
            known = set() if may_close(snapshot) else {(each.command, each.choice) for each in accepted}
            new = [o for o in offers(snapshot, world) if o.allowed and (o.command, o.choice) not in known]
            accepted += new
            taken += [step(snapshot, offer.command, world, ask(offer.choice)) for offer in new]
        for each in taken:
            if key(each.after) not in found.snapshots:
                found.snapshots[key(each.after)] = each.after
                waiting.append(each.after)
    return found


def test_all_139_configurations_and_274_snapshots_are_reached(explored: Exploration) -> None:
    configurations = {snapshot.configuration for snapshot in explored.snapshots.values()}
    assert (len(configurations), len(explored.snapshots)) == (139, 274)


def test_only_a_response_before_the_gap_analysis_is_legal_but_out_of_reach(explored: Exploration) -> None:
    leaves = [
        [s for s in OUTLINE.order if region in OUTLINE.lineage(s) and not OUTLINE.children[s]] for region in REGIONS
    ]
    legal = {OUTLINE.complete(chosen) for chosen in product(*leaves)} | {("paused",), ("stopped",), ("closed",)}
    unreached = legal - {snapshot.configuration for snapshot in explored.snapshots.values()}
    assert len(legal) == 147
    assert unreached == {c for c in legal if "submitted" in c and not {"preparation", "mapping"}.isdisjoint(c)}


def test_every_snapshot_is_legal(explored: Exploration) -> None:
    assert [s for s in explored.snapshots.values() if find_illegality(OUTLINE, s)] == []


def test_no_snapshot_that_goes_on_is_a_dead_end(explored: Exploration) -> None:
    dead = [s for k, s in explored.snapshots.items() if not explored.steps[k]]
    assert {standing_of(snapshot) for snapshot in dead} == {Standing.STOPPED, Standing.CLOSED}


def test_an_end_is_within_reach_of_every_snapshot(explored: Exploration) -> None:
    ends = {k for k, s in explored.snapshots.items() if s.configuration in {("stopped",), ("closed",)}}
    assert explored.leading_to(ends) == set(explored.snapshots)


def test_closed_is_within_reach_of_every_snapshot_not_stopped(explored: Exploration) -> None:
    stopped = {k for k, s in explored.snapshots.items() if s.configuration == ("stopped",)}
    closed = {k for k, s in explored.snapshots.items() if s.configuration == ("closed",)}
    assert explored.leading_to(closed) == set(explored.snapshots) - stopped


def test_every_command_is_accepted_somewhere_with_every_choice(explored: Exploration) -> None:
    accepted = {
        (offer.command, offer.choice)
        for snapshot in explored.snapshots.values()
        for world in WORLDS
        for offer in offers(snapshot, world)
        if offer.allowed
    }
    assert accepted == set(ORDERS)


def test_every_state_is_entered(explored: Exploration) -> None:
    entered = {state for taken in explored.all_steps() for state in taken.entered}
    assert entered | set(begin().configuration) == set(OUTLINE.order)


def test_every_effect_is_seen_in_the_places_before_and_after(explored: Exploration) -> None:
    for taken in explored.all_steps():
        here = set(taken.before.configuration)
        for effect in taken.effects:
            assert (effect.state in here) is (effect.kind == "left")
            here ^= {effect.state}
        assert here == set(taken.after.configuration)


def test_resuming_brings_back_exactly_what_was_paused(explored: Exploration) -> None:
    pauses = {taken.before: taken.after for taken in explored.all_steps() if taken.command is Command.PAUSE}
    assert len(pauses) == 136
    for before, paused in pauses.items():
        resumed = step(paused, Command.RESUME, READY)
        assert resumed.after == before
        assert {effect.state for effect in resumed.effects if effect.kind == "resumed"} == set(before.configuration)


def test_restoring_is_the_inverse_of_dumping(explored: Exploration) -> None:
    for snapshot in explored.snapshots.values():
        machine = restore(CHARTS[LATEST], snapshot, facts=FOLLOWED, asked=ask())
        assert dump(machine, OUTLINE, LATEST) == snapshot
        assert machine.model.moved == []


def test_offers_and_steps_agree_on_every_command_everywhere(explored: Exploration) -> None:
    for snapshot in explored.snapshots.values():
        for world in (EMPTY, *WORLDS):
            offered = {(o.command, o.choice): o.reasons for o in offers(snapshot, world)}
            for command, choice in ORDERS:
                refused = refusal_of(snapshot, command, choice, world)
                if (command, choice) in offered:
                    assert refused == offered[command, choice]
                else:
                    assert [reason.sentence for reason in refused] == ["not_possible_here"]


def refusal_of(snapshot: Snapshot, command: Command, choice: str | None, world: Facts) -> tuple[Reason, ...]:
    """What the gate says; that a step asks the gate, and only then a machine, is `test_step`'s."""
    try:
        move = get_move(snapshot, command, choice)
    except TransitionRefused as refused:
        return refused.reasons
    return list_reasons(move, Given(world, ask(choice), frozenset(snapshot.configuration)))


def test_the_machine_accepts_what_the_gate_lets_through_and_refuses_the_rest_unchanged(explored: Exploration) -> None:
    """The gate reads the outline, the machine runs the chart: two readings of one definition, everywhere."""
    for snapshot in {s.configuration: s for s in explored.snapshots.values()}.values():
        for world in (EMPTY, *WORLDS):
            machine = restore(CHARTS[LATEST], snapshot, facts=world, asked=ask())
            for command, choice in ORDERS:
                if not refusal_of(snapshot, command, choice, world):
                    continue  # accepted: the exploration has taken this step
                machine.model.asked, machine.model.heard = ask(choice), False
                with pytest.raises(TransitionNotAllowed):
                    machine.send(command.value)
                assert (machine.model.moved, machine.model.inside) == ([], frozenset(snapshot.configuration))


def test_at_most_one_move_answers_a_command_and_its_choice(explored: Exploration) -> None:
    for snapshot in explored.snapshots.values():
        here = [(offer.command, offer.choice) for offer in offers(snapshot, EMPTY)]
        assert len(here) == len(set(here))


def test_a_new_introduction_begins_where_the_machine_itself_would_begin() -> None:
    machine = CHARTS[LATEST](Ledger((), EMPTY, ask()))
    assert isinstance(machine.model.state, OrderedSet)
    assert dump(machine, OUTLINE, LATEST) == begin()
