"""The due list: tasks and timers of a region whose time has come, the most overdue first."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, Select, bindparam, exists, select

from pathways.models.catalogue import Pathway
from pathways.models.introduction import Introduction, Timer, TimerState
from pathways.models.organisation import Person, Region
from pathways.models.task import Task, TaskState
from pathways.planning.instants import local_date
from pathways.queries.views import DueRow
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of
from states.snapshot import Standing

_task, _timer, _introduction = table_of(Task), table_of(Timer), table_of(Introduction)
_pathway, _person, _region = table_of(Pathway), table_of(Person), table_of(Region)
_LIMIT = bindparam("limit", type_=_task.c.snoozes.type)
_REGION: BindParameter[int] = bindparam("region", type_=_task.c.region_id.type)
_ZONE = select(_region.c.time_zone).where(_region.c.id == _REGION)
_NAMES = (_introduction.c.slug, _pathway.c.name.label("pathway"))

# The oldest are picked first, along the index of what is due, and only they are joined: asked for all at once, SQLite
# would walk through every introduction of the region and sort what it finds.
_OLDEST_TASKS = (
    select(
        *(_task.c[name] for name in ("introduction_id", "ref", "item", "own_title", "due_on", "role", "assignee_id"))
    )
    .where(
        _task.c.region_id == _REGION,
        _task.c.state == TaskState.OPEN,
        _task.c.voided_by.is_(None),
        _task.c.due_on < bindparam("today"),
        exists().where(_introduction.c.id == _task.c.introduction_id, _introduction.c.standing == Standing.ACTIVE),
    )
    .order_by(_task.c.due_on, _task.c.introduction_id, _task.c.ref)
    .limit(_LIMIT)
    .subquery()
)
_TASKS: Select[tuple[object, ...]] = (
    select(*_OLDEST_TASKS.c, _person.c.name.label("person"), *_NAMES)
    .join(_introduction, _introduction.c.id == _OLDEST_TASKS.c.introduction_id)
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .outerjoin(_person, _person.c.id == _OLDEST_TASKS.c.assignee_id)
    .order_by(_OLDEST_TASKS.c.due_on, _OLDEST_TASKS.c.introduction_id, _OLDEST_TASKS.c.ref)
)
_OLDEST_TIMERS = (
    select(*(_timer.c[name] for name in ("introduction_id", "ref", "kind", "due_at")))
    .where(
        _timer.c.region_id == _REGION,
        _timer.c.state == TimerState.LIVE,
        _timer.c.voided_by.is_(None),
        _timer.c.due_at <= bindparam("now", type_=_timer.c.due_at.type),
    )
    .order_by(_timer.c.due_at, _timer.c.introduction_id, _timer.c.ref)
    .limit(_LIMIT)
    .subquery()
)
_TIMERS: Select[tuple[object, ...]] = (
    select(*_OLDEST_TIMERS.c, *_NAMES)
    .join(_introduction, _introduction.c.id == _OLDEST_TIMERS.c.introduction_id)
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .order_by(_OLDEST_TIMERS.c.due_at, _OLDEST_TIMERS.c.introduction_id, _OLDEST_TIMERS.c.ref)
)


def due(work: UnitOfWork, *, region_id: int, now: datetime, limit: int = 100) -> tuple[DueRow, ...]:
    """Return at most `limit` tasks whose last day has passed and timers whose time has come, the oldest first.

    Tasks of introductions that rest are not due until they go on.
    """
    zone = ZoneInfo(work.value(_ZONE, {"region": region_id}))
    today = local_date(now, zone)
    keys = {"region": region_id, "limit": limit}
    tasks = [_task_row(row, today) for row in work.rows(_TASKS, {**keys, "today": today})]
    timers = [_timer_row(row, zone, today) for row in work.rows(_TIMERS, {**keys, "now": now})]
    return tuple(sorted([*tasks, *timers], key=lambda row: row.due_on)[:limit])


def _task_row(row: Row, today: date) -> DueRow:
    return DueRow(
        kind="task",
        introduction_id=row["introduction_id"],
        slug=row["slug"],
        pathway=row["pathway"],
        ref=row["ref"],
        what=str(row["item"] or row["own_title"] or ""),
        due_on=row["due_on"],
        days_late=(today - row["due_on"]).days,
        role=str(row["role"]),
        person_id=row["assignee_id"],
        person=row["person"],
    )


def _timer_row(row: Row, zone: ZoneInfo, today: date) -> DueRow:
    due_on = local_date(row["due_at"], zone)
    return DueRow(
        kind="timer",
        introduction_id=row["introduction_id"],
        slug=row["slug"],
        pathway=row["pathway"],
        ref=row["ref"],
        what=str(row["kind"]),
        due_on=due_on,
        days_late=(today - due_on).days,
        role=None,
        person_id=None,
        person=None,
    )
