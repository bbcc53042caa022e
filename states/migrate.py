"""Moving a snapshot from one chart version to the next, by a mapping table; nothing is entered and nothing runs.

A mapping names only what changed: an innermost state not named keeps its name, a region that is new begins in its
initial state. Writing the moved snapshot, and its row in the log, is done by `pathways`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from states.errors import NoMigration
from states.legality import find_illegality
from states.outline import Outline
from states.snapshot import Snapshot
from states.versions import CHARTS, LATEST, check_snapshot, get_outline

__all__ = ["CHARTS", "LATEST", "MAPPINGS", "ChartMapping", "migrate"]


@dataclass(frozen=True, slots=True)
class ChartMapping:
    """Where the innermost states of one chart are found in the next one."""

    to: str
    states: Mapping[str, str] = field(default_factory=dict)


MAPPINGS: dict[str, ChartMapping] = {}
"""The step from each chart to its successor, by the name of the earlier chart."""


def migrate(snapshot: Snapshot, to: str) -> Snapshot:
    """Return the same place in the chart `to`, by way of every version between.

    A snapshot already there is returned as it is. Raise `NoMigration` when no mapping leads there, or when one
    leads to a place its chart does not allow.
    """
    check_snapshot(snapshot)
    moved, visited = snapshot, {snapshot.chart}
    while moved.chart != to:
        mapping = MAPPINGS.get(moved.chart)
        if mapping is None or mapping.to in visited or mapping.to not in CHARTS:
            raise NoMigration(f"no mapping from {moved.chart} towards {to}")
        visited.add(mapping.to)
        moved = _apply(mapping, moved)
    return moved


def _apply(mapping: ChartMapping, snapshot: Snapshot) -> Snapshot:
    old, new = get_outline(snapshot.chart), get_outline(mapping.to)
    configuration = new.complete(_mapped(mapping, old, new, snapshot.configuration))
    kept = new.rests_in(configuration)
    resting = [state for states in snapshot.history.values() for state in states]
    history = {}
    if kept:
        above = set(new.lineage(new.histories[kept]))
        whole = new.complete(_mapped(mapping, old, new, resting))
        history = {kept: tuple(state for state in whole if state not in above)}
    moved = Snapshot(mapping.to, configuration, history)
    if wrong := find_illegality(new, moved):
        raise NoMigration(f"{snapshot.chart} to {mapping.to}: {wrong}")
    return moved


def _mapped(mapping: ChartMapping, old: Outline, new: Outline, states: Iterable[str]) -> list[str]:
    """Return where the innermost of these states stand in the new chart."""
    mapped = [mapping.states.get(state, state) for state in states if not old.children[state]]
    if lost := [state for state in mapped if state not in new.order]:
        raise NoMigration(f"{', '.join(lost)} not in {mapping.to}, and not mapped")
    return mapped
