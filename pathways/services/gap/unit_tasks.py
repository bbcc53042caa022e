"""The tasks that units have in the gap analysis: they end when the unit has answered or is excused."""

from pathways.models.task import Task, TaskState
from pathways.services import tasks
from pathways.services.case import Case
from pathways.services.lookup import rows_of

ANSWERING = frozenset({"mapping", "revising"})


def settle_unit_tasks(case: Case, unit_id: int, state: TaskState) -> None:
    """End the unit's open tasks of the gap analysis."""
    for task in rows_of(case, Task, unit_id=unit_id, state=TaskState.OPEN):
        if task["belongs_to"] in ANSWERING and task["item"]:
            tasks.settle(case, task["ref"], state)
