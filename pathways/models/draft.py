"""What a person has typed into a form and not yet sent. It is theirs alone, and no part of any log."""

from datetime import datetime

from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from notifications.utc import UtcDateTime
from pathways.models.base import JSON_TYPE

KEY_LENGTH = 200
UNSENT = "osant:"
"""What keys of forms begin with that were sent when the login had run out; the address they were sent to follows."""


class Draft(SQLModel, table=True):
    """One person's draft of one form; `key` names the form: a page and what it is about."""

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    key: str = Field(primary_key=True, max_length=KEY_LENGTH)
    typed: dict[str, list[str]] = Field(sa_column=Column(JSON_TYPE, nullable=False))
    kept_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
