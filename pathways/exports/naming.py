"""What an exported log calls things: by their names, or by numbers on days that are not theirs."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from pathways.queries.process_log import LogHead, Trace

FIRST_DAY = date(2001, 1, 1)  # a Monday
WEEK = 7


@dataclass(frozen=True, slots=True)
class Naming:
    """The names of one log.

    Without names, pathways, units and bodies are numbered as they come, and all days are moved by the same number of
    weeks: the first event lies in the first week of 2001, and lengths, weekdays and order are as they were.
    """

    head: LogHead
    is_anonymous: bool = False
    _pathways: dict[str, int] = field(default_factory=dict)

    @property
    def log(self) -> str:
        """Return what the log is called."""
        return "Förlopp" if self.is_anonymous else f"Förlopp, {self.head.region}"

    def case(self, number: int, trace: Trace) -> str:
        """Return the key of the trace that comes as number so and so, from 1."""
        return f"case-{number}" if self.is_anonymous else f"{trace.slug}-{trace.number}"

    def pathway(self, trace: Trace) -> str:
        """Return the name of a trace's pathway."""
        if not self.is_anonymous:
            return trace.pathway
        return f"pathway-{self._pathways.setdefault(trace.slug, len(self._pathways) + 1)}"

    def body(self, body_id: int) -> str:
        """Return the name of a body."""
        return f"body-{body_id}" if self.is_anonymous else self.head.bodies.get(body_id, f"body-{body_id}")

    def unit(self, unit_id: int) -> str:
        """Return the name of a unit."""
        return f"unit-{unit_id}" if self.is_anonymous else self.head.units.get(unit_id, f"unit-{unit_id}")

    def moment(self, at: datetime) -> str:
        """Return an instant as the log tells it, in UTC with milliseconds."""
        return (at.astimezone(UTC) - self._moved).isoformat(timespec="milliseconds")

    def day(self, day: date) -> str:
        """Return a day as the log tells it: its first instant."""
        on = day - self._moved
        return datetime(on.year, on.month, on.day, tzinfo=UTC).isoformat(timespec="milliseconds")

    @property
    def _moved(self) -> timedelta:
        if not self.is_anonymous or self.head.first_at is None:
            return timedelta()
        days = (self.head.first_at.astimezone(UTC).date() - FIRST_DAY).days
        return timedelta(days=days - days % WEEK)
