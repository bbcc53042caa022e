"""The task of a unit in a comment round: made when it is asked, ended when it has answered or the round closes."""

from collections.abc import Iterable
from datetime import date

from pathways.locale import LANGUAGES, texts
from pathways.models.task import Task, TaskState
from pathways.profiles.vocabulary import Role
from pathways.services import tasks
from pathways.services.case import Case
from pathways.services.lookup import rows_of
from states.snapshot import place_of

ITEM = "lamna-synpunkter"
"""The slug of the task; no profile has it, since every region asks so."""


def make_comment_tasks(case: Case, unit_ids: Iterable[int], *, due_on: date) -> None:
    """Hand each unit its task; it belongs to the place where the plan is written."""
    titles = {language: texts(language).say("due.lamna-synpunkter") for language in LANGUAGES}
    new = [
        tasks.NewTask(
            role=Role.UNIT_REPRESENTATIVE,
            due_on=due_on,
            belongs_to=place_of(case.snapshot),
            item=ITEM,
            titles=titles,
            unit_id=unit_id,
        )
        for unit_id in unit_ids
    ]
    tasks.make(case, case.roster, new)


def settle_comment_tasks(case: Case, state: TaskState, *, unit_id: int | None = None) -> None:
    """End the open tasks of the round, or those of one unit."""
    for task in rows_of(case, Task, item=ITEM, state=TaskState.OPEN):
        if unit_id in (None, task["unit_id"]):
            tasks.settle(case, task["ref"], state)
