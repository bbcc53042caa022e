"""One person's worklist: what they are to do, the soonest first, and why it came to them."""

from datetime import date

from sqlalchemy import Select, bindparam, select

from pathways.errors import Unknown
from pathways.models.catalogue import Pathway
from pathways.models.introduction import Introduction
from pathways.models.organisation import Unit
from pathways.models.task import Task, TaskState
from pathways.queries.details import title_of
from pathways.queries.material import ref_key
from pathways.queries.people import People, load_people
from pathways.queries.views import WorklistRow
from pathways.storage.collation import swedish_key
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of
from states.snapshot import Standing

_task, _introduction, _pathway, _unit = (table_of(row) for row in (Task, Introduction, Pathway, Unit))
_COLUMNS = ("ref", "item", "title_sv", "title_en", "own_title", "role", "assignee_id", "due_on", "required_for")
_TASKS: Select[tuple[object, ...]] = (
    select(
        *(_task.c[name] for name in _COLUMNS),
        _introduction.c.slug,
        _introduction.c.phase,
        _pathway.c.name.label("pathway"),
        _unit.c.name.label("unit"),
    )
    .join(_introduction, _introduction.c.id == _task.c.introduction_id)
    .join(_pathway, _pathway.c.id == _introduction.c.pathway_id)
    .outerjoin(_unit, _unit.c.id == _task.c.unit_id)
    .where(
        _introduction.c.region_id == bindparam("region"),
        _introduction.c.standing == Standing.ACTIVE,
        _task.c.assignee_id.in_(bindparam("people", expanding=True)),
        _task.c.state == TaskState.OPEN,
        _task.c.voided_by.is_(None),
    )
)


def worklist(work: UnitOfWork, *, region_id: int, person: str, today: date) -> tuple[WorklistRow, ...]:
    """Return the open tasks of a person, and those of colleagues whom they stand in for today.

    Tasks of introductions that rest or have ended wait or are over, and are left out. Raises `Unknown` with the
    nearest names.
    """
    people = load_people(work, region_id=region_id, today=today)
    if person not in people.ids:
        raise Unknown("person", person, people.ids)
    person_id = people.ids[person]
    mine = [person_id, *people.stands_in_for(person_id)]
    rows = work.rows(_TASKS, {"region": region_id, "people": mine})
    rows.sort(key=lambda row: (row["due_on"], swedish_key(row["pathway"]), ref_key(row["ref"])))
    return tuple(_view(row, people, person_id, today=today) for row in rows)


def _view(row: Row, people: People, person_id: int, *, today: date) -> WorklistRow:
    return WorklistRow(
        slug=row["slug"],
        pathway=row["pathway"],
        phase=row["phase"],
        ref=row["ref"],
        item=row["item"],
        title=title_of(row),
        due_on=row["due_on"],
        days_late=max(0, (today - row["due_on"]).days),
        why=str(row["role"]),
        unit=row["unit"],
        instead_of=people.name(row["assignee_id"]) if row["assignee_id"] != person_id else None,
        then=tuple(row["required_for"]),
    )
