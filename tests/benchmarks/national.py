"""Fills a PostgreSQL database to national size: 21 regions, 1,260 introductions, 300,000 tasks, 5 million events.

Ten introductions are driven by real commands, given a long past inside the database, and copied. As in `clone`, only
hashes are not those of a real log.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, func, select, text

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.models.introduction import Event, Introduction
from pathways.models.task import Task, TaskState
from pathways.profiles.schema import Profile
from pathways.storage.unit_of_work import table_of
from tests.benchmarks.clone import STRIDE, Copy, clone, copies_of, settle
from tests.benchmarks.staging import START
from tests.pathways.drive import drive_to
from tests.pathways.furnished import furnished_app, profile_named

REGIONS, INTRODUCTIONS, TASKS, EVENTS = 21, 1_260, 300_000, 5_000_000
PLACES = {  # the quick ones first: each moves the one clock on
    "venos-sjukdom": "preparation",
    "kognitiv-svikt": "mapping",
    "ibd-vuxna": "communicated",
    "kritisk-benischemi": "ranking",
    "diabetes-fotsar": "paused",
    "osteoporos-sekundarprevention": "awaiting_decision",
    "epilepsi": "executing",
    "sepsis": "executing",
    "knaledsartros": "reviewing",
    "kol": "finished",
}
EACH = INTRODUCTIONS // (REGIONS * len(PLACES))
"""How often each of the ten stands in every region."""

_introduction, _event, _task = table_of(Introduction), table_of(Event), table_of(Task)

# Reports between the real events' numbers and now: a long past that moved nothing.
_LONG_PAST = text("""
    INSERT INTO event (introduction_id, seq, region_id, command, command_id, actor_id, on_behalf_id, at, reason,
        payload, chart, configuration, history, phase, place, standing, profile_version, prev_hash, hash)
    SELECT e.introduction_id, e.seq + n, e.region_id, 'report', e.command_id || '-p' || n, e.actor_id, NULL,
        e.at + n * interval '1 second', NULL, '{"given": {}, "changes": []}', e.chart, e.configuration, e.history,
        e.phase, e.place, e.standing, e.profile_version, e.hash, e.hash
    FROM event e JOIN introduction i ON i.id = e.introduction_id AND i.version = e.seq
    CROSS JOIN generate_series(1, :more) AS n
""")
_NEWEST = text("""
    UPDATE introduction SET version = version + :more, last_event_at = last_event_at + :more * interval '1 second'
""")
# Settled tasks, as years of work leave them behind.
_SETTLED = text("""
    INSERT INTO task
    SELECT (jsonb_populate_record(
        NULL::task, to_jsonb(t) || jsonb_build_object('ref', t.made_in || '.' || (1000 + n)))).*
    FROM (SELECT DISTINCT ON (introduction_id) * FROM task WHERE state = 'done' ORDER BY introduction_id, ref) t
    CROSS JOIN generate_series(1, :more) AS n
""")


@dataclass(frozen=True, slots=True)
class Nation:
    """A filled database: how much is in it, and the codes of its regions."""

    url: str
    regions: tuple[str, ...]
    introductions: int
    tasks: int
    events: int


def fill(url: str, *, scale: float = 1.0) -> tuple[Nation, App, SetClock]:
    """Fill the database at `url`; `scale` 0.01 gives a small one for trying the load script out."""
    clock = SetClock(START)
    app = furnished_app(url, clock)
    for slug, place in PLACES.items():
        drive_to(app, clock, slug, place)
        clock.set(clock.now() + timedelta(days=7))
    with app.database.engine.begin() as connection:
        _age(connection, scale)
        ids = list(connection.execute(select(_introduction.c.id)).scalars())
        clone(connection, ids, [copy for region in range(1, REGIONS + 1) for copy in _copies(region)])
    settle(app.database.engine)
    clock.set(clock.now() + timedelta(days=1))
    return _counted(app, url), app, clock


def profiles_of(profile: Profile, codes: tuple[str, ...]) -> dict[str, Profile]:
    """Return the profile of each copied region."""
    return {code: profile_named(profile, code, code) for code in codes}


def _age(connection: Connection, scale: float) -> None:
    events = connection.execute(select(func.count()).select_from(_event)).scalar_one()
    tasks = connection.execute(select(func.count()).select_from(_task)).scalar_one()
    copies = REGIONS * EACH
    more_events = int((EVENTS * scale / copies - events) / len(PLACES)) + 1
    settled = select(func.count(_task.c.introduction_id.distinct())).where(_task.c.state == TaskState.DONE)
    more_tasks = int((TASKS * scale / copies - tasks) / connection.execute(settled).scalar_one()) + 1
    connection.execute(_LONG_PAST, {"more": max(1, more_events)})
    connection.execute(_NEWEST, {"more": max(1, more_events)})
    connection.execute(_SETTLED, {"more": max(1, more_tasks)})


def _copies(region: int) -> list[Copy]:
    """Return a region's copies: each stands for pathways of its own, which all regions share."""
    return copies_of(EACH, region=region, after=(region - 1) * EACH)


def _counted(app: App, url: str) -> Nation:
    with app.read() as work:
        counts = [work.value(select(func.count()).select_from(one)) for one in (_introduction, _task, _event)]
    code = app.profile.region.code
    return Nation(url, tuple(_codes(code)), *counts)


def _codes(code: str) -> Iterator[str]:
    for region in range(1, REGIONS + 1):
        yield f"{code}-{region * STRIDE}"
