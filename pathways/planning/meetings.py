"""When a body meets, and by when papers must be in.

A series is a rule and often an assumption; a known meeting is a fact and takes the place of the rule's in its month.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from pathways.planning.rules import BodyRule, Lead, LeadUnit, SeriesRule
from pathways.workdays import LAST_YEAR, Workdays

HORIZON_MONTHS = 24
"""How far ahead a next meeting is looked for; no body plans further."""


class Setting(NamedTuple):
    """When on the clock a meeting begins ("13:00"), and where it is; None where that is not known."""

    starts_at: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting of a body, with the dates that its lead times set."""

    body: str
    meeting_on: date
    summons_on: date
    committee_on: date
    hand_in_on: date
    is_known: bool  # a decided date; otherwise the series' guess


def list_meetings(
    body: BodyRule, first: date, last: date, *, free_months: Sequence[int], workdays: Workdays
) -> tuple[Meeting, ...]:
    """Return the body's meetings from `first` to `last`, both included, in order."""
    dates = {day for day in body.known_meetings if first <= day <= last}
    dates |= {day for day in _guesses(body, first, last, free_months, workdays) if first <= day <= last}
    return tuple(meeting_of(body, day, workdays) for day in sorted(dates))


def find_next_meeting(body: BodyRule, today: date, *, free_months: Sequence[int], workdays: Workdays) -> Meeting | None:
    """Return the first meeting whose hand-in date is not past; None if none is in sight for two years."""
    last = workdays.months_after(today, HORIZON_MONTHS)
    meetings = list_meetings(body, today, last, free_months=free_months, workdays=workdays)
    return next((meeting for meeting in meetings if meeting.hand_in_on >= today), None)


def find_last_meeting(body: BodyRule, by: date, *, free_months: Sequence[int], workdays: Workdays) -> Meeting | None:
    """Return the body's last meeting on or before the day; None if there was none for a year."""
    first = workdays.months_after(by, -12)
    meetings = list_meetings(body, first, by, free_months=free_months, workdays=workdays)
    return meetings[-1] if meetings else None


def meeting_of(body: BodyRule, meeting_on: date, workdays: Workdays) -> Meeting:
    """Return the body's meeting on this day with its three lead dates."""
    dates = {lead: lead_date(body, meeting_on, lead=lead, workdays=workdays) for lead in Lead}
    return Meeting(
        body=body.slug,
        meeting_on=meeting_on,
        summons_on=dates[Lead.SUMMONS],
        committee_on=dates[Lead.COMMITTEE],
        hand_in_on=dates[Lead.HAND_IN],
        is_known=meeting_on in body.known_meetings,
    )


def usual_setting(body: BodyRule | None) -> Setting:
    """Return when and where the body meets unless something else is written about a meeting."""
    if body is None or body.series is None:
        return Setting()
    starts_at = body.series.starts_at
    return Setting(f"{starts_at:%H:%M}" if starts_at is not None else None, body.series.place)


def lead_date(body: BodyRule, meeting_on: date, *, lead: Lead, workdays: Workdays) -> date:
    """Return the working day that lies the body's lead before the meeting; a lead of 0 is the meeting's own day."""
    length = body.lead.of(lead)
    if length == 0:
        return meeting_on
    if body.lead_unit is LeadUnit.WORKDAYS:
        return workdays.add(meeting_on, -length)
    return workdays.previous_workday(meeting_on - timedelta(days=length))


def nth_weekday(year: int, month: int, *, weekday: int, nth: int) -> date:
    """Return the nth such weekday of the month, or the last one for -1."""
    if nth == -1:
        following = date(year + month // 12, month % 12 + 1, 1)
        return following - timedelta(days=(following.weekday() - weekday - 1) % 7 + 1)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _guesses(body: BodyRule, first: date, last: date, free_months: Sequence[int], workdays: Workdays) -> Iterator[date]:
    """Yield what the series says for each month that holds no known meeting; a day off moves to the next workday."""
    if body.series is None:
        return
    settled = {(day.year, day.month) for day in body.known_meetings}
    for year in range(first.year, min(last.year, LAST_YEAR) + 1):
        for month in _months(body.series, free_months):
            if (year, month) not in settled:
                day = nth_weekday(year, month, weekday=body.series.weekday_number, nth=body.series.nth)
                yield workdays.next_workday(day)


def _months(series: SeriesRule, free_months: Sequence[int]) -> list[int]:
    return [month for month in series.months if month not in free_months]
