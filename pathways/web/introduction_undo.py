"""For a few minutes after a move, the way to undo it: for whoever made it and may correct, while it is the newest."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pathways.queries.log_page import LoggedEvent
from pathways.web.history_shown import what_was_done
from pathways.web.visit import Visit

MINUTES = 10
NOT_UNDONE = frozenset({"start", "correct", "migrate"})


@dataclass(frozen=True, slots=True)
class Undo:
    """What can be undone, where, and until when."""

    what: str
    href: str
    until: datetime


def newest_undo(visit: Visit, slug: str, newest: LoggedEvent, introduction_id: int) -> Undo | None:
    """Return the way to undo the newest event if the visitor can do so now, else None."""
    until = newest.at + timedelta(minutes=MINUTES)
    mine = newest.actor_id == visit.visitor.person_id and visit.may("correct", introduction_id)
    if not mine or not newest.moved or newest.command in NOT_UNDONE or visit.now >= until:
        return None
    return Undo(what_was_done(visit, newest), f"/forlopp/{slug}/angra/{newest.seq}", until)
