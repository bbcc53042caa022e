"""Monday 08:00: gathers each person's calm messages into one; the deliver flow sends them."""

import asyncio

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.wiring import app
from pathways.services.clockwork.digest import weekly_digest as gather_digests
from pathways.services.clockwork.heartbeat import beat


@flow(name="weekly-digest", timeout_seconds=900)
async def weekly_digest() -> State[None]:
    """Put one digest per person into the outbox; a second run in the same week adds none."""
    digests = await asyncio.to_thread(gather_digests, app(), now=app().clock.now())
    await asyncio.to_thread(beat, app(), "weekly-digest", now=app().clock.now())
    return Completed(message=f"digests {digests}")
