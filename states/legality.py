"""Is this a place the chart allows? Answers for a configuration and for a snapshot, without a machine.

An empty configuration is never legal: built from it, the library would silently begin the case anew.
"""

from collections.abc import Collection
from functools import lru_cache

from states.outline import Outline
from states.snapshot import Snapshot


def find_illegality(outline: Outline, snapshot: Snapshot) -> str | None:
    """Return what is wrong with a snapshot, or None when its chart allows it."""
    return _find_illegality(outline, snapshot.configuration, tuple(snapshot.history.items()))


@lru_cache(maxsize=4096)
def _find_illegality(
    outline: Outline, configuration: tuple[str, ...], history: tuple[tuple[str, tuple[str, ...]], ...]
) -> str | None:
    if wrong := find_illegal_configuration(outline, configuration):
        return wrong
    wanted = outline.rests_in(configuration)
    recorded = dict(history)
    if set(recorded) != ({wanted} if wanted else set()):
        return f"history {sorted(recorded)} where {wanted or 'none'} is kept"
    if wanted is None:
        return None
    remembered = (*outline.lineage(outline.histories[wanted]),)
    if wrong := find_illegal_configuration(outline, (*reversed(remembered), *recorded[wanted])):
        return f"history {wanted}: {wrong}"
    return None


def find_illegal_configuration(outline: Outline, configuration: Collection[str]) -> str | None:
    """Return what is wrong with a set of active states, or None when the chart allows it."""
    if unknown := [state for state in configuration if state not in outline.order]:
        return f"unknown states {unknown}"
    if tuple(configuration) != outline.sort(set(configuration)):
        return "not in document order, or a state twice"
    inside = set(configuration)
    for parent in [None, *configuration]:
        if wrong := _wrong_children(outline, parent, inside):
            return wrong
    orphans = [state for state in configuration if outline.parents[state] not in {None, *inside}]
    return f"{orphans} without their parent" if orphans else None


def _wrong_children(outline: Outline, parent: str | None, inside: set[str]) -> str | None:
    children = outline.children[parent]
    active = [child for child in children if child in inside]
    wanted = len(children) if parent in outline.parallel else min(len(children), 1)
    return f"{parent or 'the chart'} has {len(active)} active children, not {wanted}" if len(active) != wanted else None
