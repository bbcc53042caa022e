"""Turns values and periods into places in a drawing: the value axis with round numbers, the line of periods."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil, floor, log10

from pathways.measurement.calendar import Every, step

_ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)
_WANTED = 5  # numbers beside the value axis
_AIR = 0.06  # free above the highest and below the lowest, as a share of what is shown
_DRAWN_TO_ZERO = 0.25  # an axis that all but reaches zero may as well reach it


@dataclass(frozen=True, slots=True)
class Axis:
    """The values that are in view, and the round ones among them that are written."""

    low: float
    high: float
    ticks: tuple[float, ...]

    @property
    def is_cut(self) -> bool:
        """Say whether zero lies outside, so that heights must not be compared."""
        return self.low > 0 or self.high < 0

    @property
    def decimals(self) -> int:
        """Return how many decimals tell the ticks apart."""
        if len(self.ticks) < 2:
            return 0
        apart = min(b - a for a, b in pairwise(self.ticks))
        return next((n for n in range(7) if abs(round(apart, n) - apart) < apart / 1000), 6)


def fit(values: Iterable[float], *, share: bool = False, wanted: int = _WANTED) -> Axis:
    """Return the axis on which all of these are seen; a share of a whole lies between 0 and 100."""
    known = list(values) or [0.0, 100.0 if share else 1.0]
    least, most = min(known), max(known)
    if least == most:
        spread = abs(least) * 0.1 or 1.0
        least, most = least - spread, most + spread
    air = (most - least) * _AIR
    low, high = _with_air(least, -air), _with_air(most, air)
    if 0 < low < (high - low) * _DRAWN_TO_ZERO:
        low = 0.0
    size = _round_step((high - low) / wanted)
    low, high = floor(low / size + 1e-9) * size, ceil(high / size - 1e-9) * size
    if share:
        low, high = max(low, 0.0), min(high, 100.0)
    first, last = ceil(low / size - 1e-9), floor(high / size + 1e-9)
    return Axis(low, high, tuple(round(number * size, 10) for number in range(first, last + 1)))


def _with_air(value: float, air: float) -> float:
    """Air is no reason to pass zero."""
    return 0.0 if value * (value + air) < 0 else value + air


def _round_step(rough: float) -> float:
    """Return the next round number: 1, 2, 2.5 or 5 times a power of ten."""
    power = 10.0 ** floor(log10(rough))
    return next(one for one in (each * power for each in _ROUND) if one >= rough * 0.999)


@dataclass(frozen=True, slots=True)
class Room:
    """The rectangle in which the curve is drawn."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Return the right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Return the lower edge."""
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a value and a period lie."""

    room: Room
    axis: Axis
    periods: Sequence[date]
    every: Every

    @property
    def slot(self) -> float:
        """Return the width of one period."""
        return self.room.width / max(len(self.periods), 1)

    def x(self, index: int) -> float:
        """Return the middle of a period by its position."""
        return round(self.room.left + (index + 0.5) * self.slot, 1)

    def y(self, value: float) -> float:
        """Return the height of a value, held inside the room."""
        span = self.axis.high - self.axis.low
        share = min(max((value - self.axis.low) / span, 0.0), 1.0)
        return round(self.room.bottom - share * self.room.height, 1)

    def index(self, period: date) -> int:
        """Return the position of the period that a day lies in; -1 before the first, the last for all after it."""
        found = -1
        for number, start in enumerate(self.periods):
            if start <= period:
                found = number
        return found

    def edge(self, day: date) -> float:
        """Return the place of a day: a period runs from the one edge of its slot to the other."""
        at = self.index(day)
        if at < 0:
            return self.room.left
        start = self.periods[at]
        length = (step(start, self.every) - start).days
        share = min((day - start).days / length, 1.0)
        return round(min(self.room.left + (at + share) * self.slot, self.room.right), 1)


def year_of(period: date, every: Every) -> int:
    """Return the year that a period belongs to: a week's is that of its Thursday."""
    return period.isocalendar().year if every in {Every.WEEK, Every.FORTNIGHT} else period.year
