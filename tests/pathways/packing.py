"""What tests of packs begin with: a region on its way, a meeting of the health-care board, and a pack frozen for it."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.models.pack import Pack
from pathways.queries.pack.build import build_pack, build_text
from pathways.queries.pack.content import PackContent
from pathways.services.pack.freeze import Frozen, freeze_by_system
from pathways.services.pack.meeting import BodyMeeting, find_meeting
from pathways.storage.unit_of_work import Row, table_of
from tests.pathways.drive import Driver, drive_to
from tests.pathways.services.measuring import define_share, record, shares

_pack = table_of(Pack)
COUNTS = [(40 + n % 3, 80) for n in range(12)]
SMALL = (3, 80)


@dataclass(frozen=True, slots=True)
class Scene:
    """A region with four introductions, one of them before the board, and the board's meeting."""

    app: App
    clock: SetClock
    waiting: Driver
    learning: Driver
    meeting: BodyMeeting

    @property
    def day(self) -> date:
        """The day of the meeting."""
        return self.meeting.held_on

    def build(self) -> PackContent:
        """The pack as of now."""
        with self.app.read() as work:
            return build_pack(work, self.meeting, profile=self.app.profile)

    def freeze(self) -> Frozen:
        """Freezes as the system."""
        return self.app.retry(
            lambda work: freeze_by_system(work, self.meeting, profile=self.app.profile, build=build_text)
        )

    def change(self) -> None:
        """Lets much happen: the board decides, a pause, a new introduction, a held loop, late tasks."""
        self.waiting.adopt()
        self.learning.hold_loop("continue")
        drive_to(self.app, self.clock, "kol", "paused")
        drive_to(self.app, self.clock, "stroke-tia-tidiga-insatser", "mapping")

    def rows(self) -> list[Row]:
        """Every frozen pack."""
        with self.app.read() as work:
            return work.rows(select(_pack).order_by(_pack.c.id))


def set_scene(app: App, clock: SetClock) -> Scene:
    """Drives the region to where it has something of everything to show."""
    drive_to(app, clock, "kol", "ranking")
    learning = drive_to(app, clock, "sepsis", "executing")
    indicator = define_share(learning)
    record(learning, indicator, shares([*COUNTS, SMALL], year=2020))
    drive_to(app, clock, "sepsis", "reviewing")
    waiting = drive_to(app, clock, "knaledsartros", "awaiting_decision")
    clock.set(clock.now() + timedelta(days=1))
    day = next_case(waiting)
    return Scene(app, clock, waiting, learning, meeting_of(app, "hsn", day))


def next_case(driver: Driver) -> date:
    """The day of the meeting that a plan is on its way to."""
    found: date = driver._own(of_table="board_case")[-1]["meeting_on"]
    return found


def meeting_of(app: App, body: str, day: date) -> BodyMeeting:
    """A meeting of the region."""
    with app.read() as work:
        return find_meeting(work, region_id=app.region_id(), body=body, day=day)
