"""Notices: sentences that a person is shown once, on the page after the one where something was done."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import select

from pathways.models.access import WebSession
from pathways.storage.unit_of_work import UnitOfWork, table_of

AT_MOST = 10
_session = table_of(WebSession)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One sentence by its text's id and values; `undo` is the path of a page that undoes what was done."""

    text: str
    values: Mapping[str, str | int] = field(default_factory=dict)
    undo: str = ""
    kind: str = "good"


def add_notice(work: UnitOfWork, session_id: str, notice: Notice) -> None:
    """Keep a notice for the session's next page; the oldest gives way where there are too many."""
    kept = [*_kept(work, session_id), asdict(notice)]
    work.update(WebSession, {"id": session_id}, {"notices": kept[-AT_MOST:]})


def take_notices(work: UnitOfWork, session_id: str) -> list[Notice]:
    """Return the session's notices, oldest first, and forget them."""
    kept = _kept(work, session_id)
    if kept:
        work.update(WebSession, {"id": session_id}, {"notices": []})
    return [Notice(**notice) for notice in kept]


def _kept(work: UnitOfWork, session_id: str) -> list[dict[str, Any]]:  # Any: what `asdict` made of a notice
    query = select(_session.c.notices).where(_session.c.id == session_id).with_for_update()
    return list(work.value(query) or [])
