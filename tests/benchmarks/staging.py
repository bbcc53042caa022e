"""Sets the stage for a benchmark: a furnished application, one introduction driven to a place, and copies of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import select

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.models.decision import BoardCase
from pathways.models.task import Task, TaskState
from pathways.planning.instants import local_instant
from pathways.services.ask import Ask, Receipt
from pathways.storage.unit_of_work import table_of
from tests.benchmarks.clone import Copy, clone, copies_of, settle, slug_of
from tests.pathways.drive import Driver, drive_to
from tests.pathways.furnished import furnished_app

START = datetime(2021, 6, 9, 8, 0, tzinfo=UTC)
SLUG = "kol"
ORIGINAL = 1
"""The id of the first introduction in a new database."""

_board, _task = table_of(BoardCase), table_of(Task)


@dataclass(frozen=True, slots=True)
class Command:
    """A command that is measured: from where, by whom, with what data."""

    name: str
    place: str
    by: str
    reason: str | None = None
    data: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stage:
    """An application in which many copies of one introduction wait for the same command."""

    app: App
    command: Command
    copies: list[Copy]

    def act(self, copy: Copy) -> Receipt:
        """Gives the command to a copy; its id names the copy, so that the rows of one can be told from another's."""
        ask = Ask(actor=self.command.by, reason=self.command.reason, command_id=f"bench-{id_of(copy)}")
        return self.app.run(slug_of(SLUG, copy), self.command.name, self.command.data, ask)


def id_of(copy: Copy) -> int:
    """The id of a copied introduction."""
    return ORIGINAL + copy.own


def decide(driver: Driver) -> Command:
    """Adopt the plan: ends tasks, makes the tasks and the timer of the work ahead, tells the team and assignees."""
    with driver.app.read() as work:
        meeting_on = work.value(select(_board.c.meeting_on))
    after = local_instant(meeting_on + timedelta(days=1), time(12, 0), driver.app.profile.region.zone)
    driver.clock.set(max(after, driver.clock.now()))
    minutes = {"meeting_on": meeting_on.isoformat(), "paragraph_no": "§ 7", "register_no": "HSN 2021/7"}
    return Command("decide", "awaiting_decision", "reg", data={"outcome": "adopt", "body": "hsn", **minutes})


def report(_driver: Driver) -> Command:
    """Send in a status report: nothing moves, the log keeps it."""
    return Command("report", "executing", "sam", reason="Vi ligger i fas")


def complete_task(driver: Driver) -> Command:
    """Complete an open task."""
    with driver.app.read() as work:
        ref = work.value(select(_task.c.ref).where(_task.c.state == TaskState.OPEN))
    return Command("complete_task", "executing", "sam", data={"task": ref, "outcome": "Klart"})


STEPS = {
    "decide": ("awaiting_decision", decide),
    "report": ("executing", report),
    "complete_task": ("executing", complete_task),
}


def stage_for(url: str, step: str, *, copies: int) -> Stage:
    """Furnishes the database at `url` with so many introductions that wait for the step."""
    clock = SetClock(START)
    app = furnished_app(url, clock)
    place, command_from = STEPS[step]
    command = command_from(drive_to(app, clock, SLUG, place))
    made = copies_of(copies)
    with app.database.engine.begin() as connection:
        clone(connection, [ORIGINAL], made)
    settle(app.database.engine)
    return Stage(app, command, made)
