"""A runner killed by force in the midst of a run: the server hears of it by the silence. Slow."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from prefect import get_client
from prefect.client.schemas.objects import FlowRun
from prefect.settings import PREFECT_API_URL

from flows.orphans import watch_for_orphans
from tests.flows.conftest import ROOT, Run
from tests.flows.hanging_runner import HANGING

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:Exception ignored in. <socket.socket:pytest.PytestUnraisableExceptionWarning"),
]
HEARTBEAT = 30  # Prefect's shortest
SILENCE = timedelta(seconds=35)


async def _start() -> FlowRun:
    async with get_client() as client:
        deployment = await client.read_deployment_by_name(HANGING)
        return await client.create_flow_run_from_deployment(deployment.id)


async def _state_of(run: FlowRun) -> str:
    async with get_client() as client:
        state = (await client.read_flow_run(run.id)).state
    assert state is not None
    return str(state.name)


def _until_it_is(run: Run, flow_run: FlowRun, name: str, *, seconds: float) -> None:
    end = time.monotonic() + seconds
    while (seen := run(_state_of(flow_run))) != name:
        assert time.monotonic() < end, f"still {seen}, not {name}"
        time.sleep(0.5)


def test_the_run_of_a_killed_runner_is_called_crashed_when_its_heartbeat_stops(on_server: Run) -> None:
    settings = {
        "PREFECT_API_URL": str(PREFECT_API_URL.value()),
        "PREFECT_WORKER_QUERY_SECONDS": "1",
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": str(HEARTBEAT),
    }
    on_server(watch_for_orphans(SILENCE))
    with subprocess.Popen(
        [sys.executable, "-m", "tests.flows.hanging_runner"],
        cwd=ROOT,
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as runner:
        assert runner.stdout is not None
        runner.stdout.readline()  # it says that it has started
        flow_run = on_server(_start())
        _until_it_is(on_server, flow_run, "Running", seconds=20)
        time.sleep(2)  # the first heartbeat is on its way to the server
        runner.send_signal(signal.SIGKILL)
    _until_it_is(on_server, flow_run, "Crashed", seconds=SILENCE.total_seconds() + 30)
