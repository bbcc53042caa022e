"""Waits for something outside this process to become true; the tests' only way of letting real time pass."""

import os
import time
from collections.abc import Callable
from pathlib import Path


def until(fact: Callable[[], bool], *, seconds: float = 10.0) -> None:
    """Return as soon as the fact holds; an assertion error when it does not in time."""
    end = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < end, "it did not become true in time"
        time.sleep(0.01)


def is_alive(pid: int) -> bool:
    """Whether a process with this id runs; a zombie does not."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def read_pid(path: Path) -> int | None:
    """The process id a dummy child has written, if it has come so far."""
    text = path.read_text(encoding="ascii").strip() if path.exists() else ""
    return int(text) if text else None


def pids_in(folder: Path) -> list[int]:
    """All ids that the dummies of this folder have written."""
    return [pid for path in sorted(folder.glob("*.pid")) if (pid := read_pid(path)) is not None]


def send(pid: int, which: int) -> None:
    """Send a signal to one process."""
    os.kill(pid, which)
