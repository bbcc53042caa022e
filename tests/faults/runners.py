"""A process that makes runners for kill -9: each a fork with Prefect imported, so that a new one is at work at once.

Each line of input makes one, and its process id is the answer. A runner here is what `python -m flows.serve` is, but
for its clock, a file that the test writes, and for the files that it touches when a flow begins.
Called as `python -m tests.faults.runners CLOCK SIGNS`.
"""

import os
import signal
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial, wraps
from pathlib import Path
from typing import Any, TypeAlias

from flows import wiring
from flows.deployments import list_wanted
from flows.serve import main as serve
from pathways.bootstrap import build_app
from pathways.cli.processes import die_with_parent

Body: TypeAlias = Callable[..., Awaitable[Any]]  # Any: what a flow returns


@dataclass(frozen=True, slots=True)
class ToldClock:
    """A clock that another process moves."""

    file: Path

    def now(self) -> datetime:
        """The instant that stands in the file."""
        return datetime.fromisoformat(self.file.read_text())

    def tell(self, at: datetime) -> None:
        """Moves the clock; whoever reads meanwhile reads the old instant or the new one."""
        new = self.file.with_suffix(".new")
        new.write_text(at.isoformat())
        new.replace(self.file)


def run(parent: int) -> int:
    """What a runner does until it is killed or told to stop."""
    die_with_parent(parent)()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # the answers are the maker's
    return serve()


def show_when_at_work(signs: Path) -> None:
    """Makes every flow touch a file of its name when it begins."""
    for one in list_wanted(sweep_minutes=5):
        one.flow.fn = _showing(one.flow.fn, signs / one.flow.name)


def _showing(body: Body, sign: Path) -> Body:
    @wraps(body)
    async def shown(*given: Any, **named: Any) -> Any:  # Any: as the flow has them
        sign.touch()
        return await body(*given, **named)

    return shown


def main(clock: str, signs: str) -> None:
    """Makes one runner per line of input. Nothing has started a thread here, so a fork is whole."""
    wiring.build_app = partial(build_app, clock=ToldClock(Path(clock)))  # type: ignore[attr-defined]  # where `app` finds it
    show_when_at_work(Path(signs))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them
    parent = os.getpid()
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            code = 3
            try:
                code = run(parent)
            finally:
                os._exit(code)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
