"""Gives a row as the log keeps it (plain values, digests of texts) the form that a row of the database has."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Date, Enum
from sqlmodel import SQLModel

from notifications.utc import UtcDateTime
from pathways.models.base import CaseRow
from pathways.models.introduction import OWN_COLUMNS, Introduction
from pathways.queries.material import oldest_first, ref_key
from pathways.storage.fold import Folded
from pathways.storage.unit_of_work import Row, defaults_of, table_of

Texts = Mapping[str, str | None]


def revive_own(state: Folded) -> Row:
    """Return the columns that use cases set on the introduction itself."""
    return {name: _value(Introduction, name, state.own.get(name), {}) for name in OWN_COLUMNS}


def revive_rows(state: Folded, kind: type[CaseRow], texts: Texts, *, introduction_id: int) -> list[Row]:
    """Return the rows of a kind that stood, oldest first; a text that was erased since is None."""
    logged = state.of(str(kind.__tablename__))
    return oldest_first(
        {
            **defaults_of(kind),
            "introduction_id": introduction_id,
            "ref": ref,
            "made_in": ref_key(ref)[0],
            **{name: _value(kind, name, value, texts) for name, value in values.items()},
        }
        for ref, values in logged.items()
    )


def _value(kind: type[SQLModel], name: str, logged: object, texts: Texts) -> object:
    if isinstance(logged, Mapping) and issubclass(kind, CaseRow) and name in kind.TEXTS:
        return texts.get(str(logged["text"]))
    if not isinstance(logged, str):
        return logged
    column = table_of(kind).c[name].type
    if isinstance(column, Date):
        return date.fromisoformat(logged)
    if isinstance(column, UtcDateTime):
        return datetime.fromisoformat(logged)
    if isinstance(column, Enum) and column.enum_class is not None:
        return column.enum_class(logged)
    return logged
