"""Puts times onto a line of days: the middle half, the median, and each that is still going on (pure)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pathways.measurement.lasting import Lasted

STEPS = (1, 2, 5, 10, 20, 30, 60, 90, 180, 365, 730, 1095)
MOST_TICKS = 6


@dataclass(frozen=True, slots=True)
class Dot:
    """One time on the line; one that is not over is drawn hollow."""

    x: float
    is_over: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One line: the middle half with its median where there are enough, and dots. An open band has no known end."""

    left: float | None
    right: float | None
    is_open: bool
    median: float | None
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """The line of days that all rows share."""

    last: int
    step: int

    @property
    def ticks(self) -> Sequence[int]:
        """Return the days that are written out."""
        return range(0, self.last + 1, self.step)

    def x(self, days: int) -> float:
        """Return where a number of days lies, in hundredths of the width."""
        return round(100 * min(days, self.last) / self.last, 2)

    def row(self, known: Lasted) -> Row:
        """Return the drawing of some times: where a middle is known that and what goes on, else every one."""
        first, third = known.curve.middle_half if known.has_middle else (None, None)
        dots = tuple(Dot(self.x(span.days), span.is_over) for span in known.spans if first is None or not span.is_over)
        if first is None:
            return Row(None, None, is_open=False, median=None, dots=dots)
        median = known.curve.median
        right = 100.0 if third is None else self.x(third)
        return Row(self.x(first), right, third is None, None if median is None else self.x(median), dots)


def scale_of(times: Iterable[Lasted]) -> Scale:
    """Return a line that is long enough for all times, in round steps."""
    longest = max((span.days for known in times for span in known.spans), default=0)
    step = next((step for step in STEPS if step * (MOST_TICKS - 1) >= longest), STEPS[-1])
    count = max(1, -(-longest // step))
    return Scale(step * count, step)
