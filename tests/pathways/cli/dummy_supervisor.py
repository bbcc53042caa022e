"""A supervisor over two harmless children, for tests that kill it.

`python -m tests.pathways.cli.dummy_supervisor HOME`.
"""

import asyncio
import os
import sys
from pathlib import Path

from pathways.cli.probes import file_touched
from pathways.cli.processes import Spec
from pathways.cli.running import Addresses, hold_home
from pathways.cli.stack import Plan, Stack
from pathways.cli.supervisor import Supervisor

# Each writes its process id and sleeps; the second has a child of its own, in the same group.
ALONE = 'echo $$ > "$1/alone.pid"; exec sleep 600'
WITH_CHILD = 'sleep 600 & echo $! > "$1/grandchild.pid"; echo $$ > "$1/parent.pid"; wait'
STUBBORN = 'trap "" TERM; echo $$ > "$1/stubborn.pid"; while true; do sleep 600; done'


def spec(home: Path, name: str, script: str, *, grace: float = 5.0) -> Spec:
    """A child that runs a line of shell and answers once it has written its id."""
    return Spec(
        name=name,
        arguments=("/bin/sh", "-c", script, name, str(home)),
        environment=dict(os.environ),
        log=home / "logs" / f"{name}.log",
        answers=file_touched(home / f"{name}.pid"),
        clears=(home / f"{name}.pid",),
        grace=grace,
    )


def main(home: Path) -> None:
    """Hold the home and keep two children until told to stop."""
    stack = Stack(home=home, web_port=1, prefect_port=1, sweep_minutes=5)
    specs = (spec(home, "alone", ALONE), spec(home, "parent", WITH_CHILD))
    with hold_home(home):
        supervisor = Supervisor(
            stack, Plan(specs, Addresses("http://127.0.0.1:2", "http://127.0.0.1:1"), dict(os.environ))
        )
        asyncio.run(supervisor.run(lambda _: (home / "ready").touch()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
