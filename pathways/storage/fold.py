"""Folds a log into the state it led to: the introduction's own columns, its position, and every row that follows it.

The fold reads events only. `verify` holds it against the rows, and as-of queries show it for an earlier moment.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Folded:
    """The state that a log led to. `rows` is keyed by table and ref; texts stand as `{"text": digest}`."""

    seq: int = 0
    configuration: tuple[str, ...] = ()
    history: Mapping[str, object] = field(default_factory=dict)
    phase: str = ""
    place: str = ""
    standing: str = ""
    own: dict[str, object] = field(default_factory=dict)
    rows: dict[tuple[str, str], dict[str, object]] = field(default_factory=dict)

    def of(self, table: str) -> dict[str, dict[str, object]]:
        """Return the rows of one table by ref, without those that a correction made void."""
        return {ref: row for (name, ref), row in self.rows.items() if name == table and row.get("voided_by") is None}


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a row as an event records it: `made` tells a new row from an altered one."""

    table: str
    ref: str
    made: bool
    values: Mapping[str, object]

    def to_json(self) -> list[object]:
        """Return the form in which an event's payload holds it."""
        return [self.table, self.ref, self.made, dict(self.values)]


OWN = "introduction"


def changes_of(event: Mapping[str, object]) -> list[Change]:
    """Return the changes that an event records, in the order they were made."""
    payload = event["payload"]
    assert isinstance(payload, Mapping)
    return [Change(table, ref, made, values) for table, ref, made, values in payload.get("changes", [])]


def fold(events: Iterable[Mapping[str, object]]) -> Folded:
    """Return the state after `events`, which must be one introduction's, in order, from the first."""
    state = Folded()
    for event in events:
        apply(state, event)
    return state


def fold_changes(logged: Iterable[Iterable[Sequence[Any]] | None]) -> Folded:  # Any: a log's values are of any kind
    """Return the rows after the changes of one introduction's events, in order; of its position nothing is said.

    Whoever knows the position otherwise need not read nine tenths of a log.
    """
    state = Folded()
    for changes in logged:
        for table, ref, _, values in changes or ():
            _take(state, table, ref, values)
    return state


def apply(state: Folded, event: Mapping[str, object]) -> None:
    """Move `state` past one more event."""
    state.seq = int(str(event["seq"]))
    configuration, history = event["configuration"], event["history"]
    assert isinstance(configuration, list)
    assert isinstance(history, Mapping)
    state.configuration, state.history = tuple(configuration), history
    state.phase, state.place = str(event["phase"]), str(event["place"])
    state.standing = str(event["standing"])
    for change in changes_of(event):
        _take(state, change.table, change.ref, change.values)


def _take(state: Folded, table: str, ref: str, values: Mapping[str, object]) -> None:
    row = state.own if table == OWN else state.rows.setdefault((table, ref), {})
    row.update(values)
