"""Every night: checks that chains, snapshots and rows agree; a finding makes the run fail, so that it is seen."""

import asyncio

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.errors import IntegrityBroken
from flows.wiring import app
from pathways.services.clockwork.heartbeat import beat
from pathways.services.verify import verify


@flow(name="integrity", timeout_seconds=3600)
async def integrity() -> State[None]:
    """Run the whole check and leave the number of findings in the heartbeat."""
    findings = await asyncio.to_thread(verify, app(), now=app().clock.now())
    note = f"{len(findings)} findings" if findings else "ok"
    await asyncio.to_thread(beat, app(), "integrity", now=app().clock.now(), note=note)
    if findings:
        raise IntegrityBroken(note, findings[0])
    return Completed(message=note)
