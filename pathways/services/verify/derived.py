"""Do tasks and timers follow from the position? No open task without sense, no live timer too many or too few."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from pathways.models.introduction import TimerState
from pathways.models.task import TaskState
from pathways.profiles.schema import Profile
from pathways.services.case import snapshot_of
from pathways.services.tasks import makes_sense, places_held
from pathways.services.timers import Standpoint, is_settled, wanted
from pathways.services.verify.finding import Finding
from pathways.storage.unit_of_work import Row
from states.snapshot import place_of

Rows = Mapping[str, Sequence[Row]]


def check_tasks(introduction: Row, rows: Rows) -> Iterator[Finding]:
    """Yield each open task that the introduction has left behind."""
    places = places_held(snapshot_of(introduction))
    for task in rows["task"]:
        if task["state"] == TaskState.OPEN and not makes_sense(task["item"], task["belongs_to"], places):
            yield Finding(str(introduction["slug"]), "verify.task_left_behind", {"ref": task["ref"]})


def check_timers(introduction: Row, rows: Rows, profile: Profile, today: date) -> Iterator[Finding]:
    """Yield the difference between the timers that are live and those the position asks for."""
    standing = {name: [row for row in rows[name] if row["voided_by"] is None] for name in rows}
    waiting = [row for row in standing["board_case"] if not row["closed"]]
    target = wanted(
        Standpoint(
            place=place_of(snapshot_of(introduction)),
            today=today,
            anchor_on=introduction["anchor_on"],
            return_on=introduction["return_on"],
            loops=tuple(standing["learning_loop"]),
            follow_ups=tuple(standing["follow_up"]),
            meeting_on=waiting[-1]["meeting_on"] if waiting else None,
        ),
        profile,
    )
    settled = {(row["kind"], row["occurrence"], row["due_at"]) for row in rows["timer"] if is_settled(row)}
    asked = {(*key, due_at) for key, due_at in target.items()} - settled
    live = {(row["kind"], row["occurrence"], row["due_at"]) for row in rows["timer"] if row["state"] == TimerState.LIVE}
    for kind, occurrence, _ in sorted(asked ^ live):
        sentence = "verify.timer_missing" if (kind, occurrence, _) in asked else "verify.timer_unwanted"
        yield Finding(str(introduction["slug"]), sentence, {"kind": str(kind), "occurrence": occurrence})
