"""The runner of one installation in the hands of a test: started, killed at work, and the server asked what that hit.

What the runners are is said in `runners`, what their client does meanwhile in `trial`.
"""

import asyncio
import os
import signal
import socket
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from prefect import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType
from prefect.client.schemas.objects import StateType
from sqlalchemy import func, select

from flows.names import DEPLOYMENT
from flows.orphans import TAKEN
from notifications.outbox import State
from notifications.tables import outbox_message
from tests.faults.runners import ToldClock
from tests.faults.trial import Trial, address_of, maker_of, order, wait_until, wait_until_dead
from tests.flows.conftest import Server

READY, STARTED = "ready", "started"


@dataclass
class Tally:
    """What the kills hit: `at_work` counts those that came while at least one flow run was under way."""

    kills: int = 0
    at_work: int = 0
    running: Counter[str] = field(default_factory=Counter)
    pending: int = 0
    claims: int = 0

    def note(self, taken: list[tuple[str, StateType]], claims: int) -> None:
        """Counts one kill: the runs that it cut short, and the messages that were claimed."""
        running = [flow for flow, state in taken if state is StateType.RUNNING]
        self.kills += 1
        self.at_work += bool(running)
        self.running.update(running)
        self.pending += len(taken) - len(running)
        self.claims += claims


@dataclass
class Clockwork:
    """One runner at a time, at the trial's instant."""

    one: Trial
    server: Server
    maker: subprocess.Popen[str]
    told: ToldClock
    signs: Path
    tally: Tally = field(default_factory=Tally)

    def start(self) -> int:
        """Starts a runner; returns its process id."""
        self.told.tell(self.one.clock.now())
        for sign in self.signs.iterdir():
            sign.unlink()
        runner = order(self.maker, "")
        (self.signs / STARTED).touch()
        return runner

    def wait_for(self, sign: str, *, seconds: float = 60) -> None:
        """Waits until the runner is `READY`, or has begun with a flow of that name."""
        wait_until((self.signs / sign).exists, seconds=seconds)

    def count_hits(self, pid: int) -> None:
        """Counts what the kill of a runner hit, before the next one starts."""
        self.tally.note(self.server.run(list_taken()), self._claims_of(pid))

    def stop(self, pid: int) -> None:
        """Lets the runner end as its supervisor does."""
        os.kill(pid, signal.SIGTERM)
        wait_until_dead(pid)

    def ask_for(self, flow: str, *, wait: bool) -> None:
        """Asks the runner for one run of a flow, and waits for its end or does not."""
        self.server.run(start_run(flow, wait=wait))

    def _claims_of(self, pid: int) -> int:
        claimed = outbox_message.c.leased_by.startswith(f"{socket.gethostname()}-{pid}:")
        with self.one.app.read() as work:
            return int(work.value(select(func.count()).where(outbox_message.c.state == State.PENDING, claimed)))


@contextmanager
def clockwork(one: Trial, server: Server, *, mail_port: int) -> Iterator[Clockwork]:
    """A maker of runners for the trial's database, and no runner yet."""
    told, signs, log = ToldClock(one.folder / "clock"), one.folder / "signs", one.folder / "runners.log"
    signs.mkdir()
    environment = {
        **server.environment,
        "FORLOPP_DATABASE_URL": address_of(one.app),
        "FORLOPP_MAIL_URL": f"smtp://127.0.0.1:{mail_port}?from=forlopp@forlopp.example",
        "FORLOPP_READY_MARK": str(signs / READY),
        "FORLOPP_SWEEP_MARK": str(one.folder / "swept"),
        "PREFECT_WORKER_QUERY_SECONDS": "1",
    }
    arguments = (str(told.file), str(signs))
    with maker_of("tests.faults.runners", *arguments, environment=environment, log=log) as maker:
        yield Clockwork(one, server, maker, told, signs)
    assert "Traceback" not in log.read_text()


async def list_taken() -> list[tuple[str, StateType]]:
    """The runs that a runner has taken and not ended: flow and state."""
    taken = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=TAKEN)))
    async with get_client() as client:
        runs = await client.read_flow_runs(flow_run_filter=taken)
        return [((await client.read_flow(run.flow_id)).name, run.state_type or StateType.PENDING) for run in runs]


async def start_run(flow: str, *, wait: bool) -> None:
    """One run of a flow, to be taken at once; and maybe until its end, good or bad."""
    async with asyncio.timeout(120), get_client() as client:
        deployment = await client.read_deployment_by_name(f"{flow}/{DEPLOYMENT}")
        run = await client.create_flow_run_from_deployment(deployment.id)
        while wait and (run.state is None or not run.state.is_final()):
            await asyncio.sleep(0.1)
            run = await client.read_flow_run(run.id)
