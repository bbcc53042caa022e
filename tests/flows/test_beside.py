"""Work beside the main thread: told to stop it ends in order, and what ends by itself takes the rest with it."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
import asyncio, sys
from functools import partial
from flows.beside import Beside, run_until_told, until_either

async def part(name, seconds, stop):
    print(name, "begins", flush=True)
    await until_either(asyncio.create_task(asyncio.sleep(seconds)), stop)
    print(name, "ends", flush=True)

async def broken(stop):
    raise RuntimeError("the port is taken")

server = {"stays": partial(part, "server", 60), "ends": partial(part, "server", 0.05), "breaks": broken}[sys.argv[1]]
sys.exit(run_until_told(Beside("server", server), Beside("runner", partial(part, "runner", 60))))
"""


def begin(server: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, server],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_the_last_part_ends_first_and_the_process_is_content(told: signal.Signals) -> None:
    with begin("stays") as process:
        assert process.stdout is not None
        begun = {process.stdout.readline().strip() for _ in range(2)}
        process.send_signal(told)
        out, _ = process.communicate(timeout=20)
    assert begun == {"server begins", "runner begins"}
    assert (process.returncode, out.split("\n")) == (0, ["runner ends", "server ends", ""])


@pytest.mark.parametrize(("server", "said"), [("ends", ""), ("breaks", "the port is taken")])
def test_a_part_that_ends_by_itself_ends_the_process_as_failed(server: str, said: str) -> None:
    with begin(server) as process:
        out, err = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "runner ends" in out
    assert said in err
