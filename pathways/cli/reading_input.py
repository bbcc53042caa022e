"""Reads what a person types: days, moments and JSON. What cannot be read is refused with what was expected."""

import json
from datetime import date, datetime
from typing import cast

from pathways.cli.usage import WrongUsage
from pathways.profiles.schema import Profile
from pathways.queries.moment import end_of_day
from pathways.workdays import FIRST_YEAR, LAST_YEAR


def read_moment(given: str, *, profile: Profile, now: datetime) -> datetime:
    """Return the moment that "as of" means: a day's end, or a time on the region's clocks unless it names its zone."""
    if len(given) <= len("2026-11-21"):
        return end_of_day(read_day(given), profile=profile, now=now)
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        raise WrongUsage("usage.date", given=given) from None
    _within_the_calendar(moment.date())
    return moment if moment.tzinfo else moment.replace(tzinfo=profile.region.zone)


def read_day(given: str) -> date:
    """Return a day."""
    try:
        day = date.fromisoformat(given)
    except ValueError:
        raise WrongUsage("usage.date", given=given) from None
    return _within_the_calendar(day)


def read_data(given: str) -> dict[str, object]:
    """Return the fields of a JSON object."""
    try:
        data = json.loads(given)
    except json.JSONDecodeError as error:
        raise WrongUsage("usage.json", line=error.lineno, column=error.colno) from error
    except RecursionError as error:
        raise WrongUsage("usage.json_object") from error
    if not isinstance(data, dict):
        raise WrongUsage("usage.json_object")
    return cast(dict[str, object], data)


def _within_the_calendar(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise WrongUsage("usage.date_range", given=day.isoformat(), first=FIRST_YEAR, last=LAST_YEAR)
    return day
