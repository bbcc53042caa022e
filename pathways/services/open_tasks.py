"""The open tasks of one introduction, as guards and the making of new ones need them."""

from collections.abc import Iterable

from sqlalchemy import bindparam, select

from pathways.models.task import Task, TaskState
from pathways.storage.prepared import Prepared
from pathways.storage.unit_of_work import Row, UnitOfWork, constant, table_of

_task = table_of(Task)
OPEN_TASKS = select(
    *(_task.c[name] for name in ("ref", "made_in", "item", "unit_id", "belongs_to", "required_for"))
).where(
    _task.c.introduction_id == bindparam("case"),
    _task.c.state == constant(TaskState.OPEN),
    _task.c.voided_by.is_(None),
)

_OPEN = Prepared(OPEN_TASKS)


def open_tasks_of(work: UnitOfWork, introduction_id: int) -> list[Row]:
    """Return the open tasks of one introduction, those that people made included, the oldest first."""
    return in_order(work.rows(_OPEN, {"case": introduction_id}))


def in_order(tasks: Iterable[Row]) -> list[Row]:
    """Return tasks in the order they were made."""
    return sorted(tasks, key=lambda task: (task["made_in"], task["ref"]))
