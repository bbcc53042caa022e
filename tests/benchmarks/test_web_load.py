"""How quick the pages are at national size, over HTTP, with four people clicking without a pause. PostgreSQL.

`FORLOPP_NATION_SCALE=0.01` tries the script out on a hundredth of the events and tasks.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from random import Random
from statistics import quantiles
from urllib.error import URLError
from urllib.request import urlopen
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import select

from pathways.bootstrap import App
from pathways.models.introduction import Introduction
from pathways.models.organisation import Person, Region
from pathways.models.task import Task, TaskState
from pathways.services.access.session import start_session
from pathways.storage.unit_of_work import Row, table_of
from pathways.web.sessions import COOKIE
from tests.benchmarks.national import Nation, fill
from tests.benchmarks.table import Sheet
from tests.conftest import create_database, find_free_port

PEOPLE_AT_ONCE, MOST_AT_ONCE, PAGES, CLICKS, WARMING = 4, 32, 400, 500, 20
CLICKS_A_SECOND = 20
"""72,000 an hour: all the open tasks of a nation would be done before lunch."""
WHO = ("sam", "res", "vcf", "lg")
ROOT = Path(__file__).parents[2]
_person, _region, _introduction, _task = (table_of(row) for row in (Person, Region, Introduction, Task))


@dataclass(frozen=True, slots=True)
class Reader:
    """A logged-in person of one region: the cookie, and the introductions there."""

    cookie: str
    slugs: tuple[str, ...]


@pytest.mark.benchmark
def test_the_pages_at_national_size(postgres_url: str, sheet: Sheet) -> None:
    scale = float(os.environ.get("FORLOPP_NATION_SCALE", "1"))
    with create_database(postgres_url) as url:
        began = time.perf_counter()
        nation, app, clock = fill(url, scale=scale)
        sheet.note(
            f"Nation: {len(nation.regions)} regions, {nation.introductions} introductions, {nation.tasks} tasks, "
            f"{nation.events} events, filled in {time.perf_counter() - began:.0f} s; {PEOPLE_AT_ONCE} people at once."
        )
        readers = _readers(app, nation)
        tasks = _open_tasks(app)
        app.database.dispose()
        with _served(nation, clock.now().isoformat()) as address:
            _measure(sheet, address, readers, tasks)


def _measure(sheet: Sheet, address: str, readers: Sequence[Reader], tasks: Sequence[Row]) -> None:
    pages: tuple[tuple[str, Callable[[Reader], str], float], ...] = (
        ("my work", lambda _: "/", 150),
        ("board", lambda _: "/forlopp", 300),
        ("board as of a day", lambda _: "/forlopp?datum=2022-03-01", 300),
        ("timeline", lambda _: "/forlopp/tidslinje", 300),
        ("introduction", lambda reader: f"/forlopp/{reader.slugs[0]}", 300),
        ("history, newest page", lambda reader: f"/forlopp/{reader.slugs[0]}/historik", 300),
    )
    for what, path, goal in pages:
        taken = _load(address, list(islice(cycle(readers), PAGES)), path)
        high, beside = _percentile(taken, 95), _beside(taken)
        sheet.time(f"{what}: 95th percentile", "PostgreSQL", taken=high, goal=goal, beside=beside)
    at_rate, at_once = tasks[: CLICKS + WARMING], tasks[CLICKS + WARMING : 2 * (CLICKS + WARMING)]
    taken = _clicks(address, at_rate, rate=CLICKS_A_SECOND)
    high, beside = _percentile(taken, 99), f"{CLICKS_A_SECOND} a second, {_beside(taken)}"
    sheet.time("click to committed: 99th percentile", "PostgreSQL", taken=high, goal=50, beside=beside)
    began = time.perf_counter()
    taken = _clicks(address, at_once, rate=None)
    a_second = len(at_once) / (time.perf_counter() - began)
    high, beside = (
        _percentile(taken, 99),
        f"{PEOPLE_AT_ONCE} at once, {a_second:.0f} a second, {_beside(taken)}",
    )
    sheet.time("click to committed, as many as it takes", "PostgreSQL", taken=high, goal=200, beside=beside)


def _load(address: str, readers: Sequence[Reader], path: Callable[[Reader], str]) -> list[float]:
    with httpx.Client(base_url=address, trust_env=False) as client, ThreadPoolExecutor(PEOPLE_AT_ONCE) as people:

        def get(reader: Reader) -> float:
            start = time.perf_counter()
            answer = client.get(path(reader), headers={"cookie": f"{COOKIE}={reader.cookie}"})
            assert answer.status_code == 200, (path(reader), answer.status_code)
            return time.perf_counter() - start

        list(people.map(get, readers[: PEOPLE_AT_ONCE * 5]))  # the first ones warm up caches and connections
        return list(people.map(get, readers))


def _clicks(address: str, tasks: Sequence[Row], *, rate: int | None) -> list[float]:
    """Complete one task each, by the form of its page; somebody else's task by the coordinator.

    With a `rate` people come at random, so many a second, and each waits from the moment of coming, whoever was before.
    """
    chance, come_at = Random(1), [0.0]
    for _ in tasks:
        come_at.append(come_at[-1] + (chance.expovariate(rate) if rate else 0.0))
    workers = PEOPLE_AT_ONCE if rate is None else MOST_AT_ONCE
    with httpx.Client(base_url=address, trust_env=False) as client, ThreadPoolExecutor(workers) as people:
        begin = time.perf_counter()

        def click(numbered: tuple[int, Row]) -> float:
            number, task = numbered
            came = begin + come_at[number]
            time.sleep(max(0.0, came - time.perf_counter()))
            data = {"outcome": "Klart", "command_id": uuid4().hex}
            headers = {"cookie": f"{COOKIE}={task['cookie']}", "origin": address}
            start = came if rate else time.perf_counter()
            answer = client.post(f"/forlopp/{task['slug']}/uppgift/{task['ref']}/klar", data=data, headers=headers)
            assert answer.status_code == 303, answer.status_code
            return time.perf_counter() - start

        return list(people.map(click, enumerate(tasks)))[WARMING:]  # the first ones warm up connections


def _readers(app: App, nation: Nation) -> list[Reader]:
    """Log four people of every region in."""
    readers = []
    with app.write() as work:
        slugs = work.rows(
            select(_introduction.c.region_id, _introduction.c.slug).where(_introduction.c.standing == "active")
        )
        for code in nation.regions:
            region_id = work.value(select(_region.c.id).where(_region.c.code == code))
            mine = tuple(row["slug"] for row in slugs if row["region_id"] == region_id)
            for who in WHO:
                mine_too = (_person.c.region_id == region_id, _person.c.slug == who)
                person_id = work.value(select(_person.c.id).where(*mine_too))
                readers.append(Reader(start_session(work, person_id, now=app.clock.now()), mine))
        work.commit()
    return readers


def _open_tasks(app: App) -> list[Row]:
    """Return open tasks, each with the cookie of its own assignee: no two of one introduction."""
    query = (
        select(_task.c.ref, _task.c.assignee_id, _introduction.c.slug, _introduction.c.id)
        .join(_introduction, _introduction.c.id == _task.c.introduction_id)
        .where(_task.c.state == TaskState.OPEN, _task.c.voided_by.is_(None), _task.c.assignee_id.is_not(None))
        .where(_introduction.c.standing == "active", _introduction.c.region_id > 1, _task.c.unit_id.is_(None))
        .order_by(_introduction.c.id, _task.c.ref)
    )
    with app.write() as work:
        found = {row["id"]: row for row in work.rows(query)}
        made: list[Row] = [
            {**row, "cookie": start_session(work, row["assignee_id"], now=app.clock.now())} for row in found.values()
        ]
        work.commit()
    return made


@contextmanager
def _served(nation: Nation, instant: str) -> Iterator[str]:
    port = find_free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "tests.benchmarks.serve_nation", nation.url, str(port), instant, *nation.regions]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        try:
            _until_ready(address)
            yield address
        finally:
            process.terminate()


def _until_ready(address: str) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with urlopen(f"{address}/om", timeout=5):
                return
        except URLError:
            time.sleep(0.2)
    raise AssertionError("the web did not start")


def _percentile(taken: list[float], which: int) -> float:
    return quantiles(taken, n=100)[which - 1] * 1000


def _beside(taken: list[float]) -> str:
    return f"median {_percentile(taken, 50):.0f} ms, {len(taken)} requests"
