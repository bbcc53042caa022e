"""The kinds of value that data files may hold, each with the one spelling it accepts.

A refused value raises with the id of the sentence that says what was expected; `reading.model` adds file
and line.
"""

import re
from datetime import date, datetime, time
from functools import cache
from typing import Annotated, LiteralString
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

EARLIEST, LATEST = date(1990, 1, 1), date(2199, 12, 31)
"""Days outside are slips of the pen: nothing in the process is that old or that far away."""


def _refuse(sentence: LiteralString) -> PydanticCustomError:
    return PydanticCustomError(sentence, sentence)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or "\x00" in value:
        raise _refuse("input.expected_text")
    return value.strip()


def _slug(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"(?=.{1,60}$)[a-z0-9]+(?:[-_][a-z0-9]+)*", value):
        raise _refuse("input.expected_slug")
    return value


def _day(value: object) -> date:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        try:
            value = date.fromisoformat(value)
        except ValueError as fault:
            raise _refuse("input.expected_date") from fault
    if not isinstance(value, date) or isinstance(value, datetime) or not EARLIEST <= value <= LATEST:
        raise _refuse("input.expected_date")
    return value


def _wall_clock(value: object) -> time:
    if isinstance(value, time):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        raise _refuse("input.expected_time")
    return time.fromisoformat(value)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())  # looks through a folder of the system


def _zone_name(value: object) -> str:
    if not isinstance(value, str) or value not in _zones():
        raise _refuse("input.expected_time_zone")
    return ZoneInfo(value).key


def _region_code(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"SE-[A-Z]{1,2}", value):
        raise _refuse("input.expected_region_code")
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _refuse("input.expected_number")
    return float(value)


def _address(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"https?://[^\s/]+\.[^\s]+", value):
        raise _refuse("input.expected_address")
    return value


Text = Annotated[str, BeforeValidator(_text)]
Slug = Annotated[str, BeforeValidator(_slug)]
Day = Annotated[date, BeforeValidator(_day)]
WallClock = Annotated[time, BeforeValidator(_wall_clock)]
ZoneName = Annotated[str, BeforeValidator(_zone_name)]
Number = Annotated[float, BeforeValidator(_number)]
Address = Annotated[str, BeforeValidator(_address)]
RegionCode = Annotated[str, BeforeValidator(_region_code)]


class Part(BaseModel):
    """A part of a data file: frozen, and strict about its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LocalText(Part):
    """One text in both languages of the product."""

    sv: Text
    en: Text

    def in_language(self, language: str) -> str:
        """Return the English text for "en" and the Swedish one for anything else."""
        return self.en if language == "en" else self.sv
