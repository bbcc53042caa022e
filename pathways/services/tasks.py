"""Makes and withdraws the tasks that an introduction's position brings with it.

A task from the profile's checklist is made each time its state is entered, unless the profile says once, and
withdrawn when the introduction leaves the states in which it makes sense.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from sqlalchemy import bindparam, select

from notifications.message import Urgency
from pathways.models.gap import GapInvitation, InvitationState
from pathways.models.task import Task, TaskState
from pathways.profiles.schema import ChecklistItem
from pathways.profiles.vocabulary import Role
from pathways.services import announce
from pathways.services.case import Case, states_held
from pathways.services.reminders import first_rung
from pathways.services.roster import Roster
from pathways.storage.gathering import Gathering
from pathways.storage.unit_of_work import Row, constant, table_of
from states.snapshot import ENDED, Snapshot, standing_of

# A task outlives its state where the work goes on beside the state that follows.
LIVES_ON = {"executing": frozenset({"executing", "reviewing", "adjusting"})}

SETTLED = frozenset({TaskState.DONE, TaskState.NOT_APPLICABLE})

_task, _invitation = table_of(Task), table_of(GapInvitation)
_BEFORE = Gathering(
    settled=select(_task.c.item, _task.c.unit_id).where(
        _task.c.introduction_id == bindparam("case"),
        _task.c.voided_by.is_(None),
        _task.c.state.in_([constant(state) for state in sorted(SETTLED)]),
        _task.c.item.in_(bindparam("once", expanding=True)),
    ),
    invitations=select(_invitation.c.made_in, _invitation.c.unit_id).where(
        _invitation.c.introduction_id == bindparam("case"),
        _invitation.c.voided_by.is_(None),
        _invitation.c.state != constant(InvitationState.EXCUSED),
    ),
)
"""What is done already of the items to be done once, and the units that take part."""

_MADE = (
    select(*(_task.c[name] for name in ("ref", "made_in", "item", "unit_id", "belongs_to", "state", "due_on")))
    .where(_task.c.introduction_id == bindparam("case"))
    .order_by(_task.c.made_in)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTask:
    """A task to be made."""

    role: Role
    due_on: date
    belongs_to: str
    item: str = ""
    titles: Mapping[str, str] | None = None
    own_title: str | None = None
    assignee_id: int | None = None
    unit_id: int | None = None
    required_for: tuple[str, ...] = ()


def make(case: Case, roster: Roster, new: Iterable[NewTask], *, urgency: Urgency = Urgency.AT_ONCE) -> list[str]:
    """Write tasks, hand each to its holder and tell the holder; return their refs."""
    rows = [_row(case, roster, task) for task in new]
    refs = case.insert_many(Task, rows)
    for ref, row in zip(refs, rows, strict=True):
        if row["assignee_id"] is not None:
            announce.task_handed(case, roster, {**row, "ref": ref}, urgency=urgency)
    return refs


def make_checklist(case: Case, states: Iterable[str], *, waiting: Iterable[Row]) -> list[str]:
    """Write the checklist tasks of states that were just entered; those that wait already are not made again."""
    items = [(state, item) for state in states for item in case.profile.checklist(state)]
    if not items:
        return []
    once = [item.slug for _, item in items if item.once]
    before = _BEFORE.read(case.work, {"case": case.id, "once": once})
    known = {(task["item"], task["unit_id"]) for task in waiting} | _settled(case, before["settled"])
    units = _units(before["invitations"])
    new = [
        checklist_task(case, item, state, unit_id=unit_id)
        for state, item in items
        for unit_id in (units if item.per == "unit" else [None])
        if (item.slug, unit_id) not in known
    ]
    return make(case, case.roster, new)


def _settled(case: Case, once: Iterable[Row]) -> set[tuple[str, int | None]]:
    """Return what was done, or was not needed, of items that are to be done once only.

    After a correction also what had been made for the visit to a state that now goes on: done is done.
    """
    settled = {(row["item"], row["unit_id"]) for row in once}
    if not case.undone:
        return settled
    known = [row for row in case.work.rows(_MADE, {"case": case.id}) if row["made_in"] not in case.undone]
    newest = {(row["item"], row["unit_id"]): row["state"] for row in known}
    return settled | {key for key, state in newest.items() if state in SETTLED}


def _units(invitations: Iterable[Row]) -> list[int]:
    """Return the units that take part, each once, in the order they were invited."""
    return list(dict.fromkeys(row["unit_id"] for row in sorted(invitations, key=itemgetter("made_in"))))


def checklist_task(case: Case, item: ChecklistItem, state: str, *, unit_id: int | None = None) -> NewTask:
    """Return the task of a checklist item, due its lead of working days from today."""
    return NewTask(
        role=item.role,
        due_on=case.profile.workdays.add(case.today, item.lead_workdays),
        belongs_to=state,
        item=item.slug,
        titles={"sv": item.title.sv, "en": item.title.en},
        unit_id=unit_id,
        required_for=item.required_for,
    )


def withdraw(case: Case) -> list[Row]:
    """Cancel open tasks whose states the introduction has left, and return those that stay open."""
    places = places_held(case.snapshot)
    stay: list[Row] = []
    left: list[str] = []
    for task in case.open_tasks:
        if makes_sense(task["item"], task["belongs_to"], places):
            stay.append(task)
        else:
            left.append(task["ref"])
    _settle_all(case, left, TaskState.CANCELLED)
    return stay


def take_up(case: Case, refs: Collection[str]) -> None:
    """Open the withdrawn ones of these tasks again, where they make sense and no other has come in their place."""
    places = places_held(case.snapshot)
    taken = {(task["item"], task["unit_id"]) for task in case.open_tasks if task["item"]}
    standing = [row for row in case.work.rows(_MADE, {"case": case.id}) if row["made_in"] not in case.undone]
    for row in reversed(standing):  # the newest task of an item is the one that counts
        key = (row["item"], row["unit_id"])
        wanted = key not in taken and makes_sense(row["item"], row["belongs_to"], places)
        if wanted and row["ref"] in refs and row["state"] == TaskState.CANCELLED:
            open_again(case, row)
        if row["item"]:
            taken.add(key)


def open_again(case: Case, task: Row) -> None:
    """Open a task that had ended, with its last day as it was and the reminders that still lie ahead."""
    rung, remind_at = first_rung(case.profile, task["due_on"], case.now)
    ended = {"settled_at": None, "settled_by": None, "outcome": None, "reason": None}
    case.update(Task, task["ref"], state=TaskState.OPEN, rung=rung, remind_at=remind_at, **ended)


def makes_sense(item: str, belongs_to: str, places: frozenset[str]) -> bool:
    """Say whether an open task still makes sense where the introduction stands; a person's own task always does."""
    if not places:
        return False
    return item == "" or bool(LIVES_ON.get(belongs_to, frozenset({belongs_to})) & places)


def places_held(snapshot: Snapshot) -> frozenset[str]:
    """Return the states that tasks may belong to: those that hold or rest, and none when it has ended."""
    return frozenset() if standing_of(snapshot) in ENDED else frozenset(states_held(snapshot))


def settle(case: Case, ref: str, state: TaskState, **values: object) -> None:
    """End a task, with who and when."""
    _settle_all(case, [ref], state, **values)


def _settle_all(case: Case, refs: Sequence[str], state: TaskState, **values: object) -> None:
    case.update_many(
        Task,
        refs,
        state=state,
        settled_at=case.now,
        settled_by=case.actor_id,
        remind_at=None,
        **values,
    )


def _row(case: Case, roster: Roster, task: NewTask) -> dict[str, object]:
    rung, remind_at = first_rung(case.profile, task.due_on, case.now)
    titles = task.titles or {}
    assignee = task.assignee_id
    return {
        "item": task.item,
        "belongs_to": task.belongs_to,
        "title_sv": titles.get("sv"),
        "title_en": titles.get("en"),
        "own_title": task.own_title,
        "role": task.role,
        "assignee_id": roster.stand_in(assignee) if assignee else roster.holder(task.role, unit_id=task.unit_id),
        "unit_id": task.unit_id,
        "due_on": task.due_on,
        "required_for": list(task.required_for),
        "made_at": case.now,
        "rung": rung,
        "remind_at": remind_at,
    }
