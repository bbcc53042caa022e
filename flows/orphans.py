"""An automation on the server: a run whose heartbeat stops is called Crashed, so that the sweep tries again.

Prefect leaves the run of a killed process "Running" for ever otherwise.
"""

from datetime import timedelta

from prefect import get_client
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture

NAME = "forlopp: a run without heartbeat has crashed"
HEARTBEAT = "prefect.flow-run.heartbeat"
SILENCE = timedelta(seconds=90)  # three heartbeats of 30 s
ENDS = {f"prefect.flow-run.{state}" for state in ("Completed", "Failed", "Cancelled", "Crashed", "TimedOut")}


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
