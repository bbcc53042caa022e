"""Opens one due learning loop. The use case claims its row, so a repeated run finds nothing left to do."""

import asyncio

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.wiring import app
from pathways.services.clockwork.loops import open_due_loop


@flow(name="learning-loop", timeout_seconds=300)
async def learning_loop(introduction_id: int, number: int) -> State[None]:
    """Open loop `number` of the introduction if it is still due and nobody else has opened it."""
    now = app().clock.now()
    opened = await asyncio.to_thread(open_due_loop, app(), introduction_id=introduction_id, number=number, now=now)
    return Completed(message="opened" if opened else "nothing left to do")
