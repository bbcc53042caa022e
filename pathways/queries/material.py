"""What is known of one introduction: its position and its rows, in one shape whether read from rows or from the log."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pathways.models.base import CaseRow
from pathways.models.task import Task, TaskState
from pathways.storage.unit_of_work import Row
from states.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Where an introduction stands. `own` holds the columns that use cases set; `version` is its newest event."""

    introduction_id: int
    pathway_id: int
    slug: str
    number: int
    pathway: str
    snapshot: Snapshot
    phase: str
    place: str
    standing: str
    phase_since_at: datetime
    version: int
    own: Row

    @property
    def is_open(self) -> bool:
        """Say whether it is under way or rests."""
        return self.standing in {"active", "paused"}


@dataclass(frozen=True, slots=True)
class Material:
    """One introduction with the rows that were asked for, oldest first; those made void are left out."""

    head: Head
    rows: Mapping[str, list[Row]]

    def of(self, kind: type[CaseRow]) -> list[Row]:
        """Return its rows of a kind."""
        return self.rows.get(str(kind.__tablename__), [])

    def open_tasks(self) -> list[Row]:
        """Return the tasks that somebody is to do now, the soonest first; while it rests there are none."""
        if self.head.standing != "active":
            return []
        waiting = [task for task in self.of(Task) if task["state"] == TaskState.OPEN]
        return sorted(waiting, key=lambda task: (task["due_on"], ref_key(task["ref"])))


def ref_key(ref: str) -> tuple[int, ...]:
    """Return a key that sorts refs by age: "9.2" before "10.1"."""
    return tuple(map(int, ref.split(".")))


def oldest_first(rows: Iterable[Row]) -> list[Row]:
    """Return rows in the order in which they were made."""
    return sorted(rows, key=lambda row: ref_key(row["ref"]))
