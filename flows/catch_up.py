"""What a runner does first after it was away: drops the pile of late runs, and starts one of each kind instead.

One run does all that is due, however long the pause was; and a digest whose Monday passed while everything
was down is gathered now.
"""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from prefect import get_client
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.client.schemas.responses import DeploymentResponse
from prefect.states import Cancelled

from flows.deliver import deliver
from flows.deployments import TIME_ZONE, Wanted
from flows.digest import weekly_digest
from flows.names import DEPLOYMENT
from flows.sweep import sweep

AT_ONCE = (sweep, deliver)
WAITING = [StateType.SCHEDULED, StateType.PENDING]
UNDER_WAY_OR_DONE = [*WAITING, StateType.RUNNING, StateType.COMPLETED]
CUT_SHORT = {StateType.CRASHED, StateType.FAILED}
DIGEST_HOUR = 8


def last_digest_due(now: datetime) -> datetime:
    """The newest Monday 08:00 in the region's zone that is not after `now`."""
    local = now.astimezone(ZoneInfo(TIME_ZONE))
    monday = (local - timedelta(days=local.weekday())).replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return monday if monday <= local else monday - timedelta(days=7)


async def catch_up(wanted: tuple[Wanted, ...], *, now: datetime) -> None:
    """Replace what piled up by one run each; runs of single learning loops are the sweep's and stay."""
    async with get_client() as client:
        for one in wanted:
            if one.schedule is not None:
                deployment = await client.read_deployment_by_name(one.full_name)
                await _drop_late_runs(client, deployment, now)
        for flow in AT_ONCE:
            await _start(client, (await client.read_deployment_by_name(f"{flow.name}/{DEPLOYMENT}")).id)
        await _gather_missed_digest(client, now)


async def _drop_late_runs(client: PrefectClient, deployment: DeploymentResponse, now: datetime) -> None:
    while late := await _list_runs(client, deployment, WAITING, before=now):
        for run in late:
            state: State[None] = Cancelled(message="The runner was away; one run does all that is due.")
            await client.set_flow_run_state(run.id, state, force=True)


async def _gather_missed_digest(client: PrefectClient, now: datetime) -> None:
    due = last_digest_due(now)
    deployment = await client.read_deployment_by_name(f"{weekly_digest.name}/{DEPLOYMENT}")
    if not await _list_runs(client, deployment, UNDER_WAY_OR_DONE, before=now, after=due):
        key = f"digest:{due.date().isoformat()}"
        while (await _start(client, deployment.id, key)).state_type in CUT_SHORT:
            key += "+"  # the key belongs to a run that did not come to its end, and is used up


async def _start(client: PrefectClient, deployment_id: UUID, key: str | None = None) -> FlowRun:
    return await client.create_flow_run_from_deployment(deployment_id, idempotency_key=key)


async def _list_runs(
    client: PrefectClient,
    deployment: DeploymentResponse,
    states: list[StateType],
    *,
    before: datetime,
    after: datetime | None = None,
) -> list[FlowRun]:
    return await client.read_flow_runs(
        deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[deployment.id])),
        flow_run_filter=FlowRunFilter(
            state=FlowRunFilterState(type=FlowRunFilterStateType(any_=states)),
            expected_start_time=FlowRunFilterExpectedStartTime(before_=before, after_=after),
        ),
    )
