"""Puts days onto a line: where each bar, milestone and quarter lies, in hundredths of the width (pure)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pathways.queries.timeline import Bar, Lane, Mark
from pathways.workdays import Workdays

MONTHS_BACK, MONTHS_AHEAD = 24, 18
"""What lies further off is cut off: a line of many years would show nothing of this one."""
_QUARTER = 3
_LETTER, _MARGIN = 0.68, 0.9
"""What a letter, and the room around a word, take of the width on a desk; on narrower screens no word is shown."""


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of a year, where it begins; `is_year` tells the first of a year, and the first that is shown."""

    x: float
    number: int
    year: int
    is_year: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A bar on the line, with the word inside it where there is room for it."""

    bar: Bar
    x: float
    width: float
    word: str


@dataclass(frozen=True, slots=True)
class Point:
    """A milestone on the line."""

    mark: Mark
    x: float


@dataclass(frozen=True, slots=True)
class Scale:
    """The line of days that all lanes share."""

    first: date
    last: date
    today: date

    def x(self, day: date) -> float:
        """Return where a day lies, held inside the line."""
        inside = min(max(day, self.first), self.last)
        return round(100 * (inside - self.first).days / (self.last - self.first).days, 2)

    def shows(self, day: date) -> bool:
        """Say whether a day lies on the line."""
        return self.first <= day <= self.last

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        """Return the quarters in order."""
        return tuple(self._quarters())

    def blocks(self, lane: Lane, words: Sequence[str]) -> tuple[Block, ...]:
        """Return a lane's bars, each with its word; those outside the line are left out."""
        return tuple(
            self._block(bar, word)
            for bar, word in zip(lane.bars, words, strict=True)
            if bar.until_on >= self.first and bar.from_on <= self.last
        )

    def points(self, lane: Lane) -> tuple[Point, ...]:
        """Return a lane's milestones that lie on the line."""
        return tuple(Point(mark, self.x(mark.on)) for mark in lane.marks if self.shows(mark.on))

    def _block(self, bar: Bar, word: str) -> Block:
        """A day alone is as wide as can be seen."""
        left, right = self.x(bar.from_on), self.x(bar.until_on)
        width = round(max(right - left, 0.4), 2)
        has_room = width >= len(word) * _LETTER + _MARGIN
        return Block(bar, min(left, 100 - width), width, word if has_room else "")

    def _quarters(self) -> Iterator[Quarter]:
        day = self.first
        while day < self.last:
            number = (day.month - 1) // _QUARTER + 1
            yield Quarter(self.x(day), number, day.year, is_year=number == 1 or day == self.first)
            day = Workdays.months_after(day, _QUARTER)


def scale_for(lanes: Iterable[Lane], *, today: date) -> Scale:
    """Return the line from the first quarter that something happens in to the last; today's and the next at least."""
    days = [day for lane in lanes for bar in lane.bars for day in (bar.from_on, bar.until_on)]
    days += [mark.on for lane in lanes for mark in lane.marks]
    earliest, latest = Workdays.months_after(today, -MONTHS_BACK), Workdays.months_after(today, MONTHS_AHEAD)
    first = min(max(min(days, default=today), earliest), today)
    last = max(min(max(days, default=today), latest), today)
    following = Workdays.months_after(_quarter_of(last), _QUARTER)
    soon = Workdays.months_after(_quarter_of(today), 2 * _QUARTER)
    return Scale(_quarter_of(first), max(following, soon), today)


def _quarter_of(day: date) -> date:
    return date(day.year, (day.month - 1) // _QUARTER * _QUARTER + 1, 1)
