"""Months as a reader calls them."""

from datetime import date

from babel.dates import format_date

from pathways.web.visit import Visit


def month_name(visit: Visit, day: date) -> str:
    """Return "december", or "December" in English."""
    return format_date(day, "LLLL", visit.formats.locale)


def short_month(visit: Visit, day: date) -> str:
    """Return "dec." with the year where a year begins: it stands at the first day of the month on a line."""
    return format_date(day, "LLL y" if day.month == 1 else "LLL", visit.formats.locale)
