"""A machine for one step: built anew from a snapshot without running anything, and read back afterwards.

A machine is never kept, shared or stored: it does not survive threads, pickling or a failed action.
"""

from states.chart import Ledger, StrictChart
from states.facts import Asked, Facts
from states.outline import Outline
from states.snapshot import Snapshot


def restore(chart: type[StrictChart], snapshot: Snapshot, *, facts: Facts, asked: Asked) -> StrictChart:
    """Return a new machine that stands in a legal snapshot; no action, guard or eventless transition runs."""
    machine = chart(Ledger(snapshot.configuration, facts, asked))
    machine.history_values = {
        name: [chart.states_map[state] for state in states] for name, states in snapshot.history.items()
    }
    return machine


def dump(machine: StrictChart, outline: Outline, chart: str) -> Snapshot:
    """Return where the machine stands; what it remembers is kept only where a command leads back to it."""
    configuration = outline.sort(machine.model.inside)
    kept = outline.rests_in(configuration)
    recorded = machine.history_values.get(kept, []) if kept else []
    history = {kept: outline.sort(state.id for state in recorded)} if kept else {}
    return Snapshot(chart, configuration, history)
