"""The year as a wheel: where each month, dot and arc lies on a round picture, January at the top, clockwise (pure)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import cos, pi, sin

from pathways.planning.year_wheel import Kind, Month, Occasion

SIZE = 520
MIDDLE = SIZE / 2
RIM = 222
RINGS: dict[Kind, int] = {
    Kind.MEETING: 204,
    Kind.HAND_IN: 182,
    Kind.CONSULTATION: 158,
    Kind.LIGHT: 138,
    Kind.LOOP: 114,
    Kind.FOLLOW_UP: 92,
    Kind.REPORT: 70,
}
INNER = 48
LABEL = 240


@dataclass(frozen=True, slots=True)
class Sector:
    """One month of the wheel: its outline, and where its name stands."""

    path: str
    x: float
    y: float
    month: Month


@dataclass(frozen=True, slots=True)
class Spot:
    """One day on its ring."""

    x: float
    y: float
    kind: Kind


@dataclass(frozen=True, slots=True)
class Arc:
    """Something that lasts, along its ring."""

    path: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Wheel:
    """The wheel of one year."""

    year: int

    @property
    def days(self) -> int:
        """Return how many days the year has."""
        return (date(self.year + 1, 1, 1) - date(self.year, 1, 1)).days

    def sectors(self, months: Sequence[Month]) -> Iterator[Sector]:
        """Yield the months."""
        for month in months:
            following = date(month.first.year + month.first.month // 12, month.first.month % 12 + 1, 1)
            begin, end = self._turn(month.first), self._turn(following)
            x, y = self._point((begin + end) / 2, LABEL)
            yield Sector(self._slice(begin, end), x, y, month)

    def spots(self, occasions: Iterable[Occasion]) -> Iterator[Spot]:
        """Yield the days that stand alone."""
        for one in occasions:
            if one.until_on is None:
                yield Spot(*self._point(self._turn(one.on) + 0.5 / self.days, RINGS[one.kind]), one.kind)

    def arcs(self, occasions: Iterable[Occasion]) -> Iterator[Arc]:
        """Yield what lasts, as far as it lies in the year."""
        for one in occasions:
            if one.until_on is not None:
                begin = self._turn(max(one.on, date(self.year, 1, 1)))
                end = self._turn(min(one.until_on, date(self.year, 12, 31)) + timedelta(days=1))
                yield Arc(self._arc(begin, end, RINGS[one.kind]), one.kind)

    def hand(self, day: date) -> tuple[float, float, float, float] | None:
        """Return the line of a day from the middle to the rim; None for a day of another year."""
        if day.year != self.year:
            return None
        turn = self._turn(day) + 0.5 / self.days
        return (*self._point(turn, INNER), *self._point(turn, RIM))

    def _turn(self, day: date) -> float:
        """Return which part of the whole round has gone by when a day begins."""
        return (day - date(self.year, 1, 1)).days / self.days

    @staticmethod
    def _point(turn: float, radius: float) -> tuple[float, float]:
        angle = 2 * pi * turn - pi / 2
        return round(MIDDLE + radius * cos(angle), 1), round(MIDDLE + radius * sin(angle), 1)

    def _arc(self, begin: float, end: float, radius: float) -> str:
        (x1, y1), (x2, y2) = self._point(begin, radius), self._point(end, radius)
        return f"M{x1} {y1}A{radius} {radius} 0 {int(end - begin > 0.5)} 1 {x2} {y2}"

    def _slice(self, begin: float, end: float) -> str:
        (x1, y1), (x2, y2) = self._point(end, INNER), self._point(begin, INNER)
        return f"{self._arc(begin, end, RIM)}L{x1} {y1}A{INNER} {INNER} 0 0 0 {x2} {y2}Z"
