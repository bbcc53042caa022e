"""A department's year: meetings and their hand-in days, the nation's consultations, reports to the state, loops. Pure.

What happens in the year is put under its months; something that lasts stands where it begins and where it ends.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pathways.planning.consultation import WindowKind, windows_of

REPORTS = (("interim", 9, 30), ("annual", 3, 31))
"""What the state is told of the money, and by when: agreement of 2022 (DOMAIN a.2)."""


class Kind(StrEnum):
    """What comes round in a year."""

    MEETING = "meeting"  # a body meets
    HAND_IN = "hand_in"  # the last day to hand papers in to a meeting
    CONSULTATION = "consultation"  # a consultation (remiss) is open
    LIGHT = "light"  # a light round (synpunktsinhämtning) is open
    LOOP = "loop"  # a learning loop is due, open or held
    FOLLOW_UP = "follow_up"  # a look back after the celebration
    REPORT = "report"  # a report to the state


NATIONAL = {WindowKind.CONSULTATION: Kind.CONSULTATION, WindowKind.LIGHT: Kind.LIGHT}


@dataclass(frozen=True, slots=True, order=True)
class Occasion:
    """One thing of the year. `body` is whose, `about` the introduction's name, `name` its pathway; `number` counts.

    `held_on` is the meeting that a hand-in day belongs to; `is_guess` tells that a series says so, and nobody yet.
    """

    on: date
    kind: Kind
    until_on: date | None = None
    body: str = ""
    about: str = ""
    name: str = ""
    number: int = 0
    held_on: date | None = None
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """An occasion under a month: on the day it is, or begins, or ends."""

    on: date
    occasion: Occasion
    is_end: bool


@dataclass(frozen=True, slots=True)
class Month:
    """One month: whether bodies rest in it, and what it holds in order of days."""

    first: date
    is_free: bool
    lines: tuple[Line, ...]


def national_occasions(year: int) -> Iterator[Occasion]:
    """Yield consultations and light rounds that are open at some time of the year."""
    for window_kind, kind in NATIONAL.items():
        for window in (*windows_of(year - 1, window_kind), *windows_of(year, window_kind)):
            if window.closes_on.year >= year:
                yield Occasion(window.opens_on, kind, window.closes_on)


def report_occasions(year: int) -> Iterator[Occasion]:
    """Yield the reports to the state."""
    for name, month, day in REPORTS:
        yield Occasion(date(year, month, day), Kind.REPORT, about=name)


def meeting_occasions(
    body: str, meetings: Iterable[tuple[date, date]], year: int, *, written: Collection[date] = ()
) -> Iterator[Occasion]:
    """Yield a body's meetings and hand-in days of the year, from pairs of both; they may lie in different years.

    Meetings that are not among those `written` are a guess.
    """
    for held_on, hand_in_on in meetings:
        guess = held_on not in written
        if held_on.year == year:
            yield Occasion(held_on, Kind.MEETING, body=body, is_guess=guess)
        if hand_in_on.year == year:
            yield Occasion(hand_in_on, Kind.HAND_IN, body=body, held_on=held_on, is_guess=guess)


def months_of(year: int, occasions: Iterable[Occasion], *, free_months: Sequence[int]) -> tuple[Month, ...]:
    """Return the twelve months with what happens in each."""
    lines = sorted(_lines(occasions, year), key=lambda line: (line.on, line.occasion.kind, line.occasion))
    return tuple(
        Month(
            date(year, number, 1),
            number in free_months,
            tuple(line for line in lines if line.on.month == number),
        )
        for number in range(1, 13)
    )


def _lines(occasions: Iterable[Occasion], year: int) -> Iterator[Line]:
    for one in occasions:
        if one.on.year == year:
            yield Line(one.on, one, is_end=False)
        if one.until_on is not None and one.until_on.year == year:
            yield Line(one.until_on, one, is_end=True)
