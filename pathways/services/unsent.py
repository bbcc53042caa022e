"""Keeps the forms that a person sent when the login had run out, until the same person sends them again or drops them.

They lie among the person's drafts: nobody else reads them, they are no part of any log, and they go after a fortnight.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select

from pathways.models.draft import KEY_LENGTH, UNSENT, Draft
from pathways.services.drafts import LARGEST
from pathways.storage.unit_of_work import UnitOfWork, table_of

KEPT_FOR = timedelta(days=14)
MOST = 20
PAGE, HAD_FILE = "@page", "@file"  # no field of a form is named so

_draft = table_of(Draft)
_THEIRS = (_draft.c.person_id == bindparam("person"), _draft.c.key.startswith(UNSENT))
_LISTED = (
    select(_draft.c.key, _draft.c.typed, _draft.c.kept_at)
    .where(*_THEIRS, _draft.c.kept_at > bindparam("since"))
    .order_by(_draft.c.kept_at.desc(), _draft.c.key)
)
_OLD = delete(_draft).where(*_THEIRS, _draft.c.kept_at <= bindparam("since"))


@dataclass(frozen=True, slots=True)
class Unsent:
    """A form that came too late: where it was sent, the page it stood on, what was in it, and when.

    `had_file` says that a file came with it, which is not kept.
    """

    action: str
    page: str
    typed: Mapping[str, Sequence[str]]
    had_file: bool
    kept_at: datetime


def keep_unsent(
    work: UnitOfWork,
    person_id: int,
    action: str,
    typed: Mapping[str, Sequence[str]],
    *,
    page: str,
    had_file: bool,
    now: datetime,
) -> bool:
    """Keep a form for its person and say whether it was kept: not one that is too large, nor one more than `MOST`."""
    key = f"{UNSENT}{action}"
    if len(key) > KEY_LENGTH or sum(len(text) for given in typed.values() for text in given) > LARGEST:
        return False
    since = now - KEPT_FOR
    work.connection.execute(_OLD, {"person": person_id, "since": since})
    others = {row["key"] for row in work.rows(_LISTED, {"person": person_id, "since": since})} - {key}
    if len(others) >= MOST:
        return False
    marks = {PAGE: [page]} | ({HAD_FILE: ["yes"]} if had_file else {})
    kept = {"typed": {name: list(given) for name, given in typed.items()} | marks, "kept_at": now}
    if work.update(Draft, {"person_id": person_id, "key": key}, kept) == 0:
        work.insert(Draft, [{"person_id": person_id, "key": key, **kept}])
    return True


def list_unsent(work: UnitOfWork, person_id: int, *, now: datetime) -> tuple[Unsent, ...]:
    """Return the forms that wait for a person to send them again, the latest first."""
    rows = work.rows(_LISTED, {"person": person_id, "since": now - KEPT_FOR})
    return tuple(
        Unsent(
            action=str(row["key"]).removeprefix(UNSENT),
            page=row["typed"].get(PAGE, ["/"])[0],
            typed={name: given for name, given in row["typed"].items() if name not in {PAGE, HAD_FILE}},
            had_file=HAD_FILE in row["typed"],
            kept_at=row["kept_at"],
        )
        for row in rows
    )


def drop_unsent(work: UnitOfWork, person_id: int, action: str) -> None:
    """Let go of a form that was sent or is not wanted; that there is none is no error."""
    work.connection.execute(delete(_draft).where(_draft.c.person_id == person_id, _draft.c.key == f"{UNSENT}{action}"))
