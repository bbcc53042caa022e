"""What stands now of the row that a command would change, as answers to its questions.

So a form can begin with it, and when somebody else was first both versions can be shown side by side.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pathways.queries import choices
from pathways.storage.unit_of_work import Row
from pathways.web.command_options import Around
from pathways.web.forms import first

WAS = "was_"
Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Present:
    """A row as it stands: its table and ref, its values as answers, and which column each answer is kept in.

    `begins` says whether a form begins with the values.
    """

    table: str
    ref: str
    values: Mapping[str, str]
    columns: Mapping[str, str]
    begins: bool = True


def find_present(around: Around, form: Typed) -> Present | None:
    """Return what stands now of the row that the form is about, or None where the command changes none."""
    find = _PRESENT.get(around.command)
    return find(around, form) if find else None


def untouched(values: Mapping[str, str], form: Typed) -> set[str]:
    """Return the answers that are as the form began."""
    return {name for name in values if WAS + name in form and first(form, name) == first(form, WAS + name)}


def _perspective(around: Around, _form: Typed) -> Present | None:
    assert around.head is not None
    values = {"how": _plain(around.head.own["patient_perspective"])}
    return Present("introduction", "", values, {"how": "patient_perspective"})


def _task(around: Around, form: Typed) -> Present | None:
    row = _named(choices.list_tasks(around.work, around.case), form, "task")
    if row is None:
        return None
    values = {"due_on": _plain(row["due_on"]), "to": _plain(row["assignee_slug"])}
    return Present("task", row["ref"], values, {"due_on": "due_on", "to": "assignee_id"}, begins=False)


_PRESENT: Mapping[str, Callable[[Around, Typed], Present | None]] = {
    "arrange_patient_perspective": _perspective,
    "snooze_task": _task,
    "delegate_task": _task,
}


def _named(rows: Sequence[Row], form: Typed, name: str) -> Row | None:
    return next((row for row in rows if row["ref"] == first(form, name)), None)


def _plain(value: object) -> str:
    return "" if value is None else str(value)
