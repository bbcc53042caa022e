"""What waits for one person and what they did last; for those who steer or decide, what waits for others and for them.

Every list is read along an index of its own and is bounded, so that a nation of tasks costs no more than a region's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from sqlalchemy import BindParameter, Select, bindparam, exists, select

from pathways.models.catalogue import Pathway
from pathways.models.decision import BoardCase
from pathways.models.introduction import Introduction
from pathways.models.organisation import Body, Person, Unit
from pathways.models.task import Task, TaskState
from pathways.profiles.schema import Profile
from pathways.queries import onward
from pathways.queries.cover import Cover, Covered
from pathways.queries.details import title_of
from pathways.queries.material import Material, ref_key
from pathways.queries.onward import onward_offers
from pathways.queries.open_rows import Columns, Conditions, load_open_rows
from pathways.queries.present import load_heads
from pathways.queries.versions import load_shelf
from pathways.queries.views import Title
from pathways.storage.collation import swedish_key
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of
from states.snapshot import ENDED, Standing

LATE_SHOWN = 60
DONE_SHOWN = 10
SELF_MOVING = frozenset({"executing", "awaiting_decision", "finished"})
"""The places from which a day on the calendar leads on, or a meeting: nobody need press anything before."""

_task, _introduction, _pathway, _unit = (table_of(row) for row in (Task, Introduction, Pathway, Unit))
_person, _case, _body = table_of(Person), table_of(BoardCase), table_of(Body)
_REGION: BindParameter[int] = bindparam("region", type_=_task.c.region_id.type)
_TITLE = ("ref", "item", "title_sv", "title_en", "own_title")
_WHERE = (
    _introduction.c.id.label("introduction_id"),
    _introduction.c.slug,
    _introduction.c.phase,
    _pathway.c.name.label("pathway"),
)
_OPEN: Select[tuple[object, ...]] = (
    select(
        *(_task.c[name] for name in (*_TITLE, "role", "assignee_id", "due_on", "required_for")),
        *_WHERE,
        _unit.c.name.label("unit"),
    )
    .join(_introduction, _introduction.c.id == _task.c.introduction_id)
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .outerjoin(_unit, _unit.c.id == _task.c.unit_id)
    .where(
        _introduction.c.region_id == _REGION,
        _introduction.c.standing == Standing.ACTIVE,
        _task.c.assignee_id.in_(bindparam("people", expanding=True)),
        _task.c.state == TaskState.OPEN,
        _task.c.voided_by.is_(None),
    )
)
# The newest are picked along the index of what a person settled, and only they are joined.
_NEWEST_DONE = (
    select(*(_task.c[name] for name in (*_TITLE, "introduction_id", "state", "settled_at")))
    .where(
        _task.c.settled_by == bindparam("person"),
        _task.c.region_id == _REGION,
        _task.c.state.in_((TaskState.DONE, TaskState.NOT_APPLICABLE)),
        _task.c.voided_by.is_(None),
    )
    .order_by(_task.c.settled_at.desc())
    .limit(DONE_SHOWN)
    .subquery()
)
_DONE: Select[tuple[object, ...]] = (
    select(*_NEWEST_DONE.c, _introduction.c.slug, _introduction.c.standing, _pathway.c.name.label("pathway"))
    .join(_introduction, _introduction.c.id == _NEWEST_DONE.c.introduction_id)
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .order_by(_NEWEST_DONE.c.settled_at.desc(), _NEWEST_DONE.c.ref)
)
_OLDEST_LATE = (
    select(*(_task.c[name] for name in (*_TITLE, "introduction_id", "role", "assignee_id", "due_on")))
    .where(
        _task.c.region_id == _REGION,
        _task.c.state == TaskState.OPEN,
        _task.c.voided_by.is_(None),
        _task.c.due_on < bindparam("today"),
        _task.c.assignee_id.is_(None) | _task.c.assignee_id.not_in(bindparam("people", expanding=True)),
        exists().where(_introduction.c.id == _task.c.introduction_id, _introduction.c.standing == Standing.ACTIVE),
    )
    .order_by(_task.c.due_on, _task.c.introduction_id, _task.c.ref)
    .limit(LATE_SHOWN + 1)
    .subquery()
)
_LATE: Select[tuple[object, ...]] = (
    select(*_OLDEST_LATE.c, _person.c.name.label("assignee"), _introduction.c.slug, _pathway.c.name.label("pathway"))
    .join(_introduction, _introduction.c.id == _OLDEST_LATE.c.introduction_id)
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .outerjoin(_person, _person.c.id == _OLDEST_LATE.c.assignee_id)
    .order_by(_OLDEST_LATE.c.due_on, _OLDEST_LATE.c.introduction_id, _OLDEST_LATE.c.ref)
)
_ASKED: Select[tuple[object, ...]] = (
    select(
        _introduction.c.slug,
        _introduction.c.place,
        _pathway.c.name.label("pathway"),
        _case.c.meeting_on,
        _case.c.hand_in_on,
        _body.c.name.label("body"),
    )
    .select_from(_introduction)
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .outerjoin(
        _case,
        (_case.c.introduction_id == _introduction.c.id) & _case.c.voided_by.is_(None) & _case.c.closed.is_(False),
    )
    .outerjoin(_body, _body.c.id == _case.c.body_id)
    .where(
        _introduction.c.region_id == _REGION,
        _introduction.c.standing == Standing.ACTIVE,
        _introduction.c.phase == "prioritisation",
    )
)
_ADVANCING_COLUMNS: Columns = {
    Task: ("item", "own_title", "role", "assignee_id", "due_on", "required_for", "state"),
    **onward.COLUMNS,
}
_ADVANCING_CONDITIONS: Conditions = {
    Task: {"state": ("open",)},
    **{kind: {"place": places} for kind, places in onward.PLACES.items()},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MyTask:
    """A task that waits for the person. `then` names the commands that wait for it."""

    introduction_id: int
    slug: str
    pathway: str
    phase: str
    ref: str
    item: str
    title: Title
    due_on: date
    role: str
    unit: str | None
    instead_of: Covered | None
    then: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """Tasks by when they are due: late, to be done by Sunday, later; each the soonest first."""

    late: tuple[MyTask, ...]
    this_week: tuple[MyTask, ...]
    later: tuple[MyTask, ...]

    @property
    def all(self) -> tuple[MyTask, ...]:
        """Return every task."""
        return self.late + self.this_week + self.later


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneTask:
    """A task that the person ended; it can be looked at as long as its introduction has not ended."""

    slug: str
    pathway: str
    ref: str
    title: Title
    state: str
    settled_at: datetime
    is_there: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LateTask:
    """A task of somebody else that is late."""

    slug: str
    pathway: str
    ref: str
    title: Title
    due_on: date


@dataclass(frozen=True, slots=True)
class LateOnes:
    """Whom late tasks wait for: a person, or a role that nobody holds; and which tasks, the oldest first."""

    person: str | None
    role: str
    tasks: tuple[LateTask, ...]


@dataclass(frozen=True, slots=True)
class Late:
    """The late tasks of a region by whom they wait for; `more` where there are more than are shown."""

    people: tuple[LateOnes, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """Something to be decided: the plan of a pathway at a meeting, or the order of its measures."""

    slug: str
    pathway: str
    is_ranking: bool
    body: str | None
    meeting_on: date | None
    hand_in_on: date | None


@dataclass(frozen=True, slots=True)
class Advancing:
    """An introduction in whose way nothing stands: the command that leads it on can be given now."""

    slug: str
    pathway: str
    phase: str
    place: str
    command: str


def list_my_tasks(work: UnitOfWork, cover: Cover, *, region_id: int, person_id: int, today: date) -> Groups:
    """Return the open tasks of a person, and of those whom they stand in for today.

    Tasks of introductions that rest or have ended are left out: they wait, or are over.
    """
    mine = [person_id, *cover.covered_by(person_id)]
    rows = work.rows(_OPEN, {"region": region_id, "people": mine})
    rows.sort(key=lambda row: (row["due_on"], swedish_key(row["pathway"]), ref_key(row["ref"])))
    tasks = [_my_task(row, cover, person_id) for row in rows]
    sunday = today + timedelta(days=6 - today.weekday())
    return Groups(
        late=tuple(task for task in tasks if task.due_on < today),
        this_week=tuple(task for task in tasks if today <= task.due_on <= sunday),
        later=tuple(task for task in tasks if task.due_on > sunday),
    )


def list_done(work: UnitOfWork, *, region_id: int, person_id: int) -> tuple[DoneTask, ...]:
    """Return the ten tasks that the person ended last, the newest first."""
    rows = work.rows(_DONE, {"region": region_id, "person": person_id})
    return tuple(
        DoneTask(
            **{name: row[name] for name in ("slug", "pathway", "ref", "settled_at")},
            title=title_of(row),
            state=str(row["state"]),
            is_there=row["standing"] not in ENDED,
        )
        for row in rows
    )


def list_late_of_others(work: UnitOfWork, cover: Cover, *, region_id: int, person_id: int, today: date) -> Late:
    """Return the oldest late tasks of a region that do not wait for this person, by whom they wait for."""
    mine = [person_id, *cover.covered_by(person_id)]
    rows = work.rows(_LATE, {"region": region_id, "people": mine, "today": today})
    shown = sorted(rows[:LATE_SHOWN], key=lambda row: (row["assignee"] is None, swedish_key(_waits(row))))
    people = tuple(
        _late_ones(list(group)) for _, group in groupby(shown, key=lambda row: (row["assignee_id"], _waits(row)))
    )
    return Late(tuple(sorted(people, key=lambda one: one.tasks[0].due_on)), more=len(rows) > LATE_SHOWN)


def list_asked(work: UnitOfWork, *, region_id: int) -> tuple[Asked, ...]:
    """Return what is to be ranked or decided in a region, the nearest meeting first."""
    asked = [
        Asked(
            slug=row["slug"],
            pathway=row["pathway"],
            is_ranking=row["place"] == "ranking",
            body=row["body"],
            meeting_on=row["meeting_on"],
            hand_in_on=row["hand_in_on"],
        )
        for row in work.rows(_ASKED, {"region": region_id})
    ]
    return tuple(sorted(asked, key=lambda one: (one.meeting_on or date.max, swedish_key(one.pathway))))


def list_advancing(work: UnitOfWork, *, region_id: int, profile: Profile, today: date) -> tuple[Advancing, ...]:
    """Return the introductions that can go on at once, in Swedish order of their names."""
    rows = load_open_rows(work, _ADVANCING_COLUMNS, _ADVANCING_CONDITIONS, region_id=region_id)
    shelf = load_shelf(work, region_id=region_id)
    found = []
    for head in load_heads(work, region_id=region_id):
        if head.standing != Standing.ACTIVE or head.place in SELF_MOVING:
            continue
        material = Material(head, rows.get(head.introduction_id, {}))
        offers = onward_offers(material, shelf.now(head.pathway_id), profile, today=today)
        if command := next((offer.command for offer in offers if offer.allowed), None):
            found.append(Advancing(head.slug, head.pathway, head.phase, head.place, command))
    return tuple(sorted(found, key=lambda one: swedish_key(one.pathway)))


def _my_task(row: Row, cover: Cover, person_id: int) -> MyTask:
    same = ("introduction_id", "slug", "pathway", "phase", "ref", "item", "due_on", "unit")
    return MyTask(
        **{name: row[name] for name in same},
        title=title_of(row),
        role=str(row["role"]),
        instead_of=cover.instead_of(row["assignee_id"], person_id),
        then=tuple(row["required_for"]),
    )


def _waits(row: Row) -> str:
    return str(row["assignee"] or row["role"])


def _late_ones(rows: Iterable[Row]) -> LateOnes:
    oldest = sorted(rows, key=lambda row: row["due_on"])
    tasks = tuple(
        LateTask(**{name: row[name] for name in ("slug", "pathway", "ref", "due_on")}, title=title_of(row))
        for row in oldest
    )
    return LateOnes(oldest[0]["assignee"], str(oldest[0]["role"]), tasks)
