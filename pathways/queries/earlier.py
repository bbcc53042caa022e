"""The introductions of a pathway before its newest: which there were, when each began and ended, and their files."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, bindparam, func, select

from pathways.models.attachment import Attachment, StoredFile
from pathways.models.introduction import Event, Introduction
from pathways.queries.task_page import FileContent
from pathways.storage.unit_of_work import UnitOfWork, table_of

_introduction, _event = table_of(Introduction), table_of(Event)
_attachment, _file = table_of(Attachment), table_of(StoredFile)
_EARLIER: Select[tuple[object, ...]] = (
    select(
        _introduction.c.number,
        _introduction.c.standing,
        func.min(_event.c.at).label("began_at"),
        _introduction.c.phase_since_at.label("ended_at"),
    )
    .join(_event, _event.c.introduction_id == _introduction.c.id)
    .where(
        _introduction.c.region_id == bindparam("region"),
        _introduction.c.slug == bindparam("slug"),
        _introduction.c.number < bindparam("before"),
    )
    .group_by(_introduction.c.id, _introduction.c.number, _introduction.c.standing, _introduction.c.phase_since_at)
    .order_by(_introduction.c.number.desc())
)
_FILE: Select[tuple[object, ...]] = (
    select(_attachment.c.name, _attachment.c.media_type, _file.c.content)
    .join(_file, (_file.c.region_id == _attachment.c.region_id) & (_file.c.sha256 == _attachment.c.sha256))
    .where(
        _attachment.c.region_id == bindparam("region"),
        _attachment.c.introduction_id == bindparam("case"),
        _attachment.c.ref == bindparam("attachment"),
        _attachment.c.voided_by.is_(None),
        _attachment.c.removed_at.is_(None),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An introduction that has ended and was followed by another."""

    number: int
    standing: str
    began_at: datetime
    ended_at: datetime


def list_earlier(work: UnitOfWork, *, region_id: int, slug: str, before: int) -> tuple[Earlier, ...]:
    """Return the introductions of that name with a lower number, the latest first."""
    rows = work.rows(_EARLIER, {"region": region_id, "slug": slug, "before": before})
    return tuple(
        Earlier(**{name: row[name] for name in ("number", "began_at", "ended_at")}, standing=str(row["standing"]))
        for row in rows
    )


def find_earlier_file(work: UnitOfWork, *, region_id: int, introduction_id: int, attachment: str) -> FileContent | None:
    """Return a file of one introduction's tasks; None where there is none, or it was removed."""
    row = work.find(_FILE, {"region": region_id, "case": introduction_id, "attachment": attachment})
    return FileContent(str(row["name"] or ""), row["media_type"], row["content"]) if row else None
