"""Finds the open comment round and the units that were asked in it."""

from pathways.errors import Refused
from pathways.models.plan import CommentRound, RoundState
from pathways.models.plan_comment import CommentInvitation
from pathways.services.case import Case
from pathways.services.lookup import rows_of
from pathways.storage.unit_of_work import Row


def open_round_of(case: Case) -> Row:
    """Return the round that is open; refuse where none is."""
    opened = rows_of(case, CommentRound, state=RoundState.OPEN)
    if not opened:
        raise Refused("error.comment_round_not_open")
    return opened[-1]


def invitation_of(case: Case, opened: Row, unit_id: int, *, unit: str) -> Row:
    """Return a unit's invitation to the round; refuse a unit that was not asked."""
    found = rows_of(case, CommentInvitation, round_ref=opened["ref"], unit_id=unit_id)
    if not found:
        raise Refused("error.not_asked_to_comment", unit=unit)
    return found[-1]
