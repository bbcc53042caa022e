"""A snapshot: where one introduction stands, as plain values that can be stored and compared.

It answers which phase, standing and place a person sees. Whether the chart allows it is `versions.check_snapshot`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from states.errors import IllegalSnapshot


class Phase(StrEnum):
    """The seven phases an introduction goes through, in order."""

    PREPARATION = "preparation"
    GAP_ANALYSIS = "gap_analysis"
    PRIORITISATION = "prioritisation"
    IMPLEMENTATION = "implementation"
    LEARNING = "learning"
    CELEBRATION = "celebration"
    FINISHED = "finished"


class Standing(StrEnum):
    """Whether the introduction is under way."""

    ACTIVE = "active"
    PAUSED = "paused"
    STOPPED = "stopped"
    CLOSED = "closed"


ENDED = frozenset({Standing.STOPPED, Standing.CLOSED})
"""Where nothing goes on any more."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The active states of one chart, in document order, and what rests while the introduction is paused.

    `history` names, for the one history state, all that was active inside it; it is empty unless paused.
    """

    chart: str
    configuration: tuple[str, ...]
    history: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)

    def to_json(self) -> dict[str, object]:
        """Return the snapshot as plain JSON values; equal snapshots give equal text."""
        return {
            "chart": self.chart,
            "configuration": list(self.configuration),
            "history": {name: list(states) for name, states in self.history.items()},
        }

    @classmethod
    def from_json(cls, data: object) -> "Snapshot":
        """Return the snapshot that `to_json` wrote; refuse any other shape, and an empty configuration."""
        match data:
            case {"chart": str(chart), "configuration": [_, *_] as configuration, "history": dict(history)}:
                return cls(
                    chart=chart,
                    configuration=_names(configuration),
                    history={str(name): _names(states) for name, states in history.items()},
                )
        raise IllegalSnapshot(f"not a snapshot: {data!r}")


def standing_of(snapshot: Snapshot) -> Standing:
    """Return whether the introduction is active, paused, stopped or closed."""
    return Standing(snapshot.configuration[0])


def phase_of(snapshot: Snapshot) -> Phase | None:
    """Return the phase, while paused the one that rests; None when stopped or closed."""
    track = _track(snapshot)
    return Phase(track[0]) if track else None


def place_of(snapshot: Snapshot) -> str:
    """Return the innermost state of the track ("mapping"); when not active, the standing ("paused")."""
    standing = standing_of(snapshot)
    return _track(snapshot)[-1] if standing is Standing.ACTIVE else standing.value


def _track(snapshot: Snapshot) -> tuple[str, ...]:
    """What is active inside the track: in every chart version it stands between "track" and "national"."""
    states = next(iter(snapshot.history.values()), snapshot.configuration)
    if "track" not in states:
        return ()
    return states[states.index("track") + 1 : states.index("national")]


def _names(states: object) -> tuple[str, ...]:
    if not isinstance(states, list) or not all(isinstance(state, str) for state in states):
        raise IllegalSnapshot(f"not a list of state names: {states!r}")
    return tuple(states)
