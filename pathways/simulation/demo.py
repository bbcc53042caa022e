"""Furnishes an empty database with Region Dalarna as its status table of June 2021 had it, by real commands.

The story's days are moved by whole weeks so that 9 June 2021 becomes today. Nothing is mailed: what the story tells
people lies in their inboxes. Everything invented is marked as example data.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from sqlalchemy import func, select

from notifications.channels.memory import MemoryChannel
from notifications.tables import inbox_item
from pathways.bootstrap import App
from pathways.bootstrap.delivery import build_post
from pathways.catalogue.read import read_national_catalogue
from pathways.clock import SetClock
from pathways.errors import Refused
from pathways.models.introduction import Event, Introduction, Timer, TimerState
from pathways.models.organisation import Absence, Origin, Person
from pathways.models.task import Task, TaskState
from pathways.planning.instants import local_instant
from pathways.simulation.acts import Acts
from pathways.simulation.days import Clockwork, each_day, unsafe_but_fast
from pathways.simulation.demo_documents import write_documents
from pathways.simulation.demo_scenes import TABLE_ON, Scene
from pathways.simulation.demo_script import LEFT_UNDONE, tell_story
from pathways.simulation.dice import Dice, SeededSalt
from pathways.simulation.errands import Errands
from pathways.simulation.hand import MORNING, Hand
from pathways.simulation.measuring import Measuring
from pathways.simulation.nation import OPEN_TEXT, News, before_the_news, consultation, publish
from pathways.simulation.sight import Sight
from pathways.simulation.world import ASSISTANT, PATHWAYS, extend_calendar, found_region
from pathways.storage.unit_of_work import Row, table_of

Progress = Callable[[float, str], None]
SEED = 2021
MEASURED = 2036
"""With these dice the change shows in what is celebrated and in KOL, and not everywhere."""
AWAY = "utvecklare-ludvika"
UNREAD_FOR = timedelta(days=10)
MANNERS = {"in_time": 85, "snoozes": 6, "hands_on": 5, "needless": 4}
_introduction, _event, _task, _timer, _person = (table_of(row) for row in (Introduction, Event, Task, Timer, Person))


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSummary:
    """What a furnished database holds. `made` is False where it had been furnished before and nothing was done."""

    made: bool
    introductions: int
    events: int
    open_tasks: int
    late_tasks: int
    phases: Mapping[str, int]


def furnish(app: App, *, today: date, progress: Progress | None = None) -> DemoSummary:
    """Fill an empty database with the demo and say what it holds; one that was furnished before is left alone.

    Refuses a database with real data, and one whose demo was cut short. Nothing carries today's date or a later
    one except what is planned, so commands can follow at once.
    """
    region = app.find_region()
    if region is not None:
        return _furnished_before(app, region, today)
    with unsafe_but_fast(app.database):
        _play(app, today, progress or (lambda _part, _word: None))
    return _summary(app, today, made=True)


def _furnished_before(app: App, region: Row, today: date) -> DemoSummary:
    if region["origin"] != Origin.DEMO:
        raise Refused("error.real_data_present", region=str(region["name"]))
    known = _summary(app, today, made=False)
    if known.introductions < len(PATHWAYS):
        raise Refused("error.demo_unfinished", database=app.database.shown)
    return known


def _play(app: App, today: date, progress: Progress) -> None:
    """Let the story happen, day by day, up to yesterday."""
    stage = Stage(app, today)
    stage.set_up()
    for day in each_day(stage.first, today):
        if day.day == 1:
            progress((day - stage.first) / (today - stage.first), f"{day:%Y-%m}")
        if app.profile.workdays.is_workday(day):
            stage.play(day)
    stage.close()
    progress(1.0, f"{today:%Y-%m}")


@dataclass(slots=True)
class Stage:
    """The demo on its way: the scenes that are still to come, and everything they need."""

    app: App
    today: date
    first: date = field(init=False)
    acts: Acts = field(init=False)
    errands: Errands = field(init=False)
    measuring: Measuring = field(init=False)
    clockwork: Clockwork = field(init=False)
    scenes: list[tuple[date, Scene]] = field(init=False)

    def __post_init__(self) -> None:
        self.scenes = [(self.move(scene.on), scene) for scene in tell_story()]
        self.first = self.scenes[0][0]
        zone = self.app.profile.region.zone
        clock = SetClock(local_instant(self.first, MORNING, zone))
        own = replace(self.app, clock=clock, salter=SeededSalt(SEED))
        self.acts = Acts(Hand(own, clock, "demo"), Sight(own), Dice(SEED))
        self.errands = Errands(self.acts, manners=MANNERS, leave=self._is_left)
        self.measuring = Measuring(self.acts, Dice(MEASURED))
        self.clockwork = Clockwork(own, self.acts.hand, build_post(own, MemoryChannel()))

    def move(self, day: date) -> date:
        """Return the working day for a day of the story; none of the past becomes today or later."""
        weeks = (self.today - TABLE_ON).days // 7
        moved = self.app.profile.workdays.next_workday(day + timedelta(weeks=weeks))
        if day < TABLE_ON:
            return min(moved, self.app.profile.workdays.previous_workday(self.today - timedelta(days=1)))
        return moved

    def set_up(self) -> None:
        """Write region, people, and the catalogue with one text out for consultation."""
        app = self.acts.hand.app
        pathways = before_the_news(read_national_catalogue())
        found_region(app, pathways, today=self.first, origin=Origin.DEMO)
        sent_out = News(self.first, OPEN_TEXT, consultation(self.move(date(2021, 4, 15))))
        publish(app, {pathway.slug: pathway for pathway in pathways}, sent_out)

    def play(self, day: date) -> None:
        """Play one working day: clockwork where something is due, scenes, and people's errands."""
        if day.weekday() == self.app.profile.digest.weekday.number or self._rings(day):
            self.clockwork.morning(day)
        self.acts.hand.wake(day)
        due = [one for one in self.scenes if one[0] <= day]
        later = self.scenes[len(due) :]
        self.scenes = [one for one in due if not one[1].deed(self.acts, self.move)] + later
        self.errands.run()
        self.measuring.run()

    def close(self) -> None:
        """Send somebody home, write the meetings ahead, and deliver what is left."""
        assert not self.scenes, [(scene.slug, scene.on) for _, scene in self.scenes]
        app = self.acts.hand.app
        with app.write() as work:
            ids = {row["slug"]: row["id"] for row in work.rows(select(_person.c.slug, _person.c.id))}
            away = {"person_id": ids[AWAY], "substitute_id": ids[ASSISTANT[AWAY]]}
            until_on = self.today + timedelta(days=16)
            work.insert_one(Absence, {**away, "from_on": self.today - timedelta(days=5), "until_on": until_on})
            work.commit()
        extend_calendar(app, today=self.today, origin=Origin.DEMO)
        write_documents(app, self.acts.hand.now)
        self.clockwork.evening(self.acts.today)
        self._read_inboxes()

    def _read_inboxes(self) -> None:
        """Let everybody have read what came before the last days, as people do."""
        now = self.acts.hand.now
        old = (inbox_item.c.read_at.is_(None), inbox_item.c.created_at < now - UNREAD_FOR)
        with self.acts.hand.app.write() as work:
            work.connection.execute(inbox_item.update().where(*old).values(read_at=now))
            work.commit()

    def _rings(self, day: date) -> bool:
        now = local_instant(day, MORNING, self.app.profile.region.zone)
        query = (
            select(func.count()).select_from(_timer).where(_timer.c.state == TimerState.LIVE, _timer.c.due_at <= now)
        )
        with self.acts.hand.app.read() as work:
            return bool(work.value(query))

    def _is_left(self, task: Row) -> bool:
        """Say whether nobody touches a task: what is not due yet, and what the demo wants to be late."""
        return task["due_on"] >= self.today or (task["slug"], task["item"]) in LEFT_UNDONE


def _summary(app: App, today: date, *, made: bool) -> DemoSummary:
    standing = (_task.c.state == TaskState.OPEN, _task.c.voided_by.is_(None))
    tasks = select(func.count()).select_from(_task).where(*standing)
    with app.read() as work:
        cases = work.rows(select(_introduction.c.phase, _introduction.c.standing))
        kinds = [case["phase"] if case["standing"] == "active" else case["standing"] for case in cases]
        return DemoSummary(
            made=made,
            introductions=len(cases),
            events=work.value(select(func.count()).select_from(_event)),
            open_tasks=work.value(tasks),
            late_tasks=work.value(tasks.where(_task.c.due_on < today)),
            phases={kind: kinds.count(kind) for kind in sorted(set(kinds))},
        )
