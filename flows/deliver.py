"""Every minute: sends what waits in the outbox, and tells webhooks what is new. Leases share the work between runs."""

import asyncio

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.wiring import app, post
from pathways.bootstrap.webhooks import push_webhooks
from pathways.services.clockwork.delivery import deliver_due
from pathways.services.clockwork.heartbeat import beat


@flow(name="deliver", timeout_seconds=900)
async def deliver() -> State[None]:
    """Send the due messages, post what is new to webhooks, and leave a heartbeat."""
    report = await asyncio.to_thread(deliver_due, app(), post(), now=app().clock.now())
    pushed = await asyncio.to_thread(push_webhooks, app(), now=app().clock.now())
    await asyncio.to_thread(beat, app(), "deliver", now=app().clock.now())
    told = f"sent {report.sent}, retried {report.retried}, dead {report.dead}, held {report.held}"
    return Completed(message=f"{told}, webhooks {pushed.sent}, unanswered {pushed.failed}")
