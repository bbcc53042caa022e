"""How quick the lists are with 50,000 introductions and 1,000,000 events: in the database alone, and as a whole call.

The goals are RELIABILITY's. "In the database" sends the same statements through the bare driver and fetches all rows.
"""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.models.introduction import Event, Introduction
from pathways.planning.instants import local_date
from pathways.queries.board import board
from pathways.queries.due import due
from pathways.queries.introduction import introduction
from pathways.queries.status_matrix import status_matrix
from pathways.queries.worklist import worklist
from pathways.storage.unit_of_work import UnitOfWork, table_of
from tests.benchmarks.clone import STRIDE, Copy, clone, copies_of, settle, slug_of
from tests.benchmarks.raw import Heard, listening
from tests.benchmarks.staging import START
from tests.benchmarks.table import Sheet
from tests.benchmarks.timing import middle, seconds_of
from tests.pathways.drive import drive_to
from tests.pathways.furnished import furnished_app

INTRODUCTIONS, EVENTS, TIMES = 50_000, 1_000_000, 15
ORDINARY, LARGE = 25, 249  # copies of the ten originals that a region has; one region is ordinary, twenty are large
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
    "kol": "closed",
}
SMALL_REGION, LARGE_REGION = 1 + STRIDE, 1 + 7 * STRIDE
"""The ids of a region with 250 introductions, about ten times Dalarna's, and of one with 2,490."""


@dataclass(frozen=True, slots=True)
class Question:
    """A list somebody looks at, and the goals for the database and for the whole call, in milliseconds."""

    what: str
    ask: Callable[[App, UnitOfWork], object]
    database: float | None = None
    call: float | None = None


def _half_way(app: App) -> datetime:
    return START + (app.clock.now() - START) / 2


def _board(app: App, work: UnitOfWork) -> object:
    return board(work, region_id=SMALL_REGION, profile=app.profile, today=_today(app))


def _board_as_of(app: App, work: UnitOfWork) -> object:
    at = _half_way(app)
    today = local_date(at, app.profile.region.zone)
    return board(work, region_id=SMALL_REGION, profile=app.profile, today=today, as_of=at)


def _history(app: App, work: UnitOfWork) -> object:
    now = app.clock.now()
    return introduction(
        work, region_id=SMALL_REGION, slug=slug_of("epilepsi", copies_of(1, region=1)[0]), profile=app.profile, now=now
    )


def _today(app: App) -> date:
    return local_date(app.clock.now(), app.profile.region.zone)


QUESTIONS = (
    Question("status matrix, all regions", lambda _, work: status_matrix(work, region_id=None), database=5),
    Question(
        "status matrix as of a date, all regions",
        lambda app, work: status_matrix(work, region_id=None, as_of=_half_way(app)),
        database=20,
    ),
    Question(
        "status matrix of a region as of a date",
        lambda app, work: status_matrix(work, region_id=SMALL_REGION, as_of=_half_way(app)),
        database=20,
    ),
    Question(
        "the 100 most overdue of a large region",
        lambda app, work: due(work, region_id=LARGE_REGION, now=app.clock.now(), limit=100),
        database=2,
        call=150,
    ),
    Question(
        "the 100 most overdue of a region",
        lambda app, work: due(work, region_id=SMALL_REGION, now=app.clock.now(), limit=100),
        database=2,
    ),
    Question("one introduction with its history", _history, database=1, call=150),
    Question("board of a region", _board, call=150),
    Question("board of a region as of a date", _board_as_of, call=300),
    Question(
        "one person's worklist",
        lambda app, work: worklist(work, region_id=SMALL_REGION, person="sam", today=_today(app)),
        call=150,
    ),
)


@pytest.mark.benchmark
def test_the_lists_with_50000_introductions_and_a_million_events(database: tuple[str, str], sheet: Sheet) -> None:
    name, url = database
    app = _filled(url)
    gc.collect()
    gc.freeze()  # as the web's process does when it has started
    for question in QUESTIONS:
        call, alone, rows = _measured(app, question)
        if question.database is not None:
            beside = f"{rows} rows"
            sheet.time(f"{question.what}: in the database", name, taken=alone, goal=question.database, beside=beside)
        if question.call is not None:
            beside = f"in the database {alone:.2f} ms, {rows} rows"
            sheet.time(f"{question.what}: whole call", name, taken=call, goal=question.call, beside=beside)
    app.database.dispose()


def _filled(url: str) -> App:
    """A database in which ten introductions with 20 events each on average stand 5,001 times, in 22 regions."""
    clock = SetClock(START)
    app = furnished_app(url, clock)
    for slug, place in PLACES.items():
        drive_to(app, clock, slug, place)
        clock.set(clock.now() + timedelta(days=7))
    _pad(app, clock)
    with app.database.engine.begin() as connection:
        ids = list(connection.execute(select(table_of(Introduction).c.id)).scalars())
        clone(connection, ids, _regions())
    settle(app.database.engine)
    return app


def _regions() -> list[Copy]:
    """The copies: an ordinary region, and large ones until there are enough."""
    copies = copies_of(ORDINARY, region=1)
    while len(copies) < INTRODUCTIONS // len(PLACES):
        more = min(LARGE, INTRODUCTIONS // len(PLACES) - len(copies))
        copies += copies_of(more, region=2 + len(copies) // LARGE, after=len(copies))
    return copies


def _pad(app: App, clock: SetClock) -> None:
    """Adds reports until the originals have their share of the events."""
    slugs = [slug for slug, place in PLACES.items() if place not in {"closed", "paused"}]
    with app.read() as work:
        missing = EVENTS * len(PLACES) // INTRODUCTIONS - work.value(select(func.count()).select_from(table_of(Event)))
    for n in range(missing):
        drive_to(app, clock, slugs[n % len(slugs)], PLACES[slugs[n % len(slugs)]]).do("report", reason="I fas")


def _measured(app: App, question: Question) -> tuple[float, float, int]:
    """The medians of the whole call and of its statements alone, in milliseconds, and how many rows came."""
    with app.read() as work:
        calls = [seconds_of(lambda: question.ask(app, work)) for _ in range(TIMES)]
        with listening(app.database.engine) as heard:
            question.ask(app, work)
        driver = work.connection.connection.driver_connection
        rows = _send(driver, heard)
        alone = [seconds_of(lambda: _send(driver, heard)) for _ in range(TIMES)]
    return middle(calls), middle(alone), rows


def _send(driver: object, heard: Heard) -> int:
    fetched = 0
    for statement, given in heard.statements:
        cursor = driver.cursor()  # type: ignore[attr-defined]  # either driver's connection
        cursor.execute(statement, given)
        fetched += len(cursor.fetchall())
        cursor.close()
    return fetched
