"""What a running installation leaves in its home for others to see: one lock, and one status file.

The lock is the kernel's, so it is gone with its holder however that ended. Nothing heavy is imported.
"""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from pathways.errors import PathwaysError

LOCK_TRIES = 5  # somebody who only looks holds the lock for an instant


class AlreadyRunning(PathwaysError):
    """Another `forlopp up` works on the same home; its process id is told."""

    sentence = "error.already_running"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the running parts can be reached."""

    web: str
    prefect: str
    mail_port: int | None = None
    mail_folder: str | None = None


@dataclass(frozen=True, slots=True)
class ProcessStatus:
    """One process as its supervisor sees it."""

    name: str
    state: str
    pid: int | None
    restarts: int


@dataclass(frozen=True, slots=True)
class StackStatus:
    """The supervisor and its processes; `silent` means that no sweep finished for two periods."""

    supervisor_pid: int
    ready: bool
    silent: bool
    addresses: Addresses
    processes: tuple[ProcessStatus, ...]


def run_folder(home: Path) -> Path:
    """Folder of lock, status and marks."""
    return home / "run"


@contextmanager
def hold_home(home: Path) -> Iterator[None]:
    """Hold the home for this process; refused with `AlreadyRunning` while another one does."""
    run_folder(home).mkdir(parents=True, exist_ok=True)
    with _lock_file(home).open("a+") as lock:
        for attempt in range(LOCK_TRIES):
            if _try_lock(lock.fileno(), fcntl.LOCK_EX):
                break
            if attempt == LOCK_TRIES - 1:
                lock.seek(0)
                raise AlreadyRunning(pid=lock.read().strip(), home=str(home))
            time.sleep(0.05)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        try:
            yield
        finally:
            _status_file(home).unlink(missing_ok=True)


def write_status(home: Path, status: StackStatus) -> None:
    """Replace the status file as a whole, so that a reader never sees half of it."""
    fresh = _status_file(home).with_suffix(".new")
    fresh.write_text(json.dumps(asdict(status)), encoding="utf-8")
    fresh.replace(_status_file(home))


def find_status(home: Path) -> StackStatus | None:
    """The running installation's status, or None when none runs on this home."""
    if not _is_held(home):
        return None
    try:
        data = json.loads(_status_file(home).read_text(encoding="utf-8"))
    except FileNotFoundError:  # it has the lock, and has not come to its first word yet
        return None
    processes = tuple(ProcessStatus(**one) for one in data.pop("processes"))
    return StackStatus(addresses=Addresses(**data.pop("addresses")), processes=processes, **data)


def _is_held(home: Path) -> bool:
    try:
        with _lock_file(home).open("r") as lock:
            return not _try_lock(lock.fileno(), fcntl.LOCK_SH)
    except FileNotFoundError:
        return False


def _try_lock(number: int, how: int) -> bool:
    try:
        fcntl.flock(number, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _lock_file(home: Path) -> Path:
    return run_folder(home) / "lock"


def _status_file(home: Path) -> Path:
    return run_folder(home) / "status.json"
