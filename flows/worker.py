"""A Prefect worker that runs our flows inside its own process.

Prefect's runner starts one Python process per flow run, some 130 MB and two seconds each, every minute. Our
flows are short, ours alone and claim their rows, so one process may hold them all. Polling, states, logs,
events and crash reports are Prefect's own; only "where does the run happen" is answered here.
"""

import asyncio
import os
from collections.abc import Awaitable, Mapping
from typing import Any, TypeAlias, cast

from anyio.abc import TaskStatus
from prefect import Flow
from prefect.client.schemas.objects import FlowRun
from prefect.flow_engine import run_flow
from prefect.workers.base import BaseJobConfiguration, BaseVariables, BaseWorker, BaseWorkerResult

from flows.errors import UnknownFlow
from flows.garbage import collect_garbage
from flows.names import WORK_POOL, WORKER_TYPE

AnyFlow: TypeAlias = Flow[Any, Any]  # Any: parameters and results differ from flow to flow


class InProcessResult(BaseWorkerResult):
    """What the worker base wants to know about a run that has ended."""


class InProcessWorker(BaseWorker[BaseJobConfiguration, BaseVariables, InProcessResult]):
    """Runs each submitted flow run as a task of its own event loop."""

    type = WORKER_TYPE
    job_configuration = BaseJobConfiguration
    _description = "Runs the flows of this product in one process."

    def __init__(self, flows: Mapping[str, AnyFlow], *, name: str, limit: int = 4) -> None:
        super().__init__(WORK_POOL, name=name, limit=limit, prefetch_seconds=0)
        self._flows = flows
        self._draining = False
        self._running: set[str] = set()

    async def run(
        self,
        flow_run: FlowRun,
        configuration: BaseJobConfiguration,  # noqa: ARG002  the base's signature; we have no infrastructure to configure
        task_status: TaskStatus[int] | None = None,
    ) -> InProcessResult:
        """Run the flow to its end; a failing flow is a final state on the server, not an error here."""
        flow = await self._flow_of(flow_run)
        if task_status is not None:
            task_status.started(os.getpid())
        self._running.add(str(flow_run.id))
        try:
            # An async flow gives an awaitable, and all of ours are async; the function's type covers every kind.
            await cast(Awaitable[object], run_flow(flow, flow_run=flow_run, return_type="state"))
        finally:
            self._running.discard(str(flow_run.id))
            collect_garbage()
        return InProcessResult(identifier=str(flow_run.id), status_code=0)

    async def get_and_submit_flow_runs(self) -> list[FlowRun]:
        """Take the runs that are due, unless the worker is about to stop."""
        return [] if self._draining else await super().get_and_submit_flow_runs()

    async def drain(self, *, seconds: float) -> None:
        """Take no more runs, and wait at most `seconds` for those under way."""
        self._draining = True
        async with asyncio.timeout(seconds):
            while self._running:
                await asyncio.sleep(0.05)

    async def _flow_of(self, flow_run: FlowRun) -> AnyFlow:
        assert flow_run.deployment_id is not None
        deployment = await self.client.read_deployment(flow_run.deployment_id)
        try:
            return self._flows[deployment.entrypoint or ""]
        except KeyError:
            raise UnknownFlow(deployment.entrypoint) from None
