"""Runs whose runner was killed are called Crashed, so that the sweep tries again; Prefect leaves them as they stand.

An automation on the server sees that a heartbeat stops. A run that was killed before its first heartbeat is seen by
the next runner only, when it starts.
"""

from datetime import timedelta

from prefect import get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
    WorkPoolFilter,
    WorkPoolFilterName,
)
from prefect.client.schemas.objects import State, StateType
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from prefect.states import Crashed

from flows.names import WORK_POOL

NAME = "forlopp: a run without heartbeat has crashed"
HEARTBEAT = "prefect.flow-run.heartbeat"
SILENCE = timedelta(seconds=90)  # three heartbeats of 30 s
ENDS = {f"prefect.flow-run.{state}" for state in ("Completed", "Failed", "Cancelled", "Crashed", "TimedOut")}

TAKEN = [StateType.PENDING, StateType.RUNNING]


def build_automation(silence: timedelta = SILENCE) -> AutomationCore:
    """After a heartbeat, either the next one or an end comes within `silence`; else the run has crashed."""
    return AutomationCore(
        name=NAME,
        description="Set by Förlopp when its runner starts.",
        trigger=EventTrigger(
            after={HEARTBEAT},
            expect={HEARTBEAT, *ENDS},
            match={"prefect.resource.id": ["prefect.flow-run.*"]},
            for_each={"prefect.resource.id"},
            posture=Posture.Proactive,
            threshold=1,
            within=silence,
        ),
        actions=[ChangeFlowRunState(state=StateType.CRASHED, message="Its heartbeat stopped.")],
    )


async def watch_for_orphans(silence: timedelta = SILENCE) -> None:
    """See that the server has exactly one such automation, as written here."""
    automation = build_automation(silence)
    async with get_client() as client:
        existing = await client.read_automations_by_name(NAME)
        if not existing:
            await client.create_automation(automation)
            return
        for surplus in existing[1:]:
            await client.delete_automation(surplus.id)
        if existing[0].trigger.model_dump(exclude={"id"}) != automation.trigger.model_dump(exclude={"id"}):
            await client.update_automation(existing[0].id, automation)


async def crash_what_was_left() -> None:
    """Call Crashed every run that an earlier runner had taken; for a runner that has not taken any itself."""
    state = FlowRunFilterState(type=FlowRunFilterStateType(any_=TAKEN))
    async with get_client() as client:
        while left := await client.read_flow_runs(
            flow_run_filter=FlowRunFilter(state=state),
            work_pool_filter=WorkPoolFilter(name=WorkPoolFilterName(any_=[WORK_POOL])),
        ):
            for run in left:
                crashed: State[None] = Crashed(message="The runner that had taken it is gone.")
                await client.set_flow_run_state(run.id, crashed, force=True)
