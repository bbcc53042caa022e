"""Dates, instants, numbers and titles as a reader of Swedish or English expects them; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_time
from babel.numbers import format_decimal

from pathways.locale import Texts
from pathways.locale.forms import LOCALES, NO_BREAK, long_day, short_day, wall_clock

__all__ = ["LOCALES", "NO_BREAK", "Formatting"]


@dataclass(frozen=True, slots=True)
class Formatting:
    """The forms of one language in one region's time zone."""

    texts: Texts
    zone: ZoneInfo

    @property
    def locale(self) -> str:
        """Return the locale that dates and numbers follow."""
        return LOCALES[self.texts.language]

    def day(self, day: date | None) -> str:
        """Return "3 dec. 2026", or a dash where there is none."""
        return short_day(day, self.texts.language) if day else "–"

    def long_day(self, day: date) -> str:
        """Return "torsdag 3 december 2026"."""
        return long_day(day, self.texts.language)

    def moment(self, at: datetime | None) -> str:
        """Return the region's wall clock at an instant: "3 dec. 2026 kl. 14.05"."""
        if at is None:
            return "–"
        local = at.astimezone(self.zone)
        clock = format_time(local, "HH:mm" if self.texts.language == "en" else "HH.mm", locale=self.locale)
        return self.texts.say("web.frame.moment", day=self.day(local.date()), clock=clock)

    def clock(self, clock: str | None) -> str:
        """Return a time on the wall clock as it is written, "14.05"; nothing where there is none."""
        return wall_clock(clock, self.texts.language) if clock else ""

    def number(self, value: float | int | None) -> str:
        """Return a number with the language's own separators, or a dash where there is none."""
        return format_decimal(value, locale=self.locale) if value is not None else "–"

    def title(self, title: str | Mapping[str, str]) -> str:
        """Return a title that may be given in both languages."""
        return title if isinstance(title, str) else title[self.texts.language]
