"""Keeps Prefect's learning-loop runs equal to what our rows call due: one keyed run per due loop.

The first half decides (pure, on values), the second half speaks with the server. Opening a loop is the
learning-loop flow's work, and it claims its row; so a run too many does no harm.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from prefect import get_client
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.states import Cancelled

from flows.names import LEARNING_LOOP
from pathways.services.clockwork.loops import LoopDue

MOST_ATTEMPTS = 5  # after these a person must look; five sweeps are 25 minutes
PAGE = 200  # the server returns no more at a time


@dataclass(frozen=True, slots=True)
class LiveRun:
    """A run that waits to start: its id, and the key of the loop it was made for."""

    run_id: UUID
    key: str | None


@dataclass(frozen=True, slots=True)
class Submitted:
    """What became of the due loops: those whose run has ended already, and those left for a person."""

    ended: tuple[LoopDue, ...]
    given_up: tuple[LoopDue, ...]


def unwanted(live: Iterable[LiveRun], due: Iterable[LoopDue]) -> tuple[UUID, ...]:
    """Waiting runs whose loop is not due any more, or due under another version or attempt."""
    wanted = {loop.key for loop in due}
    return tuple(run.run_id for run in live if run.key not in wanted)


def worth_a_run(due: Iterable[LoopDue]) -> tuple[LoopDue, ...]:
    """Due loops that have attempts left."""
    return tuple(loop for loop in due if loop.attempt <= MOST_ATTEMPTS)


def given_up(due: Iterable[LoopDue]) -> tuple[LoopDue, ...]:
    """Due loops that have used all their attempts and wait for a person."""
    return tuple(loop for loop in due if loop.attempt > MOST_ATTEMPTS)


async def list_live_runs() -> tuple[LiveRun, ...]:
    """Every learning-loop run that has not started yet."""
    async with get_client() as client:
        deployment = await client.read_deployment_by_name(LEARNING_LOOP)
        return tuple(LiveRun(run.id, run.idempotency_key) for run in await _waiting_runs(client, deployment.id))


async def cancel_unwanted(live: Iterable[LiveRun], due: Iterable[LoopDue]) -> None:
    """Cancel the waiting runs that nobody wants any more; a run that has started meanwhile is left alone."""
    ids = unwanted(live, due)
    if not ids:
        return
    async with get_client() as client:
        for run_id in ids:
            run = await client.read_flow_run(run_id)
            if run.state is not None and (run.state.is_scheduled() or run.state.is_pending()):
                state: State[None] = Cancelled(message="The loop is not due under this key any more.")
                await client.set_flow_run_state(run_id, state, force=True)


async def submit_due(due: Iterable[LoopDue]) -> Submitted:
    """See that every due loop has its run; the same key always means the same run."""
    due = tuple(due)
    ended: list[LoopDue] = []
    async with get_client() as client:
        deployment = await client.read_deployment_by_name(LEARNING_LOOP) if due else None
        for loop in worth_a_run(due):
            assert deployment is not None
            run = await _submit(client, deployment.id, loop)
            if run.state is not None and run.state.is_final():
                ended.append(loop)
    return Submitted(tuple(ended), given_up(due))


async def _submit(client: PrefectClient, deployment_id: UUID, loop: LoopDue) -> FlowRun:
    return await client.create_flow_run_from_deployment(
        deployment_id,
        name=f"{loop.slug} {loop.number}",
        parameters={"introduction_id": loop.introduction_id, "number": loop.number},
        idempotency_key=loop.key,
    )


async def _waiting_runs(client: PrefectClient, deployment_id: UUID) -> list[FlowRun]:
    states = FlowRunFilterStateType(any_=[StateType.SCHEDULED, StateType.PENDING])
    found: list[FlowRun] = []
    while True:
        page = await client.read_flow_runs(
            deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[deployment_id])),
            flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=states)),
            limit=PAGE,
            offset=len(found),
        )
        found.extend(page)
        if len(page) < PAGE:
            return found
