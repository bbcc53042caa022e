"""Every day at noon: freezes the packs of the meetings that are near, and lets their members know."""

import asyncio

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.wiring import app
from pathways.queries.pack.build import build_text
from pathways.services.clockwork.heartbeat import beat
from pathways.services.pack.freeze_due import freeze_due_packs


@flow(name="decision-pack", timeout_seconds=900)
async def decision_pack() -> State[None]:
    """Freeze each meeting's pack once at the profile's time; a second run, and the sweep meanwhile, add none."""
    await asyncio.to_thread(app().refresh_calendars)
    frozen = await asyncio.to_thread(freeze_due_packs, app(), now=app().clock.now(), build=build_text)
    await asyncio.to_thread(beat, app(), "decision-pack", now=app().clock.now())
    return Completed(message=f"packs {frozen}")
