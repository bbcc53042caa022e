"""Which number the next change of a date will have, so that a mail's calendar file and the feed agree."""

from sqlalchemy import bindparam, select

from pathways.models.calendar import CalendarEntry
from pathways.storage.unit_of_work import UnitOfWork, table_of

_entry = table_of(CalendarEntry)
_SEQUENCE = select(_entry.c.sequence).where(_entry.c.region_id == bindparam("region"), _entry.c.uid == bindparam("uid"))


def next_sequence(work: UnitOfWork, *, region_id: int, uid: str) -> int:
    """Return the number that a change made now will have in the feed: 0 for a date that is not there yet."""
    stored = work.value(_SEQUENCE, {"region": region_id, "uid": uid})
    return 0 if stored is None else int(stored) + 1
