"""The open tasks of one introduction, as guards and the making of new ones need them."""

from sqlalchemy import bindparam, select

from pathways.models.task import Task, TaskState
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

_task = table_of(Task)
_OPEN = (
    select(_task.c.ref, _task.c.item, _task.c.unit_id, _task.c.belongs_to, _task.c.required_for)
    .where(_task.c.introduction_id == bindparam("case"), _task.c.state == TaskState.OPEN, _task.c.voided_by.is_(None))
    .order_by(_task.c.made_in, _task.c.ref)
)


def open_tasks_of(work: UnitOfWork, introduction_id: int) -> list[Row]:
    """Return the open tasks of one introduction, those that people made included."""
    return work.rows(_OPEN, {"case": introduction_id})
