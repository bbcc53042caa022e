"""The forms of days, months and numbers in a language, by the standard tables; pure.

Locales and patterns are parsed once: a page of charts writes thousands of numbers.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import NumberPattern, parse_pattern

LOCALES: Mapping[str, str] = {"sv": "sv_SE", "en": "en_GB"}
NO_BREAK = "\N{NO-BREAK SPACE}"
MOST_DECIMALS = 6
_KEPT = 2048


@cache
def locale_of(language: str) -> Locale:
    """Return the locale that a language's forms follow."""
    return Locale.parse(LOCALES[language])


@lru_cache(_KEPT)
def short_day(day: date, language: str) -> str:
    """Return "3 dec. 2026"."""
    return format_date(day, "d MMM y", locale_of(language))


@lru_cache(_KEPT)
def plain_day(day: date, language: str) -> str:
    """Return "3 december 2026"."""
    return format_date(day, "d MMMM y", locale_of(language))


@lru_cache(_KEPT)
def long_day(day: date, language: str) -> str:
    """Return "torsdag 3 december 2026"."""
    return format_date(day, "EEEE d MMMM y", locale_of(language))


def wall_clock(clock: str, language: str) -> str:
    """Return a time that is kept as "14:05" with the sign that the language sets between hours and minutes."""
    return clock.replace(":", "." if language == "sv" else ":")


@lru_cache(_KEPT)
def month(day: date, language: str) -> str:
    """Return "december 2026"."""
    return format_date(day, "LLLL y", locale_of(language))


@lru_cache(_KEPT)
def short_month(day: date, language: str) -> str:
    """Return "dec", without the point that Swedish sets after it."""
    return format_date(day, "LLL", locale_of(language)).rstrip(".")


def decimal(value: float, language: str, *, decimals: int = MOST_DECIMALS, fixed: bool = False) -> str:
    """Return a number with at most so many decimals; `fixed` writes all of them."""
    written: str = _pattern(decimals, fixed=fixed).apply(value, locale_of(language))
    return written


@cache
def _pattern(decimals: int, *, fixed: bool) -> NumberPattern:
    return parse_pattern(f"#,##0.{('0' if fixed else '#') * decimals}" if decimals else "#,##0")
