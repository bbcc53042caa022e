"""When the next rung of the reminder ladder falls for a task (pure). Who is told, and how, is decided by the sweep."""

from datetime import date, datetime, time

from pathways.planning.instants import local_instant
from pathways.profiles.schema import Profile, Rung

REMIND_AT = time(8, 0)


def rung_at(profile: Profile, due_on: date, rung: int) -> datetime | None:
    """Return when rung number `rung` (0 is the first) falls for a task due on `due_on`; None above the last."""
    if rung >= len(profile.ladder):
        return None
    day = rung_day(profile, due_on, profile.ladder[rung])
    return local_instant(day, REMIND_AT, profile.region.zone)


def rung_day(profile: Profile, due_on: date, rung: Rung) -> date:
    """Return the working day of a rung: so many working days from the due day; the due day itself may be moved on."""
    if rung.workdays == 0:
        return profile.workdays.next_workday(due_on)
    return profile.workdays.add(due_on, rung.workdays)


def first_rung(profile: Profile, due_on: date, now: datetime) -> tuple[int, datetime | None]:
    """Return the first rung that still lies ahead, with its instant; those that passed are skipped."""
    for number in range(len(profile.ladder)):
        at = rung_at(profile, due_on, number)
        if at is not None and at > now:
            return number, at
    return len(profile.ladder), None
