"""The refusals of this package."""


class FlowsError(Exception):
    """Root of every refusal of this package; its docstring is the message."""

    def __init__(self, *about: object) -> None:
        super().__init__(": ".join([type(self).__doc__ or "", *map(str, about)]))


class IntegrityBroken(FlowsError):
    """The nightly check found rows that contradict each other"""


class UnknownFlow(FlowsError):
    """A run was scheduled for a flow that this release does not have"""


class ServerUnreachable(FlowsError):
    """No Prefect server answers at the address in PREFECT_API_URL"""
