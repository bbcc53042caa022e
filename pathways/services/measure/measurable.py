"""The task that an indicator brings which cannot be measured yet: made for its owner, ended when it can."""

from pathways.locale import DEFAULT, texts
from pathways.models.measure import Availability
from pathways.models.task import Task, TaskState
from pathways.profiles.vocabulary import Role
from pathways.services import tasks
from pathways.services.case import Case
from pathways.services.lookup import rows_of
from states.snapshot import place_of

LEAD_WORKDAYS = 20
"""Time to find out where the data are, or to agree that they are to be collected."""


def make_task(case: Case, name: str, owner_id: int | None) -> str:
    """Ask the owner, or whoever the development resource is, to make it measurable; return the task's ref."""
    new = tasks.NewTask(
        role=Role.DEVELOPMENT_RESOURCE,
        due_on=case.profile.workdays.add(case.today, LEAD_WORKDAYS),
        belongs_to=place_of(case.snapshot),
        own_title=texts(DEFAULT).say("due.make_measurable", name=name),
        assignee_id=owner_id,
    )
    return tasks.make(case, case.roster, [new])[0]


def follow(
    case: Case, before: object, after: object, *, name: str, owner_id: int | None, task: str | None
) -> str | None:
    """Return the ref of the task that belongs to the availability now; end one that is not needed any more."""
    if after == Availability.CANNOT_YET:
        return task if before == after and task else make_task(case, name, owner_id)
    if before == Availability.CANNOT_YET and task and rows_of(case, Task, ref=task, state=TaskState.OPEN):
        tasks.settle(case, task, TaskState.DONE)
    return None if before == Availability.CANNOT_YET else task
