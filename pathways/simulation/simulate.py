"""Runs the invented region for many months on one clock: the real services, the flows' functions, people of chance.

What comes of it is counted from the database afterwards (`figures`), never from what the simulation thinks it did.
"""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from pathways.bootstrap import App, build_app
from pathways.catalogue.read import read_national_catalogue
from pathways.clock import SetClock
from pathways.models.organisation import Origin
from pathways.planning.instants import local_instant
from pathways.services.verify import verify
from pathways.settings import Settings
from pathways.simulation.absences import Absences
from pathways.simulation.acts import Acts
from pathways.simulation.days import Clockwork, each_day, memory_post, unsafe_but_fast
from pathways.simulation.dice import Dice, SeededSalt
from pathways.simulation.errands import Errands
from pathways.simulation.fate import draw_fate
from pathways.simulation.figures import count
from pathways.simulation.hand import MORNING, Hand
from pathways.simulation.measuring import Measuring
from pathways.simulation.nation import before_the_news, publish
from pathways.simulation.result import SimulationResult
from pathways.simulation.sight import Sight
from pathways.simulation.turns import Turns
from pathways.simulation.world import extend_calendar, found_region
from pathways.storage.schema import upgrade

Progress = Callable[[float, str], None]
MAIL = "smtp://127.0.0.1:25"  # never called: the memory channel only wants to see that there is an address


def simulate(
    settings: Settings, *, start: date, months: int, seed: int, progress: Progress | None = None
) -> SimulationResult:
    """Simulate so many months from `start` on a fresh file and return what came of it.

    The same start, months and seed give the same result byte for byte, but for the seconds it took.
    """
    began = time.monotonic()
    app, clock = _fresh_app(settings, start, seed)
    last = app.profile.workdays.months_after(start, months)
    with unsafe_but_fast(app.database):
        _live(app, clock, start, last, seed=seed, progress=progress or (lambda _part, _word: None))
        findings = verify(app)
        result = count(app, start=start, months=months, seed=seed, findings=findings)
    app.database.dispose()
    return result.after(seconds=round(time.monotonic() - began, 1))


def _fresh_app(settings: Settings, start: date, seed: int) -> tuple[App, SetClock]:
    file = settings.simulation_file
    file.parent.mkdir(parents=True, exist_ok=True)
    for part in ("", "-wal", "-shm"):
        Path(f"{file}{part}").unlink(missing_ok=True)
    clock = SetClock(datetime(start.year, start.month, start.day, tzinfo=UTC))
    own = settings.model_copy(update={"mail_url": MAIL})
    app = build_app(own, clock=clock, database_url=f"sqlite:///{file}")
    app.salter = SeededSalt(seed)
    clock.set(local_instant(start, MORNING, app.profile.region.zone))
    upgrade(app.database)
    return app, clock


def _live(app: App, clock: SetClock, start: date, last: date, *, seed: int, progress: Progress) -> None:
    """Let the region live from `start` up to `last`."""
    dice = Dice(seed)
    fate = draw_fate(dice, start)
    pathways = before_the_news(read_national_catalogue())
    catalogue = {pathway.slug: pathway for pathway in pathways}
    found_region(app, pathways, today=start, origin=Origin.SIMULATION)
    acts = Acts(Hand(app, clock, f"simulation-{seed}"), Sight(app), dice)
    turns, errands, absences, measuring = Turns(acts, fate), Errands(acts), Absences(acts), Measuring(acts, dice)
    clockwork = Clockwork(app, acts.hand, memory_post(app))
    waiting = list(fate.news)
    for day in each_day(start, last):
        if day.day == 1:
            progress((day - start) / (last - start), f"{day:%Y-%m}")
            if day.month in {1, 7}:
                extend_calendar(app, today=day, origin=Origin.SIMULATION)
        while waiting and waiting[0].on <= day:
            publish(app, catalogue, waiting.pop(0))
        clockwork.morning(day)
        if app.profile.workdays.is_workday(day):
            acts.hand.wake(day)
            absences.run()
            turns.run()
            errands.run()
            measuring.run()
            clockwork.evening(day)
    progress(1.0, f"{last:%Y-%m}")
