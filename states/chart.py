"""The strict base of every chart: it raises where the library by default keeps silent, and describes nothing itself.

Whether a chart's definition is sound is `faults`' matter, building and reading a machine is `machine`'s.
"""

from collections.abc import Mapping
from typing import Literal

from statemachine import StateChart
from statemachine.orderedset import OrderedSet

from states.facts import Asked, Facts, Given


class Ledger:
    """What one machine works on: its active states, what its guards are given, and every move it makes.

    The library writes `state` after each single exit and entry, so the moves are the differences between writes;
    this costs a third less than a callback on every state.
    """

    def __init__(self, configuration: tuple[str, ...], facts: Facts, asked: Asked) -> None:
        self.facts = facts
        self.asked = asked
        self.inside = frozenset(configuration)
        self.moved: list[tuple[Literal["entered", "left"], str]] = []
        self.heard = False  # whether the command has come, or the machine still looks around for itself
        self._state: OrderedSet[str] | str | None = OrderedSet(configuration) or None

    @property
    def state(self) -> OrderedSet[str] | str | None:
        """The active states as the library keeps them: none, one name, or a set of names."""
        return self._state

    @state.setter
    def state(self, written: OrderedSet[str] | str | None) -> None:
        inside = frozenset() if written is None else frozenset([written] if isinstance(written, str) else written)
        self.moved += [("left", name) for name in self.inside - inside]
        self.moved += [("entered", name) for name in inside - self.inside]
        self.inside = inside
        self._state = written


class StrictChart(StateChart[Ledger]):
    """A chart that refuses unknown events, lets exceptions through, and does nothing but move."""

    allow_event_without_transition = False
    catch_errors_as_events = False
    enable_self_transition_entries = True
    atomic_configuration_update = False

    def prepare_event(self, event: str | None) -> Mapping[str, Given]:
        """Hand the guards what they may look at; the library calls this by its name before it asks any.

        The library looks for moves of the chart's own before it hears the command. Until then it is given no
        facts, so that a case which could close by itself does not swallow the command that came first.
        """
        ledger = self.model
        ledger.heard = ledger.heard or event is not None
        facts = ledger.facts if ledger.heard else Facts(today=ledger.facts.today)
        return {"given": Given(facts, ledger.asked, ledger.inside)}
