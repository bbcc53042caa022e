"""Tells the supervisor of this machine that a sweep has finished, by a file; without a supervisor it tells nobody.

The heartbeat row is the truth. The file lets a process that opens no database notice silence.
"""

import os
from pathlib import Path

SWEEP_MARK = "FORLOPP_SWEEP_MARK"
READY_MARK = "FORLOPP_READY_MARK"


def mark_sweep() -> None:
    """Touch the file that the supervisor watches for silence."""
    _touch(SWEEP_MARK)


def mark_ready() -> None:
    """Touch the file that the supervisor waits for before it calls the runner up."""
    _touch(READY_MARK)


def _touch(variable: str) -> None:
    if place := os.environ.get(variable):
        Path(place).touch()
