"""The whole installation as a person starts it: real Prefect server and runner, real web, real database. Slow."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from pathways.cli.probes import find_free_port
from pathways.cli.running import AlreadyRunning, StackStatus, find_status
from pathways.cli.stack import Stack
from pathways.cli.up import running_stack, supervisor_arguments
from pathways.storage.database import Database
from pathways.storage.schema import upgrade
from tests.pathways.cli.waiting import is_alive, send, until

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
MOST_MEMORY = 450_000_000
SLOWEST_START = 90.0


@pytest.fixture
def stack(tmp_path: Path) -> Stack:
    """An installation on a new database."""
    database = Database(f"sqlite:///{tmp_path / 'forlopp.db'}")
    upgrade(database)
    database.dispose()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return Stack(
        home=tmp_path,
        web_port=find_free_port(),
        prefect_port=find_free_port(),
        sweep_minutes=5,
        demo=True,
        environment=environment,
    )


@pytest.fixture
def supervisor(stack: Stack) -> Iterator[subprocess.Popen[bytes]]:
    """A supervisor process, ready, that the test may kill."""
    with subprocess.Popen(supervisor_arguments(stack), env=dict(stack.environment)) as process:
        try:
            until(lambda: _is_ready(stack), seconds=SLOWEST_START)
            yield process
        finally:
            process.terminate()


def test_all_processes_together_stay_small_and_do_their_work(stack: Stack) -> None:
    with running_stack(stack, patience=SLOWEST_START) as addresses:
        for name in ("sweep", "deliver"):
            until(lambda name=name: _completed(addresses.prefect, name) > 0, seconds=60)  # type: ignore[misc]  # mypy cannot infer a lambda with a default
        assert _memory(stack) < MOST_MEMORY
    assert find_status(stack.home) is None
    assert [log.name for log in (stack.home / "logs").iterdir() if "Traceback" in log.read_text()] == []


def test_a_second_installation_on_the_same_home_is_refused(stack: Stack, supervisor: subprocess.Popen[bytes]) -> None:
    with pytest.raises(AlreadyRunning) as refused, running_stack(stack):
        pass
    assert refused.value.values["pid"] == str(supervisor.pid)


@pytest.mark.usefixtures("supervisor")
@pytest.mark.parametrize("name", ["engine", "web"])
def test_a_process_killed_by_force_comes_back_and_work_goes_on(name: str, stack: Stack) -> None:
    send(_pid(stack, name), signal.SIGKILL)
    until(lambda: _restarts(stack, name) == 1, seconds=60)
    until(lambda: _is_ready(stack), seconds=SLOWEST_START)
    before = _completed(f"http://127.0.0.1:{stack.prefect_port}", "deliver")
    until(lambda: _completed(f"http://127.0.0.1:{stack.prefect_port}", "deliver") > before, seconds=90)


def test_a_supervisor_killed_by_force_leaves_nothing_and_the_next_one_starts(
    stack: Stack, supervisor: subprocess.Popen[bytes]
) -> None:
    children = [child.pid for child in psutil.Process(supervisor.pid).children(recursive=True)]
    supervisor.kill()
    supervisor.wait()
    until(lambda: not any(map(is_alive, children)))
    with running_stack(stack, patience=SLOWEST_START):
        pass


def _status(stack: Stack) -> StackStatus:
    status = find_status(stack.home)
    assert status is not None
    return status


def _is_ready(stack: Stack) -> bool:
    status = find_status(stack.home)
    return status is not None and status.ready and all(one.state == "up" for one in status.processes)


def _pid(stack: Stack, name: str) -> int:
    pid = next(one.pid for one in _status(stack).processes if one.name == name)
    assert pid is not None
    return pid


def _restarts(stack: Stack, name: str) -> int:
    return next(one.restarts for one in _status(stack).processes if one.name == name)


def _memory(stack: Stack) -> int:
    """The resident memory of all processes, with what they share counted in each of them."""
    supervisor = psutil.Process(_status(stack).supervisor_pid)
    each = {one.pid: one.memory_full_info() for one in [supervisor, *supervisor.children(recursive=True)]}
    together, shared_once = sum(one.rss for one in each.values()), sum(one.pss for one in each.values())
    told = ", ".join(f"{size // 1_000_000}" for size in (together, shared_once, each[_pid(stack, "web")].rss))
    sys.stdout.write(f"resident MB: all, the same with what is shared counted once, the web alone: {told}\n")
    return together


def _completed(address: str, name: str) -> int:
    """How many runs of a flow have been completed; the server is asked as an operator would ask it."""
    question = {"flows": {"name": {"any_": [name]}}, "flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}}}
    request = urllib.request.Request(
        f"{address}/api/flow_runs/count",
        data=json.dumps(question).encode(),
        headers={"content-type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        count: int = json.load(answer)
    return count
