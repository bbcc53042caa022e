"""The tasks that units have in the gap analysis: made when they are asked, ended when they have answered."""

from collections.abc import Sequence

from notifications.message import Urgency
from pathways.models.task import Task, TaskState
from pathways.profiles.schema import ChecklistItem, Profile
from pathways.services import tasks
from pathways.services.case import Case, states_held
from pathways.services.gap.asking import ASKING
from pathways.services.lookup import rows_of
from states.snapshot import place_of

AHEAD = "superseded"  # holds as long as a newer national version waits to be followed


def answer_items(profile: Profile) -> dict[str, ChecklistItem]:
    """Return the checklist items by which a unit is asked to answer, by slug."""
    return {item.slug: item for state in sorted(ASKING) for item in profile.checklist(state) if item.per == "unit"}


def make_unit_tasks(case: Case, unit_ids: Sequence[int], *, urgency: Urgency = Urgency.AT_ONCE) -> None:
    """Hand each unit its tasks; those that wait already are not made again.

    While the gap analysis is under way they belong to it; asked ahead of a newer version, to the time until that
    version is followed.
    """
    place = place_of(case.snapshot)
    own = [item for item in case.profile.checklist(place) if item.per == "unit"] if place in ASKING else []
    items = own or list(answer_items(case.profile).values())
    belongs_to = _belongs_to(case, place)
    waiting = {(task["item"], task["unit_id"]) for task in case.open_tasks}
    new = [
        tasks.checklist_task(case, item, belongs_to, unit_id=unit_id)
        for item in items
        for unit_id in unit_ids
        if (item.slug, unit_id) not in waiting
    ]
    tasks.make(case, case.roster, new, urgency=urgency)


def settle_unit_tasks(case: Case, unit_id: int, state: TaskState) -> None:
    """End the unit's open tasks of the gap analysis."""
    items = answer_items(case.profile)
    for task in rows_of(case, Task, unit_id=unit_id, state=TaskState.OPEN):
        if task["item"] in items:
            tasks.settle(case, task["ref"], state)


def _belongs_to(case: Case, place: str) -> str:
    if place in ASKING:
        return place
    return AHEAD if AHEAD in states_held(case.snapshot) else place
