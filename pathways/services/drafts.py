"""Keeps what a person has typed and not yet sent, so that a closed lid or an ended session loses nothing.

A draft is the person's own: nobody else reads it, and it goes when the form is sent or after ninety days.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select

from pathways.errors import PathwaysError
from pathways.models.draft import KEY_LENGTH, Draft
from pathways.storage.unit_of_work import UnitOfWork, table_of

KEPT_FOR = timedelta(days=90)
LARGEST = 200_000  # letters: a gap analysis of thirty steps, written at length, has a fifth of it
NOT_TYPED = frozenset({"command_id", "version"})

_draft = table_of(Draft)
_MINE = (_draft.c.person_id == bindparam("person"), _draft.c.key == bindparam("draft"))
_FOUND = select(_draft.c.typed, _draft.c.kept_at).where(*_MINE)
_GONE = delete(_draft).where(*_MINE)
_OLD = delete(_draft).where(_draft.c.person_id == bindparam("person"), _draft.c.kept_at < bindparam("before"))


class DraftTooLarge(PathwaysError):
    """More was typed than a draft may hold; what was kept before still stands."""

    sentence = "error.draft_too_large"


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """What was typed, by field, and when it was kept."""

    typed: Mapping[str, Sequence[str]]
    kept_at: datetime


def keep_draft(work: UnitOfWork, person_id: int, key: str, values: Mapping[str, Sequence[str]], now: datetime) -> bool:
    """Keep what was typed in the place of what was kept before, and say whether there was anything to keep.

    Empty fields and the unseen keys of a form are left out; a form that was emptied has no draft. Raises
    `DraftTooLarge`, also for a key that no form of ours has.
    """
    typed = {
        name: list(given) for name, given in values.items() if name not in NOT_TYPED and any(map(str.strip, given))
    }
    if sum(len(text) for given in typed.values() for text in given) > LARGEST or len(key) > KEY_LENGTH:
        raise DraftTooLarge(n=LARGEST)
    work.connection.execute(_OLD, {"person": person_id, "before": now - KEPT_FOR})
    if not typed:
        drop_draft(work, person_id, key)
        return False
    kept = {"typed": typed, "kept_at": now}
    if work.update(Draft, {"person_id": person_id, "key": key}, kept) == 0:
        work.insert(Draft, [{"person_id": person_id, "key": key, **kept}])
    return True


def find_draft(work: UnitOfWork, person_id: int, key: str) -> KeptDraft | None:
    """Return a person's draft of a form, if there is one."""
    row = work.find(_FOUND, {"person": person_id, "draft": key})
    return KeptDraft(row["typed"], row["kept_at"]) if row else None


def drop_draft(work: UnitOfWork, person_id: int, key: str) -> None:
    """Let go of a person's draft of a form; that there is none is no error."""
    work.connection.execute(_GONE, {"person": person_id, "draft": key})
