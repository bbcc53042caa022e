"""What all rows share: column kinds, naming of constraints, and the base of an introduction's own rows.

A row that belongs to an introduction is keyed by the introduction and a `ref`: the number of the event that made
it, a dot, and its number within that event ("12.3"). So a key tells where the row came from, and two writers can
never make the same one, because they can never write the same event.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, Column, Enum, Index, MetaData, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
METADATA: MetaData = SQLModel.metadata
JSON_TYPE = JSON().with_variant(JSONB(), "postgresql")


SWEDISH = "swedish"


def swedish_text() -> Column[str]:
    """Return a column for names that people look up; SQLite sorts it in Swedish order."""
    return Column(String().with_variant(String(collation=SWEDISH), "sqlite"), nullable=False)


def enum_column(kind: type[StrEnum], *, nullable: bool = False, index: bool = False) -> Column[Any]:
    """Return a text column that holds the values of `kind`; a new value needs no change of the database's types."""
    values = [member.value for member in kind]
    return Column(
        Enum(kind, native_enum=False, values_callable=lambda _: values, length=40, create_constraint=False),
        nullable=nullable,
        index=index,
    )


def one_standing(name: str, *columns: str) -> Index:
    """Return a unique index over `columns` that rows voided by a correction do not take part in."""
    standing = text("voided_by is null")
    return Index(name, *columns, unique=True, sqlite_where=standing, postgresql_where=standing)


class CaseRow(SQLModel):
    """Base of the rows that belong to one introduction and follow its log.

    `TEXTS` names the columns of free text: the log keeps only a digest of them, so that a text can be erased by
    law without breaking the chain. `CLOCKWORK` names the columns that the machinery moves without an event. A kind that
    is listed across introductions repeats their `region_id`, so that an index can lead straight to a tenant's own rows.
    """

    TEXTS: ClassVar[frozenset[str]] = frozenset()
    CLOCKWORK: ClassVar[frozenset[str]] = frozenset()

    introduction_id: int = Field(primary_key=True, foreign_key="introduction.id")
    ref: str = Field(primary_key=True, max_length=24)
    made_in: int
    voided_by: int | None = Field(default=None)


def case_tables(rows: Iterable[type[CaseRow]]) -> dict[str, type[CaseRow]]:
    """Return the row classes by table name."""
    return {str(row.__tablename__): row for row in rows}
