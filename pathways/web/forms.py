"""A form as values: its fields with what was typed and what is wrong with it. Templates show it, pages read it.

What was typed is never lost: a form that fails is built again from what came in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from starlette.datastructures import FormData, UploadFile

from pathways.errors import InvalidOrder
from pathways.services.ask import new_command_id

Kind = Literal[
    "text", "area", "date", "number", "email", "select", "radios", "checkbox", "checkboxes", "file", "hidden"
]
YES = "yes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice of a field."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question of a form: its words, what was answered, and what is wrong with the answer."""

    name: str
    label: str
    help: str = ""
    kind: Kind = "text"
    value: str | tuple[str, ...] = ""
    error: str = ""
    options: tuple[Option, ...] = ()
    required: bool = True
    autocomplete: str = ""
    max_length: int | None = None
    rows: int = 4

    def filled(self, form: Mapping[str, Sequence[str]], errors: Mapping[str, str]) -> "Field":
        """Return the field with what was typed into it and what is wrong with that."""
        typed = tuple(form.get(self.name, ()))
        if self.kind == "checkboxes":
            value: str | tuple[str, ...] = typed
        else:
            value = typed[0] if typed else ""
        return replace(self, value=value, error=errors.get(self.name, ""))


@dataclass(frozen=True, slots=True)
class Keys:
    """What every form carries unseen: an id that makes pressing twice harmless, and the version that was shown."""

    command_id: str = field(default_factory=new_command_id)
    version: int | None = None


def read_form(form: FormData) -> dict[str, list[str]]:
    """Return what was typed, by field; files are left out."""
    read: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if not isinstance(value, UploadFile):
            read.setdefault(name, []).append(value.replace("\r\n", "\n"))
    return read


def keys_of(form: Mapping[str, Sequence[str]]) -> Keys:
    """Return the unseen keys of a form that came in; broken ones are treated as not given."""
    version = first(form, "version")
    command_id = first(form, "command_id")
    known = int(version) if version.isdecimal() and len(version) < 10 else None
    return Keys(command_id=command_id, version=known) if command_id else Keys(version=known)


def first(form: Mapping[str, Sequence[str]], name: str) -> str:
    """Return what was typed into a field without spaces around it, empty where nothing was."""
    values = form.get(name) or [""]
    return values[0].strip()


def data_of(fields: Iterable[Field], form: Mapping[str, Sequence[str]]) -> dict[str, object]:
    """Return the data of an order from a form: empty answers are left out, several are a list."""
    data: dict[str, object] = {}
    for one in fields:
        if one.kind == "checkboxes":
            data[one.name] = [value for value in form.get(one.name, ()) if value]
        elif one.kind == "checkbox":
            data[one.name] = first(form, one.name) == YES
        elif typed := first(form, one.name):
            data[one.name] = typed
    return data


def errors_by_field(error: InvalidOrder) -> dict[str, list[tuple[str, Mapping[str, str | int]]]]:
    """Return the problems of an order by the field they belong to: sentence and values."""
    found: dict[str, list[tuple[str, Mapping[str, str | int]]]] = {}
    for problem in error.problems:
        found.setdefault(problem.field.partition(".")[0], []).append((problem.sentence, problem.values))
    return found
