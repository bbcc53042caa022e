"""The national calendar of consultations: when remiss windows and light rounds open and close.

Source: nationelltklinisktkunskapsstod.se, "Kunskapsstöd på remiss". An opening day that is a day off moves to the
next weekday, a closing day to the preceding one. Days off are the national ones; no region's closing days count.
Before 2021 windows were ad hoc, and the two known ones are listed as they were.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from pathways.workdays import FIRST_YEAR, LAST_YEAR, Workdays

NATIONAL = Workdays()
FIRST_REGULAR_YEAR = 2021


class WindowKind(StrEnum):
    """How the nation asks."""

    CONSULTATION = "consultation"  # remiss, open to all
    LIGHT = "light"  # synpunktsinhämtning, to the region's function mailbox only


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """One consultation window; both days belong to it."""

    opens_on: date
    closes_on: date
    kind: WindowKind = WindowKind.CONSULTATION

    def contains(self, day: date) -> bool:
        """Say whether the window is open on the day."""
        return self.opens_on <= day <= self.closes_on


# (opens month, day), (closes month, day); a closing month before the opening one lies in the year after.
_REGULAR: dict[WindowKind, tuple[tuple[tuple[int, int], tuple[int, int]], ...]] = {
    WindowKind.CONSULTATION: (
        ((2, 15), (4, 14)),
        ((4, 15), (6, 14)),
        ((9, 15), (11, 14)),
        ((11, 15), (2, 14)),
    ),
    WindowKind.LIGHT: (
        ((2, 1), (3, 1)),
        ((3, 1), (3, 29)),
        ((4, 1), (4, 29)),
        ((5, 2), (5, 30)),
        ((9, 1), (9, 29)),
        ((10, 1), (10, 29)),
        ((11, 1), (11, 29)),
        ((12, 1), (1, 29)),
    ),
}
_AD_HOC = (
    Window(date(2020, 1, 27), date(2020, 3, 6)),  # seven pathways (DOMAIN S18)
    Window(date(2020, 9, 16), date(2020, 11, 27)),  # three pathways (DOMAIN S4)
)


@lru_cache(maxsize=512)
def windows_of(year: int, kind: WindowKind = WindowKind.CONSULTATION) -> tuple[Window, ...]:
    """Return the windows that open in the year, in order; those known, for the years before 2021."""
    if year < FIRST_REGULAR_YEAR:
        return tuple(window for window in _AD_HOC if window.opens_on.year == year and window.kind == kind)
    return tuple(_window(year, opens, closes, kind) for opens, closes in _REGULAR[kind])


def window_containing(day: date, kind: WindowKind = WindowKind.CONSULTATION) -> Window | None:
    """Return the window open on the day, the newest one if two overlap; None between windows."""
    candidates = (*windows_of(day.year - 1, kind), *windows_of(day.year, kind))
    return next((window for window in reversed(candidates) if window.contains(day)), None)


def next_window(day: date, kind: WindowKind = WindowKind.CONSULTATION) -> Window | None:
    """Return the first window that opens after the day; None only at the end of the calendar's years."""
    years = range(max(day.year, FIRST_YEAR), LAST_YEAR)
    windows = (window for year in years for window in windows_of(year, kind))
    return next((window for window in windows if window.opens_on > day), None)


def _window(year: int, opens: tuple[int, int], closes: tuple[int, int], kind: WindowKind) -> Window:
    closing_year = year + 1 if closes < opens else year
    opens_on = NATIONAL.next_workday(date(year, *opens))
    closes_on = NATIONAL.previous_workday(date(closing_year, *closes))
    return Window(opens_on, closes_on, kind)
