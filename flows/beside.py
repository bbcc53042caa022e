"""Lets work with an event loop of its own run beside the main thread, which only waits for the signal to stop.

While a flow runs, Prefect puts its own SIGTERM handler into the main thread's place and would tear the run apart;
and Prefect's server may live in the same process, with a loop that no flow can hold up.
"""

import asyncio
import os
import signal
import threading
from collections.abc import Awaitable, Callable

Main = Callable[[asyncio.Event], Awaitable[None]]
_SIGNALS = frozenset({signal.SIGTERM, signal.SIGINT})


class Beside:
    """Work in a thread of its own; however it ends, the main thread hears of it by the signal."""

    def __init__(self, name: str, main: Main) -> None:
        self.failed = False
        self._main = main
        self._loop = asyncio.new_event_loop()
        self._asked_to_stop = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name=name)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Let it end, and wait for that."""
        self._loop.call_soon_threadsafe(self._asked_to_stop.set)
        self._thread.join()
        self._loop.close()

    def _run(self) -> None:
        ended_by_itself = True
        try:
            self._loop.run_until_complete(self._main(self._asked_to_stop))
            ended_by_itself = not self._asked_to_stop.is_set()
        finally:
            self.failed = ended_by_itself
            os.kill(os.getpid(), signal.SIGTERM)


def run_until_told(*parts: Beside) -> int:
    """Run until SIGTERM or SIGINT, then stop the parts, the last one first.

    Returns 0 when told to stop and 1 when a part ended by itself.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)  # every thread inherits this, so only sigwait hears them
    for part in parts:
        part.start()
    signal.sigwait(_SIGNALS)
    for part in reversed(parts):
        part.stop()
    return 1 if any(part.failed for part in parts) else 0


async def until_either(work: asyncio.Task[None], stop: asyncio.Event) -> None:
    """Wait until told to stop; work that ends before that ended by an error, which is raised here."""
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({work, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if work.done():
        work.result()
