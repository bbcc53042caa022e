"""Goes through every introduction, some at a time, each batch in one consistent read."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Table, select

from pathways.models.case_rows import CASE_TABLES
from pathways.models.introduction import Event, Introduction, LogText
from pathways.models.organisation import Person, Region
from pathways.models.task import Task
from pathways.planning.instants import local_date
from pathways.services.clockwork.running import Running
from pathways.services.verify.chain import check_chain
from pathways.services.verify.derived import check_tasks, check_timers
from pathways.services.verify.documents import check_documents
from pathways.services.verify.finding import Finding
from pathways.services.verify.packs import check_packs
from pathways.services.verify.rows import check_rows, check_texts
from pathways.storage.fold import fold
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

BATCH = 100
_introduction, _event, _text = table_of(Introduction), table_of(Event), table_of(LogText)
_region, _person, _task = table_of(Region), table_of(Person), table_of(Task)
Grouped = dict[int, list[Row]]


def verify(app: Running, *, now: datetime | None = None) -> tuple[Finding, ...]:
    """Return everything that is not as promised; an empty answer is a clean bill.

    Chains are whole, positions legal, rows equal to the fold of the log, tasks and timers follow from the
    position, no row points into another region, and fixed documents and frozen packs are as they were. Nothing is
    written.
    """
    at = now or app.clock.now()
    with app.database.read(at) as work:
        ids = work.values(select(_introduction.c.id).order_by(_introduction.c.id))
        findings = [*_check_regions(work), *check_documents(work), *check_packs(work)]
    for start in range(0, len(ids), BATCH):
        with app.database.read(at) as work:
            findings.extend(_check_batch(app, work, ids[start : start + BATCH], at))
    return tuple(findings)


def _check_batch(app: Running, work: UnitOfWork, ids: Sequence[int], at: datetime) -> Iterator[Finding]:
    codes = {row["id"]: row["code"] for row in work.rows(select(_region.c.id, _region.c.code))}
    events = _grouped(work, _event, ids, "seq")
    texts = _grouped(work, _text, ids, "digest")
    tables = {name: _grouped(work, table_of(kind), ids, "made_in") for name, kind in CASE_TABLES.items()}
    for introduction in work.rows(select(_introduction).where(_introduction.c.id.in_(ids))):
        number = int(introduction["id"])
        rows = {name: grouped[number] for name, grouped in tables.items()}
        kept = {str(text["digest"]): text for text in texts[number]}
        profile = app.profiles.get(codes[introduction["region_id"]])
        yield from check_chain(introduction, events[number])
        yield from check_texts(str(introduction["slug"]), kept)
        yield from check_rows(introduction, fold(events[number]), rows, kept)
        yield from check_tasks(introduction, rows)
        if profile is not None:
            yield from check_timers(introduction, rows, profile, local_date(at, profile.region.zone))


def _check_regions(work: UnitOfWork) -> Iterator[Finding]:
    """Yield tasks that were handed to somebody of another region."""
    query = (
        select(_introduction.c.slug, _task.c.ref)
        .join(_introduction, _introduction.c.id == _task.c.introduction_id)
        .join(_person, _person.c.id == _task.c.assignee_id)
        .where(_person.c.region_id != _introduction.c.region_id)
    )
    for row in work.rows(query):
        yield Finding(str(row["slug"]), "verify.foreign_assignee", {"ref": row["ref"]})


def _grouped(work: UnitOfWork, table: Table, ids: Sequence[int], order: str) -> Grouped:
    found: Grouped = defaultdict(list)
    query = select(table).where(table.c.introduction_id.in_(ids)).order_by(table.c.introduction_id, table.c[order])
    for row in work.rows(query):
        found[int(row["introduction_id"])].append(row)
    return found
