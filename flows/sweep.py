"""Every few minutes: lets our rows say what is due, and gives each due learning loop its one run.

What is due and what happens then stands in `pathways.services.clockwork`; `flows.dispatch` talks to Prefect.
"""

import asyncio

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.dispatch import LiveRun, cancel_unwanted, list_live_runs, submit_due
from flows.mark import mark_sweep
from flows.wiring import app
from pathways.queries.pack.build import build_text
from pathways.services.clockwork.heartbeat import beat
from pathways.services.clockwork.loops import due_loops, next_attempt
from pathways.services.clockwork.sweep import SweepReport
from pathways.services.clockwork.sweep import sweep as sweep_rows
from pathways.services.pack.freeze_due import freeze_due_packs


@flow(name="sweep", timeout_seconds=900)
async def sweep() -> State[None]:
    """Do all that is due, then say in the heartbeat that the clockwork is awake."""
    # The runs are read before the rows: a run that an overlapping sweep submits later is not in this
    # list, so this sweep cannot cancel what it has not yet heard of.
    live = await list_live_runs()
    await asyncio.to_thread(app().refresh_calendars)
    report = await asyncio.to_thread(sweep_rows, app(), now=app().clock.now())
    note = await _reconcile(live, report)
    # A pack whose daily run was missed is frozen here; one that has been frozen is not due.
    packs = await asyncio.to_thread(freeze_due_packs, app(), now=app().clock.now(), build=build_text)
    await asyncio.to_thread(beat, app(), "sweep", now=app().clock.now(), note=note)
    mark_sweep()
    return Completed(
        message=f"timers {report.timers_fired}, reminders {report.reminders}, packs {packs}{note and ', ' + note}"
    )


async def _reconcile(live: tuple[LiveRun, ...], report: SweepReport) -> str:
    """Bring Prefect's runs in line with the due loops; return a note about loops that need a person."""
    await cancel_unwanted(live, report.loops_due)
    submitted = await submit_due(report.loops_due)
    if submitted.ended:
        # A run has ended and the loop is still due: crashed, failed, cancelled, or done in a database that
        # was since restored. Its key is used up, so the loop gets the next one; the next sweep submits it.
        still_due = {loop.key for loop in await asyncio.to_thread(due_loops, app(), now=app().clock.now())}
        for loop in submitted.ended:
            if loop.key in still_due:
                await asyncio.to_thread(next_attempt, app(), loop)
    return "given up: " + ", ".join(loop.key for loop in submitted.given_up) if submitted.given_up else ""
