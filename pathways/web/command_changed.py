"""Somebody else was first: what they did, and both versions of the answers that they changed meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pathways.queries.log_page import LoggedEvent, list_changes, list_since
from pathways.web.command_options import Around
from pathways.web.command_present import WAS, Present, untouched
from pathways.web.command_review import tell_answer
from pathways.web.forms import Field

Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Changed:
    """What has happened since a form was shown: the events, and each answer that now has two versions.

    `rows` are (question, my answer, the one that stands); `form` is what was typed, with theirs where the answer had
    not been touched.
    """

    events: tuple[LoggedEvent, ...]
    rows: tuple[tuple[str, str, str], ...]
    form: dict[str, list[str]]


def compare(around: Around, present: Present | None, fields: Sequence[Field], form: Typed, *, seen: int) -> Changed:
    """Return what has changed since version `seen`, and the form to go on with."""
    events = list_since(around.work, region_id=around.region_id, introduction_id=around.case, after=seen)
    kept = {name: list(values) for name, values in form.items()}
    if present is None:
        return Changed(events, (), kept)
    changed = list_changes(
        around.work,
        region_id=around.region_id,
        introduction_id=around.case,
        after=seen,
        table=present.table,
        ref=present.ref,
    )
    theirs = {name for name, column in present.columns.items() if column in changed}
    left = theirs & untouched(present.values, form)
    rows = tuple(_pair(around, one, present, form) for one in fields if one.name in theirs - left)
    kept |= {name: [present.values[name]] for name in left}
    kept |= {WAS + name: [value] for name, value in present.values.items() if WAS + name in form}
    return Changed(events, tuple(row for row in rows if row[1] != row[2]), kept)


def _pair(around: Around, field: Field, present: Present, form: Typed) -> tuple[str, str, str]:
    mine = tell_answer(around.visit, field, tuple(form.get(field.name, ())))
    theirs = tell_answer(around.visit, field, (present.values[field.name],))
    return field.label, mine or "–", theirs or "–"
