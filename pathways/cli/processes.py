"""Keeps one child process alive: start, ready, watch, restart with back-off, stop, and never an orphan.

What the children are and in which order they start is decided in `pathways.cli.up`. Nothing heavy is imported
here: this process stays resident beside everything else.
"""

import asyncio
import ctypes
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import IO

LOG_LIMIT = 5_000_000  # bytes; a longer log is put aside when its process starts
LONGEST_WAIT = 60.0
STEADY_SECONDS = 60.0  # a process that lived so long has recovered: back-off begins anew
POLL_SECONDS = 0.2

Probe = Callable[[], Awaitable[bool]]
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1


class State(StrEnum):
    """Where a kept process stands."""

    STARTING = "starting"  # it runs, but does not answer yet
    UP = "up"  # it answers
    WAITING = "waiting"  # it ended, and is started again after a while
    STOPPED = "stopped"  # nobody wants it any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """One child: what to run, where it writes, how to see that it answers, how long it may take to stop."""

    name: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    log: Path
    answers: Probe
    grace: float = 15.0
    clears: tuple[Path, ...] = ()  # files of an earlier run that would answer in its place


def back_off(failures: int) -> float:
    """Seconds to wait before the next start after so many quick ends in a row."""
    return float(min(LONGEST_WAIT, 0.5 * 2 ** min(failures - 1, 10))) if failures > 0 else 0.0


@dataclass(slots=True)
class Kept:
    """A child that is started again whenever it ends, until `stop`."""

    spec: Spec
    on_change: Callable[[], None] = lambda: None
    state: State = State.STOPPED
    restarts: int = 0
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    _process: asyncio.subprocess.Process | None = None
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def pid(self) -> int | None:
        """Process id while it runs."""
        return self._process.pid if self._process is not None and self._process.returncode is None else None

    async def keep(self) -> None:
        """Run until stopped; each quick end in a row doubles the wait before the next start."""
        failures = 0
        clock = asyncio.get_running_loop().time
        while not self._stopping.is_set():
            began = clock()
            with suppress(OSError):  # it could not even be started, say for want of disk: that too is a quick end
                await self._run_once()
            if self._stopping.is_set():
                break
            failures = 1 if clock() - began > STEADY_SECONDS else failures + 1
            self._turn(State.WAITING)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), back_off(failures))
            self.restarts += 1
        self._turn(State.STOPPED)

    async def stop(self) -> None:
        """Ask it to end, and after the grace end it; its whole process group goes with it."""
        self._stopping.set()
        await self.end()

    async def end(self) -> None:
        """End the present run; unless stopped, `keep` starts the next."""
        process = self._process
        if process is None or process.returncode is not None:
            return
        _signal_group(process.pid, signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), self.spec.grace)
        except TimeoutError:
            _signal_group(process.pid, signal.SIGKILL)
            await process.wait()

    async def _run_once(self) -> None:
        self._turn(State.STARTING)
        for stale in self.spec.clears:
            stale.unlink(missing_ok=True)
        with open_log(self.spec.log) as log:
            self._process = await start(self.spec.arguments, self.spec.environment, log)
        answering = asyncio.create_task(self._wait_until_it_answers())
        try:
            await self._process.wait()
        finally:
            answering.cancel()
            self.ready.clear()
            await kill_group(self._process)  # with what it may have left behind

    async def _wait_until_it_answers(self) -> None:
        while not await self.spec.answers():
            await asyncio.sleep(POLL_SECONDS)
        self._turn(State.UP)
        self.ready.set()

    def _turn(self, state: State) -> None:
        self.state = state
        self.on_change()


async def start(
    arguments: tuple[str, ...], environment: Mapping[str, str], log: IO[bytes]
) -> asyncio.subprocess.Process:
    """Start a child in a group of its own; should this process die, even by kill -9, the child dies too."""
    return await asyncio.create_subprocess_exec(
        *arguments,
        env=dict(environment),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
        preexec_fn=die_with_parent(os.getpid()),
    )


async def kill_group(process: asyncio.subprocess.Process) -> None:
    """Kill a child with its whole group and see it end, even where this task is cancelled meanwhile."""
    _signal_group(process.pid, signal.SIGKILL)
    ending = asyncio.ensure_future(process.wait())
    try:
        await asyncio.shield(ending)
    except asyncio.CancelledError:
        await ending
        raise


def die_with_parent(parent: int) -> Callable[[], None]:
    """What a child does before its program begins: ask the kernel (Linux) to kill it when the parent is gone."""

    def ask() -> None:
        if _LIBC is not None:
            _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() != parent:  # the parent died between fork and the line above
                os._exit(1)

    return ask


def open_log(path: Path) -> IO[bytes]:
    """Open a log for appending; one that has grown too long is put aside first, and one old one is kept."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        path.replace(path.with_suffix(".old.log"))
    return path.open("ab")


def _signal_group(pid: int, which: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(pid, which)
