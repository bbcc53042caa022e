"""A runner with one flow that never ends, for tests that kill it: `python -m tests.flows.hanging_runner`."""

import asyncio

from prefect import flow

from flows.deployments import Wanted, register
from flows.names import DEPLOYMENT
from flows.worker import InProcessWorker

HANGING = f"hanging/{DEPLOYMENT}"


@flow(name="hanging")
async def hanging() -> None:
    """Wait for a kill."""
    await asyncio.Event().wait()


async def main() -> None:
    """Register the flow and run what is due."""
    wanted = Wanted(hanging, None)
    await register((wanted,))
    await InProcessWorker({wanted.entrypoint: hanging}, name="hanging").start(printer=print)


if __name__ == "__main__":
    asyncio.run(main())
