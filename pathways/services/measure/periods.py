"""Reads periods as people write them: "2026-05", "maj 2026", "v. 18 2026", "2026-W18", "kv 2 2026", "2026". Pure.

Whatever day of a period is written, its first day is what is kept.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from pathways.measurement.calendar import Every, begin, step

_NAMES = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
MONTHS = {**{name: number for number, name in enumerate(_NAMES, start=1)}, "may": 5, "oct": 10}
WEEKLY = frozenset({Every.WEEK, Every.FORTNIGHT})
_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{1,2})")
_NAMED = re.compile(r"([a-zåäö]{3})[a-zåäö]*\.? ?([0-9]{4})")
_WEEK = re.compile(r"([0-9]{4}) ?-?(?:v|w|vecka|week)\.? ?([0-9]{1,2})")
_WEEK_FIRST = re.compile(r"(?:v|w|vecka|week)\.? ?([0-9]{1,2})[ ,/-]+([0-9]{4})")
_QUARTER = re.compile(r"([0-9]{4}) ?-?(?:kv|k|q|kvartal|quarter)\.? ?([1-4])")
_QUARTER_FIRST = re.compile(r"(?:kv|k|q|kvartal|quarter)\.? ?([1-4])[ ,/-]+([0-9]{4})")
_YEAR = re.compile(r"([0-9]{4})")


def read_period(text: str, every: Every) -> date:
    """Return the first day of the period that is written; `ValueError` where it is none of this length."""
    cell = " ".join(text.casefold().split())
    if found := _DAY.fullmatch(cell):
        return begin(date(*map(int, found.groups())), every)
    if every in WEEKLY:
        year, week = _pair(cell, _WEEK, _WEEK_FIRST)
        return begin(date.fromisocalendar(year, week, 1), every)
    if every is Every.QUARTER and (_QUARTER.fullmatch(cell) or _QUARTER_FIRST.fullmatch(cell)):
        year, quarter = _pair(cell, _QUARTER, _QUARTER_FIRST)
        return date(year, quarter * 3 - 2, 1)
    if every is Every.YEAR:
        if found := _YEAR.fullmatch(cell):
            return date(int(found[1]), 1, 1)
        raise ValueError(text)
    return begin(_month(cell), every)


def ends(period: date, every: Every) -> date:
    """Return the last day of a period."""
    return step(period, every) - timedelta(days=1)


def example(every: Every) -> str:
    """Return how a period of this length may be written, for whoever wrote another."""
    return {
        Every.WEEK: "2026-W18",
        Every.FORTNIGHT: "2026-W19",
        Every.MONTH: "2026-05",
        Every.QUARTER: "2026-Q2",
        Every.YEAR: "2026",
    }[every]


def label(period: date, every: Every) -> str:
    """Return a period as it can be read back: "2026-W18", "2026-05", "2026-Q2", "2026"."""
    if every in WEEKLY:
        year, week, _ = period.isocalendar()
        return f"{year}-W{week:02}"
    if every is Every.MONTH:
        return f"{period:%Y-%m}"
    if every is Every.QUARTER:
        return f"{period.year}-Q{(period.month + 2) // 3}"
    return str(period.year)


def run_on(first: date, every: Every, count: int) -> list[date]:
    """Return `count` periods, one after the other."""
    return [step(first, every, place) for place in range(count)]


def next_period(known: Iterable[date], every: Every, today: date) -> date:
    """Return the period that values are most likely missing for: after the newest known, or the last that is over."""
    newest = max(known, default=None)
    over = step(begin(today, every), every, -1)
    return over if newest is None else min(step(newest, every), begin(today, every))


def _month(cell: str) -> date:
    if found := _MONTH.fullmatch(cell):
        return date(int(found[1]), int(found[2]), 1)
    if (found := _NAMED.fullmatch(cell)) and found[1] in MONTHS:
        return date(int(found[2]), MONTHS[found[1]], 1)
    raise ValueError(cell)


def _pair(cell: str, year_first: re.Pattern[str], year_last: re.Pattern[str]) -> tuple[int, int]:
    if found := year_first.fullmatch(cell):
        return int(found[1]), int(found[2])
    if found := year_last.fullmatch(cell):
        return int(found[2]), int(found[1])
    raise ValueError(cell)
