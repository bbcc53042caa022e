"""One date as it should stand in calendars, and what makes it another one than before (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from pathways.storage.unit_of_work import Row


class EntryKind(StrEnum):
    """What a date in a calendar is."""

    MEETING = "meeting"  # a body meets
    HAND_IN = "hand_in"  # the last day to hand papers in
    LOOP_PLANNED = "loop_planned"  # a learning loop opens
    LOOP_OPEN = "loop_open"  # a learning loop is open; the time is a suggestion
    FOLLOW_UP = "follow_up"  # a look back after the celebration
    TASK = "task"  # somebody's task is due
    CONSULTATION_OPENS = "consultation_opens"
    CONSULTATION_CLOSES = "consultation_closes"
    LIGHT_OPENS = "light_opens"
    LIGHT_CLOSES = "light_closes"


OF_CASES = (EntryKind.LOOP_PLANNED, EntryKind.LOOP_OPEN, EntryKind.FOLLOW_UP, EntryKind.TASK)
"""Kinds that belong to one introduction and change with it alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A date that should stand in calendars."""

    uid: str
    kind: EntryKind
    on: date
    starts_at: datetime | None = None
    minutes: int | None = None
    person_id: int | None = None
    introduction_id: int | None = None
    values: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def columns(self) -> dict[str, object]:
        """Return everything that a reader's calendar shows; where any of it differs, the date has changed."""
        return {
            "kind": str(self.kind),
            "person_id": self.person_id,
            "introduction_id": self.introduction_id,
            "on": self.on,
            "starts_at": self.starts_at,
            "minutes": self.minutes,
            "values": dict(self.values),
            "cancelled": False,
        }

    def differs(self, stored: Row) -> bool:
        """Say whether a stored entry says anything else."""
        return any(stored[name] != value for name, value in self.columns.items())
