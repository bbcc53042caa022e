"""What this package refuses or finds broken: one root, and each refusal by its own name."""

from states.commands import Command
from states.reasons import Reason


class StatesError(Exception):
    """The introduction cannot do this."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or self.__doc__)


class TransitionRefused(StatesError):
    """The introduction is not ready for this command."""

    def __init__(self, command: Command, reasons: tuple[Reason, ...]) -> None:
        self.command = command
        self.reasons = reasons
        super().__init__(f"{command} refused: {', '.join(reason.sentence for reason in reasons)}")


class UnknownCommand(StatesError):
    """There is no such command."""

    def __init__(self, name: str, *, nearest: tuple[str, ...]) -> None:
        self.name = name
        self.nearest = nearest
        super().__init__(f"no command {name!r}; nearest: {', '.join(nearest)}")


class IllegalSnapshot(StatesError):
    """The snapshot is not a place its chart allows."""


class FaultyChart(StatesError):
    """The chart's definition leans on something the library gets wrong."""


class EngineFault(StatesError):
    """The machine did not do what the chart says; nothing may be written."""


class NoMigration(StatesError):
    """No mapping leads from this snapshot to that chart."""
