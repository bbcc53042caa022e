"""The longest waits since a loop began: how long tasks have lain with which role. Never with whom by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pathways.models.task import TaskState
from pathways.planning.instants import local_date
from pathways.queries.details import title_of
from pathways.queries.views import Title
from pathways.storage.unit_of_work import Row

MOST = 3
_WORKED_OFF = frozenset({TaskState.OPEN, TaskState.DONE, TaskState.NOT_APPLICABLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """How many days a task has waited for a role; `is_over` where it was settled."""

    title: Title
    role: str
    days: int
    is_over: bool


def longest_waits(tasks: Iterable[Row], *, since: date | None, until: datetime, zone: ZoneInfo) -> tuple[Wait, ...]:
    """Return the longest waits among tasks that were open at some time since a day, the longest first."""
    today = local_date(until, zone)
    found = []
    for task in tasks:
        if task["state"] not in _WORKED_OFF or task["made_at"] is None:
            continue
        ended = local_date(task["settled_at"], zone) if task["settled_at"] else None
        if ended is not None and since is not None and ended < since:
            continue
        days = ((ended or today) - local_date(task["made_at"], zone)).days
        found.append(Wait(title=title_of(task), role=str(task["role"]), days=days, is_over=ended is not None))
    return tuple(sorted(found, key=lambda wait: -wait.days)[:MOST])
