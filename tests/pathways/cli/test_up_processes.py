"""Children that are killed come back, children that are stopped are gone, and nothing outlives its supervisor."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pathways.cli.processes import LOG_LIMIT, Kept, State, back_off, open_log
from pathways.cli.running import find_status
from tests.pathways.cli.dummy_supervisor import ALONE, STUBBORN, WITH_CHILD, spec
from tests.pathways.cli.waiting import is_alive, pids_in, read_pid, send, until

ROOT = Path(__file__).parents[3]


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A real supervisor process over dummy children, ready; the test may kill it."""
    process = subprocess.Popen([sys.executable, "-m", "tests.pathways.cli.dummy_supervisor", str(tmp_path)], cwd=ROOT)
    try:
        until((tmp_path / "ready").exists)
        until(lambda: len(pids_in(tmp_path)) == 3)
        yield process
    finally:
        process.kill()
        process.wait()
        for pid in filter(is_alive, pids_in(tmp_path)):  # the grandchild, where the test killed the supervisor
            send(pid, signal.SIGKILL)


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0.0), (1, 0.5), (2, 1.0), (3, 2.0), (7, 32.0), (8, 60.0), (1000, 60.0)]
)
def test_each_quick_end_in_a_row_doubles_the_wait_up_to_a_minute(failures: int, seconds: float) -> None:
    assert back_off(failures) == seconds


def test_a_killed_child_comes_back_under_a_new_process_id(tmp_path: Path, supervisor: subprocess.Popen[bytes]) -> None:
    first = read_pid(tmp_path / "alone.pid")
    assert first is not None
    send(first, signal.SIGKILL)
    until(lambda: read_pid(tmp_path / "alone.pid") not in (None, first))
    until(lambda: _restarts(tmp_path, "alone") == 1)
    assert supervisor.poll() is None


def test_a_supervisor_told_to_stop_ends_with_zero_and_leaves_nothing(
    tmp_path: Path, supervisor: subprocess.Popen[bytes]
) -> None:
    pids = pids_in(tmp_path)
    supervisor.terminate()
    assert supervisor.wait(timeout=10) == 0
    until(lambda: not any(map(is_alive, pids)))
    assert find_status(tmp_path) is None


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's help is Linux's")
def test_a_supervisor_killed_by_force_takes_its_children_along(
    tmp_path: Path, supervisor: subprocess.Popen[bytes]
) -> None:
    children = [pid for name in ("alone", "parent") if (pid := read_pid(tmp_path / f"{name}.pid"))]
    supervisor.kill()
    supervisor.wait()
    until(lambda: not any(map(is_alive, children)))


def test_a_child_that_ignores_the_polite_signal_is_ended_after_the_grace(tmp_path: Path) -> None:
    async def life() -> None:
        kept = Kept(spec(tmp_path, "stubborn", STUBBORN, grace=0.1))
        keeping = asyncio.create_task(kept.keep())
        await asyncio.wait_for(kept.ready.wait(), 10)
        await kept.stop()
        await keeping
        assert kept.state is State.STOPPED

    asyncio.run(life())
    until(lambda: not any(map(is_alive, pids_in(tmp_path))))


def test_what_a_child_left_in_its_group_goes_with_it(tmp_path: Path) -> None:
    async def life() -> None:
        kept = Kept(spec(tmp_path, "parent", WITH_CHILD))
        keeping = asyncio.create_task(kept.keep())
        await asyncio.wait_for(kept.ready.wait(), 10)
        assert kept.pid is not None
        send(kept.pid, signal.SIGKILL)
        while kept.state is not State.WAITING:
            await asyncio.sleep(0.01)
        await kept.stop()
        await keeping

    grandchild_file = tmp_path / "grandchild.pid"
    asyncio.run(life())
    grandchild = read_pid(grandchild_file)
    assert grandchild is not None
    until(lambda: not is_alive(grandchild))


def test_a_program_that_is_not_there_counts_as_a_quick_end(tmp_path: Path) -> None:
    async def life() -> None:
        kept = Kept(replace(spec(tmp_path, "alone", ALONE), arguments=(str(tmp_path / "absent"),)))
        keeping = asyncio.create_task(kept.keep())
        while kept.state is not State.WAITING:
            await asyncio.sleep(0.01)
        await kept.stop()
        await keeping

    asyncio.run(life())


def test_a_long_log_is_put_aside_when_its_process_starts(tmp_path: Path) -> None:
    log = tmp_path / "runner.log"
    log.write_bytes(b"x" * (LOG_LIMIT + 1))
    with open_log(log) as fresh:
        fresh.write(b"new\n")
    assert log.read_bytes() == b"new\n"
    assert (tmp_path / "runner.old.log").stat().st_size == LOG_LIMIT + 1


def _restarts(home: Path, name: str) -> int:
    status = find_status(home)
    return next((one.restarts for one in status.processes if one.name == name), 0) if status else 0
