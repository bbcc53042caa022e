"""Every minute: sends what waits in the outbox. Leases make two overlapping runs share the work."""

import asyncio

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.wiring import app, post
from pathways.services.clockwork.delivery import deliver_due
from pathways.services.clockwork.heartbeat import beat


@flow(name="deliver", timeout_seconds=900)
async def deliver() -> State[None]:
    """Send the due messages and leave a heartbeat."""
    report = await asyncio.to_thread(deliver_due, app(), post(), now=app().clock.now())
    await asyncio.to_thread(beat, app(), "deliver", now=app().clock.now())
    return Completed(message=f"sent {report.sent}, retried {report.retried}, dead {report.dead}, held {report.held}")
