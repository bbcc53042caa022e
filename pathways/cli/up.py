"""The ways to run the processes of one machine: in this process, instead of this process, or beside it.

`python -m pathways.cli.up` is the supervisor itself, in a process that imports nothing heavy; `become_supervisor`
turns a command into it, and `running_stack` starts one for as long as a block lasts.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import NoReturn

from pathways.cli.processes import die_with_parent, open_log
from pathways.cli.running import Addresses, AlreadyRunning, find_status, hold_home
from pathways.cli.stack import PortTaken, Stack, log_of, plan
from pathways.cli.supervisor import START_PATIENCE, DidNotStart, Supervisor
from pathways.errors import PathwaysError

REFUSED = 1
STOP_PATIENCE = 45.0


def run_up(stack: Stack, *, on_ready: Callable[[Addresses], None]) -> int:
    """Run the installation until SIGINT or SIGTERM and return 0; nothing of it is left afterwards.

    Refused with `AlreadyRunning`, `PortTaken` or `DidNotStart`.
    """
    with hold_home(stack.home):
        asyncio.run(Supervisor(stack, plan(stack)).run(on_ready))
    return 0


def become_supervisor(stack: Stack, *, say: str) -> NoReturn:
    """Turn this process into the supervisor, so that what it has imported until now costs no memory.

    `say` is printed when all is up; `{web}`, `{prefect}` and `{mail_folder}` in it are filled in.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os.execve(sys.executable, [*supervisor_arguments(stack), "--say", say], dict(stack.environment))  # noqa: S606


@contextmanager
def running_stack(stack: Stack, *, patience: float = START_PATIENCE) -> Iterator[Addresses]:
    """Run an installation beside the block, ready when the block begins and gone when it ends.

    Refused like `run_up`.
    """
    with open_log(log_of(stack, "supervisor")) as log:
        process = subprocess.Popen(  # noqa: S603  our own interpreter and module
            supervisor_arguments(stack),
            env=dict(stack.environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=die_with_parent(os.getpid()),  # noqa: PLW1509  it only makes two system calls
        )
    try:
        yield _wait_until_ready(stack, process, patience)
    finally:
        process.terminate()
        try:
            process.communicate(timeout=STOP_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def supervisor_arguments(stack: Stack) -> list[str]:
    """The command line of the supervisor for this installation."""
    plain = ["--home", str(stack.home), "--prefect-port", str(stack.prefect_port)]
    web = ["--web-port", str(stack.web_port)]
    sweep = ["--sweep-minutes", str(stack.sweep_minutes)]
    return [sys.executable, "-m", "pathways.cli.up", *plain, *web, *sweep, *(["--demo"] if stack.demo else [])]


def _wait_until_ready(stack: Stack, process: subprocess.Popen[str], patience: float) -> Addresses:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if process.poll() is not None:
            assert process.stderr is not None
            raise _refusal_from(process.stderr.read(), stack)
        status = find_status(stack.home)
        if status is not None and status.ready and status.supervisor_pid == process.pid:
            return status.addresses
        time.sleep(0.1)
    raise DidNotStart(name="supervisor", log=str(log_of(stack, "supervisor")))


def _refusal_from(text: str, stack: Stack) -> PathwaysError:
    kinds: dict[str, type[PathwaysError]] = {kind.sentence: kind for kind in (AlreadyRunning, PortTaken, DidNotStart)}
    with suppress(ValueError, KeyError, IndexError):
        told = json.loads(text.strip().splitlines()[-1])
        return kinds[told["sentence"]](**told["values"])
    return DidNotStart(name="supervisor", log=str(log_of(stack, "supervisor")))


def main(arguments: list[str]) -> int:
    """The supervisor process. A refusal is one line of JSON on stderr; the command that asked puts it into words."""
    parser = argparse.ArgumentParser(prog="python -m pathways.cli.up")
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--web-port", type=int, required=True)
    parser.add_argument("--prefect-port", type=int, required=True)
    parser.add_argument("--sweep-minutes", type=int, required=True)
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("--say", default="")
    asked = parser.parse_args(arguments)
    stack = Stack(
        home=asked.home,
        web_port=asked.web_port,
        prefect_port=asked.prefect_port,
        sweep_minutes=asked.sweep_minutes,
        demo=asked.demo,
    )

    def tell(addresses: Addresses) -> None:
        if asked.say:
            sys.stdout.write(asked.say.format(**asdict(addresses)) + "\n")
            sys.stdout.flush()

    try:
        return run_up(stack, on_ready=tell)
    except PathwaysError as refusal:
        sys.stderr.write(json.dumps({"sentence": refusal.sentence, "values": dict(refusal.values)}) + "\n")
        return REFUSED


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
