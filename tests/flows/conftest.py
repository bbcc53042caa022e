"""One real Prefect server for the module that asks, started as the product starts it, on loopback."""

import asyncio
import gc
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast

import pytest
from prefect.settings import PREFECT_API_URL, PREFECT_HOME, PREFECT_LOGGING_TO_API_ENABLED, temporary_settings

from flows.deployments import list_wanted, register
from pathways.cli.probes import find_free_port
from pathways.cli.stack import Ports, Stack, child_environment
from tests.flows.fakes import Rows, put_in_place

T = TypeVar("T")
ROOT = Path(__file__).parents[2]


class Run(Protocol):
    """Something that runs a coroutine to its end."""

    def __call__(self, story: Coroutine[Any, Any, T]) -> T:  # Any: what a coroutine takes and sends
        """Return what the coroutine returns."""
        ...


@pytest.fixture
def rows(monkeypatch: pytest.MonkeyPatch) -> Rows:
    """The rows that the flows of this test meet."""
    found = Rows()
    put_in_place(found, monkeypatch)
    return found


@dataclass(frozen=True, slots=True)
class Server:
    """A real Prefect server: `run` speaks with it, and a runner in `environment` finds it."""

    run: Run
    environment: Mapping[str, str]


@pytest.fixture(scope="module")
def on_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """Runs a coroutine against a real Prefect server that has our deployments."""
    with prefect_server(tmp_path_factory.mktemp("prefect")) as server:
        yield server.run


@contextmanager
def prefect_server(home: Path) -> Iterator[Server]:
    """A real Prefect server that has our deployments; it fails at the end if the server logged a fault."""
    port = find_free_port()
    stack = Stack(home=home, web_port=find_free_port(), prefect_port=port, sweep_minutes=5)
    url = f"http://127.0.0.1:{port}/api"
    environment = {**child_environment(stack, Ports(web=stack.web_port, prefect=port)), "PYTHONPATH": str(ROOT)}
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "flows.server", str(port)], env=environment, stdout=log, stderr=log
        )
    try:
        _wait_for(f"{url}/health")
        settings = {PREFECT_API_URL: url, PREFECT_HOME: home / "client", PREFECT_LOGGING_TO_API_ENABLED: False}
        with temporary_settings(settings), _one_loop() as run:
            run(register(list_wanted(sweep_minutes=5)))
            yield Server(run, environment)
        assert "Traceback" not in (home / "server.log").read_text()
    finally:
        process.terminate()
        process.wait(timeout=20)


@contextmanager
def _one_loop() -> Iterator[Run]:
    """One event loop for all; Prefect leaves the sockets of its event clients to the collector when a loop ends."""
    with asyncio.Runner() as runner:
        yield cast(Run, runner.run)  # the same but for the name of its argument
    heard, sys.unraisablehook = sys.unraisablehook, lambda _: None
    gc.collect()
    sys.unraisablehook = heard


def _wait_for(address: str) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except (urllib.error.URLError, OSError):
            assert time.monotonic() < end, f"no answer at {address}"
            time.sleep(0.1)
        else:
            return


assert os.environ.get("PREFECT_API_URL") is None, "the tests start their own server"
