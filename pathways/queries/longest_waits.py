"""What has waited the longest now in a region: open tasks and plans before a body, by role and body, never by name."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import Select, bindparam, func, select

from pathways.models.catalogue import Pathway
from pathways.models.decision import BoardCase
from pathways.models.introduction import Event, Introduction
from pathways.models.organisation import Body
from pathways.models.task import Task, TaskState
from pathways.planning.instants import local_date
from pathways.queries.views import Title
from pathways.storage.collation import swedish_key
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of
from states.snapshot import Standing

MOST = 3
LOOKED_AT = 60
"""So many of the oldest are read: of the tasks that wait for one role in one introduction only the oldest is told."""

AWAITING = "awaiting_decision"
_task, _case, _body, _introduction = table_of(Task), table_of(BoardCase), table_of(Body), table_of(Introduction)
_pathway, _event = table_of(Pathway), table_of(Event)
_NAMES = (_introduction.c.slug, _introduction.c.number, _pathway.c.name.label("pathway"))
_GOES_ON = (_introduction.c.region_id == bindparam("region"), _introduction.c.standing == Standing.ACTIVE)
_LIMIT = bindparam("most", type_=_introduction.c.number.type)
_TASKS: Select[tuple[object, ...]] = (
    select(
        *(_task.c[name] for name in ("ref", "title_sv", "title_en", "role", "made_at")),
        _event.c.phase,
        *_NAMES,
    )
    .join(_introduction, _introduction.c.id == _task.c.introduction_id)
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .join(_event, (_event.c.introduction_id == _task.c.introduction_id) & (_event.c.seq == _task.c.made_in))
    .where(
        *_GOES_ON,
        _task.c.region_id == bindparam("region"),
        _task.c.state == TaskState.OPEN,
        _task.c.voided_by.is_(None),
    )
    .order_by(_task.c.made_at, _task.c.introduction_id, _task.c.ref)
    .limit(_LIMIT)
)
_PLANS: Select[tuple[object, ...]] = (
    select(
        _case.c.ref,
        _case.c.basis_made_on,
        _introduction.c.phase,
        func.coalesce(_body.c.short, _body.c.name).label("body"),
        *_NAMES,
    )
    .join(_introduction, _introduction.c.id == _case.c.introduction_id)
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .join(_body, _body.c.id == _case.c.body_id)
    .where(
        *_GOES_ON,
        _introduction.c.place == AWAITING,
        _case.c.closed.is_(False),
        _case.c.voided_by.is_(None),
        _case.c.basis_made_on.is_not(None),
    )
    .order_by(_case.c.basis_made_on, _case.c.introduction_id, _case.c.ref)
    .limit(_LIMIT)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LongWait:
    """Something that waits now: for a role that is to do a task, or for a body that is to decide on a plan.

    The words of a task that a person made are left out: they may name somebody.
    """

    slug: str
    pathway: str
    number: int
    phase: str
    since: date
    days: int
    ref: str
    role: str = ""
    body: str = ""
    title: Title = ""


def longest_waits(work: UnitOfWork, *, region_id: int, zone: ZoneInfo, today: date) -> tuple[LongWait, ...]:
    """Return the three longest waits of introductions under way, the longest first. What rests waits for nobody.

    Each introduction's wait for each role or body counts once.
    """
    keys = {"region": region_id, "most": LOOKED_AT}
    waits = [_of_task(row, zone, today) for row in work.rows(_TASKS, keys)]
    waits += [_of_plan(row, today) for row in work.rows(_PLANS, keys)]
    found: dict[tuple[str, int, str, str], LongWait] = {}
    for wait in sorted(waits, key=lambda wait: (-wait.days, swedish_key(wait.pathway), wait.ref)):
        found.setdefault((wait.slug, wait.number, wait.role, wait.body), wait)
    return tuple(found.values())[:MOST]


def _of_task(row: Row, zone: ZoneInfo, today: date) -> LongWait:
    since = local_date(row["made_at"], zone)
    title: Title = {"sv": str(row["title_sv"]), "en": str(row["title_en"])} if row["title_sv"] else ""
    days = (today - since).days
    return LongWait(**_names(row), since=since, days=days, ref=row["ref"], role=str(row["role"]), title=title)


def _of_plan(row: Row, today: date) -> LongWait:
    since: date = row["basis_made_on"]
    return LongWait(**_names(row), since=since, days=(today - since).days, ref=row["ref"], body=str(row["body"]))


def _names(row: Row) -> Row:
    return {name: row[name] for name in ("slug", "pathway", "number", "phase")}
