"""The runner process: registers the deployments, catches up, and runs what is due until it is told to stop.

`python -m flows.serve`: a runner beside a server that another process is. On one machine both are `flows.engine`.
"""

import asyncio
import os
import socket
from contextlib import suppress

from prefect import get_client

from flows.beside import Beside, run_until_told, until_either
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
    await until_either(work, stop)
    with suppress(TimeoutError):
        await worker.drain(seconds=GRACE_SECONDS)
    work.cancel()
    with suppress(asyncio.CancelledError):
        await work


async def _wait_for_server() -> None:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS), get_client() as client:
            while await client.api_healthcheck() is not None:
                await asyncio.sleep(0.5)
    except TimeoutError:
        raise ServerUnreachable(os.environ.get("PREFECT_API_URL", "")) from None


def runner() -> Beside:
    """The runner, not started yet; refused with `ServerUnreachable` where no server is named."""
    if "PREFECT_API_URL" not in os.environ:  # without it Prefect would start a server of its own
        raise ServerUnreachable("PREFECT_API_URL is not set")
    return Beside("runner", lambda stop: serve(stop, Settings()))


def main() -> int:
    """Run until SIGTERM or SIGINT; 0 when told to stop, 1 when the work ended by itself."""
    return run_until_told(runner())


if __name__ == "__main__":
    raise SystemExit(main())
