"""Gives a row as the log keeps it (plain values, digests of texts) the form that a row of the database has."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache

from sqlalchemy import Date, Enum
from sqlmodel import SQLModel

from notifications.utc import UtcDateTime
from pathways.models.base import CaseRow
from pathways.models.introduction import OWN_COLUMNS, Introduction
from pathways.queries.material import ref_key
from pathways.storage.fold import Folded
from pathways.storage.unit_of_work import Row, defaults_of, table_of

Texts = Mapping[str, str | None]
Read = Callable[[str], object]


def revive_own(state: Folded) -> Row:
    """Return the columns that use cases set on the introduction itself."""
    own = {name: state.own.get(name) for name in OWN_COLUMNS}
    return {**own, **_spelled_out(Introduction, own)}


def revive_rows(state: Folded, kind: type[CaseRow], texts: Texts, *, introduction_id: int) -> list[Row]:
    """Return the rows of a kind that stood, oldest first; a text that was erased since is None."""
    logged = sorted((ref_key(ref), ref, values) for ref, values in state.of(str(kind.__tablename__)).items())
    defaults = {**defaults_of(kind), "introduction_id": introduction_id}
    return [
        {
            **defaults,
            "ref": ref,
            "made_in": key[0],
            **values,
            **_spelled_out(kind, values),
            **{name: texts.get(str(text["text"])) for name in kind.TEXTS if isinstance(text := values.get(name), dict)},
        }
        for key, ref, values in logged
    ]


def _spelled_out(kind: type[SQLModel], values: Mapping[str, object]) -> Row:
    """Return the values that a log keeps as text and a row as something else."""
    return {name: read(logged) for name, read in _readers(kind) if isinstance(logged := values.get(name), str)}


@cache
def _readers(kind: type[SQLModel]) -> tuple[tuple[str, Read], ...]:
    found = ((column.name, _reader(column.type)) for column in table_of(kind).columns)
    return tuple((name, read) for name, read in found if read is not None)


def _reader(column: object) -> Read | None:
    if isinstance(column, Date):
        return date.fromisoformat
    if isinstance(column, UtcDateTime):
        return datetime.fromisoformat
    return column.enum_class if isinstance(column, Enum) else None
