"""Periods: how long they are, when each begins and which one follows; weeks begin on a Monday as in ISO 8601."""

from datetime import date, timedelta
from enum import StrEnum

_DAYS = {"week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


class Every(StrEnum):
    """How often a value is read, and so how long a period is."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


def begin(day: date, every: Every) -> date:
    """Return the first day of the period that the day lies in; fortnights are counted from one Monday for all."""
    if every in _DAYS:
        start = date(2001, 1, 1)  # a Monday
        return day - timedelta(days=(day - start).days % _DAYS[every])
    months = _MONTHS[every]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def step(period: date, every: Every, count: int = 1) -> date:
    """Return the first day of the period that lies `count` periods on."""
    if every in _DAYS:
        return period + timedelta(days=_DAYS[every] * count)
    months = period.year * 12 + period.month - 1 + _MONTHS[every] * count
    return date(months // 12, months % 12 + 1, 1)
