"""The plain JSON forms of what the queries hand out, as the command line prints them. Names here are a promise."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass

from pathways.queries.views import BoardRow, DueRow, HistoryRow, IntroductionView, MatrixCell, WorklistRow
from pathways.storage.log import plain

Json = dict[str, object]


def status_json(rows: Iterable[BoardRow]) -> list[Json]:
    """Return the board: `slug`, `phase`, `configuration`, `days_in_phase`, `waits_for`, `next_due` and more."""
    return [_record(row) for row in rows]


def show_json(view: IntroductionView) -> Json:
    """Return one introduction: its board row, with `offers`, `tasks`, `timers`, `history` and the other parts."""
    record = _record(view)
    position = record.pop("position")
    assert isinstance(position, dict)
    return {**position, **record}


def worklist_json(rows: Iterable[WorklistRow]) -> list[Json]:
    """Return a worklist."""
    return [_record(row) for row in rows]


def history_json(rows: Iterable[HistoryRow]) -> list[Json]:
    """Return a history, as it stands in an introduction's own form."""
    return [_record(row) for row in rows]


def due_json(rows: Iterable[DueRow]) -> list[Json]:
    """Return the due list."""
    return [_record(row) for row in rows]


def matrix_json(cells: Iterable[MatrixCell]) -> list[Json]:
    """Return the matrix: `phase`, `standing`, `count`."""
    return [_record(cell) for cell in cells]


def _record(value: object) -> Json:
    form = _form(value)
    assert isinstance(form, dict)
    return form


def _form(value: object) -> object:
    """Return dataclasses as objects and sequences as lists; days and instants as ISO text, instants in UTC."""
    if is_dataclass(value):
        return {part.name: _form(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): _form(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_form(inner) for inner in value]
    return plain(value)
