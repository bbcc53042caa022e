"""How a date is named in every calendar, for ever, and when a learning loop is suggested to meet (pure).

The same names stand in the calendar files of mails, so that a mail and a feed speak of one thing.
"""

from datetime import date, datetime, time

from pathways.planning.instants import local_instant
from pathways.profiles.schema import Profile

LOOP_MINUTES = 45
LOOP_STARTS = time(13, 0)


def meeting_uid(meeting_id: int, code: str) -> str:
    """Return the name of a body's meeting."""
    return f"meeting-{meeting_id}@{code}"


def hand_in_uid(meeting_id: int, code: str) -> str:
    """Return the name of the last day to hand papers in to a meeting."""
    return f"hand-in-{meeting_id}@{code}"


def loop_uid(introduction_id: int, number: int, code: str) -> str:
    """Return the name of a learning loop, from when it is planned until it is held."""
    return f"loop-{introduction_id}-{number}@{code}"


def task_uid(introduction_id: int, ref: str, code: str) -> str:
    """Return the name of a task's day."""
    return f"task-{introduction_id}-{ref}@{code}"


def follow_up_uid(introduction_id: int, ref: str, code: str) -> str:
    """Return the name of a follow-up after the celebration."""
    return f"follow-up-{introduction_id}-{ref}@{code}"


def window_uid(kind: str, opens_on: date, way: str, code: str) -> str:
    """Return the name of the day on which a national window opens or closes; the year and place never change."""
    return f"{kind}-{opens_on:%Y-%m}-{way}@{code}"


def suggested_meeting(profile: Profile, opened_on: date) -> tuple[date, datetime]:
    """Return the day and the instant at which a loop that was opened on a day is suggested to be held."""
    day = profile.workdays.add(opened_on, max(1, profile.loops.hold_within_workdays // 2))
    return day, local_instant(day, LOOP_STARTS, profile.region.zone)
