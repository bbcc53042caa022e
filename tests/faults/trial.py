"""A trial by kill -9: one database, its victims (see `victims`), and a client who knows what it was answered."""

import contextlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import time, timedelta
from pathlib import Path
from time import monotonic, sleep

import psutil
from sqlalchemy import select

from notifications.outbox import State
from notifications.tables import outbox_message
from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.planning.instants import local_date, local_instant
from pathways.services.ask import Ask, Receipt
from tests.faults.victims import SLUG, Errand, give
from tests.invariants import same_answer
from tests.pathways.drive import drive_to

MORNING = time(9, 0)
UNTIL_THE_LOOP_IS_NEAR = timedelta(days=85)


@dataclass
class Trial:
    """One database, its victims, and what their client was answered."""

    app: App
    clock: SetClock
    folder: Path
    maker: subprocess.Popen[str]
    accepted: dict[str, Receipt] = field(default_factory=dict)
    next_command: int = 0
    repeated: int = 0

    def send(self, kind: str, failpoint: str = "") -> int:
        """Sends a victim on its errand; returns its process id."""
        errand = Errand(
            kind=kind,
            instant=self.clock.now().isoformat(),
            replies=str(self.folder / "replies"),
            sent=str(self.folder / "sent"),
            begin=self.next_command,
            failpoint=failpoint,
        )
        return order(self.maker, json.dumps(asdict(errand)))

    def read_replies(self) -> None:
        """Takes over what the client was answered before the writer died."""
        file = self.folder / "replies"
        for line in file.read_text().splitlines() if file.exists() else ():
            reply = json.loads(line)
            n, made = reply.pop("n"), tuple((table, ref) for table, ref in reply.pop("made"))
            self.accepted[f"command-{n}"] = Receipt(**reply, made=made)
            self.next_command = max(self.next_command, n + 1)

    def retry_the_last(self) -> None:
        """The client does not know whether its last command came through, and sends it again, twice."""
        n = self.next_command
        receipt = give(self.app, n)
        self.repeated += receipt.repeated
        first = Receipt(**{**asdict(receipt), "made": receipt.made, "repeated": False})
        assert same_answer(first, give(self.app, n))
        self.accepted[f"command-{n}"] = first
        self.next_command = n + 1

    def do(self, slug: str, command: str, *, by: str, **data: object) -> None:
        """Gives a command on another introduction than the client's, and remembers that it was accepted."""
        command_id = f"{command}-{slug}-{len(self.accepted)}"
        ask = Ask(actor=by, reason="Övning", command_id=command_id)
        self.accepted[command_id] = self.app.run(slug, command, data, ask)

    def next_morning(self, *, after: timedelta = timedelta()) -> None:
        """Moves the clock to the first working day from tomorrow on, and `after` that: mail leaves at once then."""
        zone = self.app.profile.region.zone
        day = local_date(self.clock.now() + after, zone) + timedelta(days=1)
        self.clock.set(local_instant(self.app.profile.workdays.next_workday(day), MORNING, zone))


@contextlib.contextmanager
def trial(app: App, clock: SetClock, folder: Path, *, executing: tuple[str, ...] = ("sepsis",)) -> Iterator[Trial]:
    """Sets the stage: introductions whose loop falls due soon, one to write to, and a maker of victims."""
    for place in ("awaiting_decision", "executing"):  # all at one meeting
        for slug in executing:
            drive_to(app, clock, slug, place)
    clock.set(clock.now() + UNTIL_THE_LOOP_IS_NEAR)
    drive_to(app, clock, SLUG, "mapping")
    with maker_of("tests.faults.victims", address_of(app)) as maker:
        yield Trial(app, clock, folder, maker)


@contextlib.contextmanager
def maker_of(
    module: str, *arguments: str, environment: Mapping[str, str] | None = None, log: Path | None = None
) -> Iterator[subprocess.Popen[str]]:
    """A process that makes one child for each line that it is given, and answers with the child's id."""
    with contextlib.ExitStack() as stack:
        errors = stack.enter_context(log.open("w")) if log else None
        maker = stack.enter_context(
            subprocess.Popen(
                [sys.executable, "-m", module, *arguments],
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        )
        yield maker
        assert maker.stdin is not None
        maker.stdin.close()


def order(maker: subprocess.Popen[str], line: str) -> int:
    """Orders a child; returns its process id."""
    assert maker.stdin is not None
    assert maker.stdout is not None
    maker.stdin.write(line + "\n")
    maker.stdin.flush()
    return int(maker.stdout.readline())


def address_of(app: App) -> str:
    """The address of an application's database, password included, for another process."""
    return app.database.url.render_as_string(hide_password=False)


def wait_until_dead(pid: int, *, seconds: float = 20) -> None:
    """Waits for a victim to meet its failpoint."""
    wait_until(lambda: not psutil.pid_exists(pid), seconds=seconds)


def wait_until(happened: Callable[[], bool], *, seconds: float = 20) -> None:
    """Waits for something that another process does."""
    limit = monotonic() + seconds
    while not happened():
        assert monotonic() < limit, "it did not happen"
        sleep(0.005)


def at_once(app: App) -> set[str]:
    """The keys of what was sent at once."""
    query = select(outbox_message.c.dedup_key).where(
        outbox_message.c.urgency == "at_once", outbox_message.c.state == State.SENT
    )
    with app.read() as work:
        return set(work.values(query))
