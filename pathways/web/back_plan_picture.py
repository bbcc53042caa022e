"""Puts the steps of a way back onto a line of days: where each bar, month and today lie, in hundredths (pure)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pathways.planning.backward import PlannedStep
from pathways.workdays import Workdays

MARGIN = timedelta(days=4)
NARROWEST = 0.8
MOST_MONTHS = 14
"""More months than these would write over each other: then only every third is named."""


@dataclass(frozen=True, slots=True)
class Month:
    """The first day of a month on the line; `is_named` where there is room for its name."""

    x: float
    on: date
    is_named: bool


@dataclass(frozen=True, slots=True)
class Line:
    """The line of days that all steps share."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """Return where a day lies, held inside the line."""
        inside = min(max(day, self.first), self.last)
        return round(100 * (inside - self.first).days / (self.last - self.first).days, 2)

    def shows(self, day: date) -> bool:
        """Say whether a day lies on the line."""
        return self.first <= day <= self.last

    def width(self, step: PlannedStep) -> float:
        """Return how wide a step's bar is; a step of one day is a mark and has no width."""
        if step.starts_on == step.ends_on:
            return 0.0
        return max(NARROWEST, round(self.x(step.ends_on) - self.x(step.starts_on), 2))

    @property
    def months(self) -> tuple[Month, ...]:
        """Return the months that begin on the line, in order."""
        return tuple(self._months())

    def _months(self) -> Iterator[Month]:
        every = 3 if (self.last - self.first).days > MOST_MONTHS * 31 else 1
        day = Workdays.months_after(self.first.replace(day=1), 1)
        while day < self.last:
            has_room = self.x(day) < 93
            yield Month(self.x(day), day, is_named=has_room and (day.month - 1) % every == 0)
            day = Workdays.months_after(day, 1)


def line_for(steps: Iterable[PlannedStep], *, meeting_on: date, today: date) -> Line:
    """Return a line from the first step, or from today if that is nearer, to the meeting."""
    starts = [step.starts_on for step in steps]
    first = min([*starts, meeting_on])
    if first < today < meeting_on or (today < first and (first - today).days < 60):
        first = min(first, today)
    return Line(first - MARGIN, max(meeting_on, first + timedelta(days=30)) + MARGIN)
