"""Which days are worked in Sweden, and counting in them.

National days off are the categories "public" and "de_facto" of the package holidays: the public ones are the
law's (SFS 1989:253), the de facto ones are midsommarafton, julafton and nyårsafton, which semesterlagen
(SFS 1977:480, section 7) puts on a level with Sundays. Saturdays and Sundays are never worked. A region adds
closing days, and may give bridge days (klämdagar) off. Instants and time zones are `planning.instants`.
"""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from holidays import country_holidays

from pathways.errors import PathwaysError

FIRST_YEAR, LAST_YEAR = 1990, 2199
ONE_DAY = timedelta(days=1)


class DateOutOfRange(PathwaysError):
    """The date lies outside the years that the calendar is kept for."""

    sentence = "error.date_out_of_range"


class MoveRule(StrEnum):
    """What happens to a date that is not a working day."""

    NEXT = "next"  # the first working day after it
    PREVIOUS = "previous"  # the last working day before it
    NEAREST = "nearest"  # the closer of the two; the later one if both are as close
    KEEP = "keep"  # it stays


@dataclass(frozen=True)
class Workdays:
    """The working days of one region; the default is the national calendar without local days off.

    A year is worked out once and kept, so that a sweep may ask thousands of times.
    """

    closing_days: frozenset[date] = frozenset()
    bridge_days_free: bool = False
    _years: dict[int, tuple[date, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def is_workday(self, day: date) -> bool:
        """Say whether the day is worked."""
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise DateOutOfRange(date=day.isoformat(), first=FIRST_YEAR, last=LAST_YEAR)
        if day.weekday() > 4 or day in _national_days_off(day.year) or day in self.closing_days:
            return False
        return not (self.bridge_days_free and is_bridge_day(day))

    def next_workday(self, day: date) -> date:
        """Return the day itself if it is worked, else the first working day after it."""
        return self._at(day.year, bisect_left(self._worked(day.year), day))

    def previous_workday(self, day: date) -> date:
        """Return the day itself if it is worked, else the last working day before it."""
        return self._at(day.year, bisect_right(self._worked(day.year), day) - 1)

    def add(self, day: date, n: int) -> date:
        """Return the nth working day after the day, before it if n is negative; n = 0 is `next_workday`."""
        if n == 0:
            return self.next_workday(day)
        worked = self._worked(day.year)
        if n > 0:
            return self._at(day.year, bisect_right(worked, day) + n - 1)
        return self._at(day.year, bisect_left(worked, day) + n)

    def count(self, first: date, last: date) -> int:
        """Return how many working days lie after `first` up to and with `last`; negative if `last` is before."""
        if last < first:
            return -self.count(last, first)
        years = range(first.year, last.year + 1)
        return sum(bisect_right(self._worked(y), last) - bisect_right(self._worked(y), first) for y in years)

    def move(self, day: date, rule: MoveRule | str) -> date:
        """Return the working day that takes the place of a day that is not worked; a worked day stays."""
        following, preceding = self.next_workday(day), self.previous_workday(day)
        match MoveRule(rule):
            case MoveRule.NEXT:
                return following
            case MoveRule.PREVIOUS:
                return preceding
            case MoveRule.NEAREST:
                return following if following - day <= day - preceding else preceding
            case MoveRule.KEEP:
                return day

    @staticmethod
    def months_after(anchor: date, n: int) -> date:
        """Return the same day of the month n months on, or the month's last day where it has no such day.

        Count from the anchor, never from the date before: 30 Nov gives 28 Feb and then 30 May, not 28 May.
        """
        year, month = divmod(anchor.year * 12 + anchor.month - 1 + n, 12)
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise DateOutOfRange(date=str(year), first=FIRST_YEAR, last=LAST_YEAR)
        return date(year, month + 1, min(anchor.day, monthrange(year, month + 1)[1]))

    def _at(self, year: int, index: int) -> date:
        """Return the working day at an index that may lie before or beyond the year."""
        while index < 0:
            year -= 1
            index += len(self._worked(year))
        while index >= len(worked := self._worked(year)):
            index -= len(worked)
            year += 1
        return worked[index]

    def _worked(self, year: int) -> Sequence[date]:
        # Two threads may both work a year out; they store the same value.
        if (known := self._years.get(year)) is None:
            if not FIRST_YEAR <= year <= LAST_YEAR:
                raise DateOutOfRange(date=str(year), first=FIRST_YEAR, last=LAST_YEAR)
            known = self._years[year] = tuple(day for day in _days_of(year) if self.is_workday(day))
        return known


def is_bridge_day(day: date) -> bool:
    """Say whether a day worked nationally stands alone between two days off (klämdag)."""
    return not _is_off(day) and _is_off(day - ONE_DAY) and _is_off(day + ONE_DAY)


def _is_off(day: date) -> bool:
    return day.weekday() > 4 or day in _national_days_off(day.year)


def _days_of(year: int) -> Sequence[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range(366 if monthrange(year, 2)[1] == 29 else 365)]


@lru_cache(maxsize=512)
def _national_days_off(year: int) -> frozenset[date]:
    categories = ("public", "de_facto")
    return frozenset(country_holidays("SE", categories=categories, include_sundays=False, years=year))
