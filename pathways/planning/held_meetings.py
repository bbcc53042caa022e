"""When a body really meets: what a region has written, and its series only where nothing is written yet. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pathways.planning.meetings import list_meetings
from pathways.planning.rules import BodyRule
from pathways.workdays import Workdays

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Kept:
    """One meeting as the region has it written: its day, and whether it was cancelled."""

    body: str
    held_on: date
    cancelled: bool


def days_of(
    body: BodyRule, kept: Iterable[Kept], *, first: date, last: date, free_months: tuple[int, ...], workdays: Workdays
) -> tuple[date, ...]:
    """Return the days from `first` to `last` on which the body meets, in order.

    Between the first and the last meeting written only what is written counts; before and after, the rule does.
    """
    own = sorted((one for one in kept if one.body == body.slug), key=lambda one: one.held_on)
    days = {one.held_on for one in own if not one.cancelled and first <= one.held_on <= last}
    spans = [(first, last)]
    if own:
        spans = [(first, own[0].held_on - ONE_DAY), (own[-1].held_on + ONE_DAY, last)]
    for begin, end in spans:
        guessed = list_meetings(body, begin, end, free_months=free_months, workdays=workdays) if begin <= end else ()
        days |= {meeting.meeting_on for meeting in guessed}
    return tuple(sorted(days))
