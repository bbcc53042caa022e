"""The runner process: registers the deployments, catches up, and runs what is due until it is told to stop.

`python -m flows.serve`. The event loop runs beside the main thread, which only waits for the signal: while a
flow runs, Prefect puts its own SIGTERM handler into the main thread's place and would tear the run apart.
"""

import asyncio
import os
import signal
import socket
import threading
from contextlib import suppress

from prefect import get_client

from flows.catch_up import catch_up
from flows.deployments import list_wanted, register
from flows.errors import ServerUnreachable
from flows.garbage import set_aside_what_stays
from flows.mark import mark_ready
from flows.orphans import crash_what_was_left, watch_for_orphans
from flows.wiring import app
from flows.worker import InProcessWorker
from pathways.settings import Settings

GRACE_SECONDS = 10.0
PATIENCE_SECONDS = 60.0


async def serve(stop: asyncio.Event, settings: Settings) -> None:
    """Work until `stop` is set, then let the runs under way end within the grace."""
    await _wait_for_server()
    wanted = list_wanted(sweep_minutes=settings.sweep_minutes)
    await register(wanted)
    await watch_for_orphans()
    await crash_what_was_left()
    set_aside_what_stays()
    await catch_up(wanted, now=app().clock.now())
    worker = InProcessWorker({one.entrypoint: one.flow for one in wanted}, name=f"forlopp-{socket.gethostname()}")
    work = asyncio.create_task(worker.start(printer=lambda *_: mark_ready()))
    await _until_either(work, stop)
    with suppress(TimeoutError):
        await worker.drain(seconds=GRACE_SECONDS)
    work.cancel()
    with suppress(asyncio.CancelledError):
        await work


async def _until_either(work: asyncio.Task[None], stop: asyncio.Event) -> None:
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({work, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if work.done():
        work.result()  # a worker that ended by itself ended by an error: say which


async def _wait_for_server() -> None:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS), get_client() as client:
            while await client.api_healthcheck() is not None:
                await asyncio.sleep(0.5)
    except TimeoutError:
        raise ServerUnreachable(os.environ.get("PREFECT_API_URL", "")) from None


class Work:
    """The event loop beside the main thread; however it ends, the main thread hears of it by the signal."""

    def __init__(self) -> None:
        self.failed = False
        self._loop = asyncio.new_event_loop()
        self._asked_to_stop = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="worker")

    def start(self) -> None:
        """Begin to serve."""
        self._thread.start()

    def stop(self) -> None:
        """Let it end, and wait for that."""
        self._loop.call_soon_threadsafe(self._asked_to_stop.set)
        self._thread.join()
        self._loop.close()

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(serve(self._asked_to_stop, Settings()))
            self.failed = not self._asked_to_stop.is_set()
        except Exception:
            self.failed = True
            raise
        finally:
            os.kill(os.getpid(), signal.SIGTERM)


def main() -> int:
    """Run until SIGTERM or SIGINT; 0 when told to stop, 1 when the work ended by itself."""
    if "PREFECT_API_URL" not in os.environ:  # without it Prefect would start a server of its own
        raise ServerUnreachable("PREFECT_API_URL is not set")
    signals = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)  # every thread inherits this, so only sigwait hears them
    work = Work()
    work.start()
    signal.sigwait(signals)
    work.stop()
    return 1 if work.failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
