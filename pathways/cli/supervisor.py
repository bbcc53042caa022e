"""The life of one installation on this machine: starts its processes in order, watches over them, stops them all.

Which processes there are stands in `pathways.cli.stack`; how one is kept alive, in `pathways.cli.processes`.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from pathways.cli.processes import Kept, State, kill_group, open_log, start
from pathways.cli.running import Addresses, ProcessStatus, StackStatus, write_status
from pathways.cli.silence import SilenceWatch
from pathways.cli.stack import ENGINE, Plan, Stack, log_of
from pathways.errors import PathwaysError

START_PATIENCE = 90.0
WATCH_SECONDS = 5.0
MISSED_ANSWERS = 6  # a process that was up and has not answered for half a minute is started anew
STAND_IN = (sys.executable, "-m", "pathways.cli.main", "sweep-once")


class DidNotStart(PathwaysError):
    """A process did not answer in time; its log is named."""

    sentence = "error.did_not_start"


class Supervisor:
    """The life of one installation on this machine."""

    def __init__(self, stack: Stack, planned: Plan) -> None:
        self._stack = stack
        self._plan = planned
        self._kept = [Kept(spec, self._publish) for spec in planned.specs]
        self._ready = False
        self._silent = False
        self._stop = asyncio.Event()

    async def run(self, on_ready: Callable[[Addresses], None]) -> None:
        """Start all in order, tell that they are up, watch over them until told to stop, and stop all."""
        for which in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(which, self.stop)
        tasks: set[asyncio.Task[object]] = {asyncio.create_task(self._stop.wait()), *self._take_mail()}
        try:
            for kept in self._kept:
                if not self._stop.is_set():
                    tasks.add(asyncio.create_task(kept.keep()))
                    await self._until_up(kept)
            if not self._stop.is_set():
                self._ready = True
                self._publish()
                on_ready(self._plan.addresses)
            tasks |= {asyncio.create_task(self._watch_answers()), asyncio.create_task(self._watch_silence())}
            ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in ended:
                task.result()  # a watcher that ended by itself ended by a fault: do not go on half blind
        finally:
            for kept in reversed(self._kept):
                await kept.stop()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def stop(self) -> None:
        """End the installation; `run` returns when all of it is gone."""
        self._stop.set()

    def _take_mail(self) -> Iterator[asyncio.Task[object]]:
        """Let the demo's mail receiver live in this process: it is small, and one more process is not."""
        port, folder = self._plan.addresses.mail_port, self._plan.addresses.mail_folder
        if port is not None and folder is not None:
            from pathways.cli.demo_mail import receive  # noqa: PLC0415  only the demo pays for it

            yield asyncio.create_task(receive(port, Path(folder), asyncio.Event()))

    async def _until_up(self, kept: Kept) -> None:
        up = asyncio.create_task(kept.ready.wait())
        stopping = asyncio.create_task(self._stop.wait())
        done, waiting = await asyncio.wait({up, stopping}, timeout=START_PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()
        if not done:
            raise DidNotStart(name=kept.spec.name, log=str(kept.spec.log))

    async def _watch_answers(self) -> None:
        missed = dict.fromkeys((kept.spec.name for kept in self._kept), 0)
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            for kept in self._kept:
                fine = kept.state is not State.UP or await kept.spec.answers()
                missed[kept.spec.name] = 0 if fine else missed[kept.spec.name] + 1
                if missed[kept.spec.name] >= MISSED_ANSWERS:
                    missed[kept.spec.name] = 0
                    await kept.end()

    async def _watch_silence(self) -> None:
        now = asyncio.get_running_loop().time
        watch = SilenceWatch(period=self._stack.sweep_minutes * 60.0, since=now())
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            silent = watch.is_silent(_changed_at(self._stack.sweep_mark), now=now())
            if silent != self._silent:
                self._silent = silent
                self._publish()
            if silent and watch.must_stand_in(now=now()):
                await self._stand_in(seconds=watch.period)

    async def _stand_in(self, *, seconds: float) -> None:
        """Sweep in a process of its own, and start an engine that lives but does nothing anew."""
        [engine] = [kept for kept in self._kept if kept.spec.name == ENGINE]
        if engine.state is State.UP:
            await engine.end()
        with open_log(log_of(self._stack, "stand-in")) as log:
            process = await start(STAND_IN, self._plan.environment, log)
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), seconds)
        finally:
            await kill_group(process)

    def _publish(self) -> None:
        processes = tuple(
            ProcessStatus(kept.spec.name, kept.state.value, kept.pid, kept.restarts) for kept in self._kept
        )
        status = StackStatus(os.getpid(), self._ready, self._silent, self._plan.addresses, processes)
        with suppress(OSError):  # a full disk may hide the status, and must not stop the work
            write_status(self._stack.home, status)


def _changed_at(mark: Path) -> float | None:
    try:
        return mark.stat().st_mtime
    except FileNotFoundError:
        return None
