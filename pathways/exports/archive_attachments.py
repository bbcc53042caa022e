"""The files and links of an introduction's tasks in its archive: their bytes, and a list with their sums.

A file that was removed is told with its day; its bytes are gone, here as everywhere. What was undone is left out.
"""

import csv
from collections.abc import Mapping
from io import StringIO

from sqlalchemy import Select, and_, bindparam, select

from pathways.documents.table_export import harmless
from pathways.models.attachment import Attachment, AttachmentKind, StoredFile
from pathways.models.task import Task
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

FOLDER, LIST = "bilagor", "bilagor.csv"
HEADS = ("fil", "uppgift", "slag", "namn", "adress", "typ", "bytes", "tillagd", "borttagen", "sha256")

_attachment, _task, _file = table_of(Attachment), table_of(Task), table_of(StoredFile)
_ALL: Select[tuple[object, ...]] = (
    select(
        *(_attachment.c[name] for name in ("ref", "kind", "name", "link", "media_type", "size", "sha256")),
        *(_attachment.c[name] for name in ("task_ref", "added_at", "removed_at")),
        *(_task.c[name] for name in ("own_title", "title_sv")),
    )
    .outerjoin(
        _task, and_(_task.c.introduction_id == _attachment.c.introduction_id, _task.c.ref == _attachment.c.task_ref)
    )
    .where(
        _attachment.c.region_id == bindparam("region"),
        _attachment.c.introduction_id == bindparam("introduction"),
        _attachment.c.voided_by.is_(None),
    )
    .order_by(_attachment.c.added_at, _attachment.c.made_in, _attachment.c.ref)
)
_BYTES: Select[tuple[object, ...]] = select(_file.c.content).where(
    _file.c.region_id == bindparam("region"), _file.c.sha256 == bindparam("digest")
)


def add_attachments(work: UnitOfWork, *, region_id: int, introduction_id: int) -> Mapping[str, bytes]:
    """Return the files by path, and the list of all that was attached; nothing where nothing was."""
    rows = work.rows(_ALL, {"region": region_id, "introduction": introduction_id})
    if not rows:
        return {}
    files: dict[str, bytes] = {}
    told: list[dict[str, object]] = []
    for number, row in enumerate(rows, start=1):
        content = _content(work, row, region_id=region_id)
        path = f"{FOLDER}/{number:03d}-{row['name']}" if content is not None else ""
        if content is not None:
            files[path] = content
        told.append(_told(path, row))
    made = StringIO()
    writer = csv.DictWriter(made, HEADS, delimiter=";", lineterminator="\n")
    writer.writeheader()
    writer.writerows(told)
    return {**files, LIST: made.getvalue().encode()}


def _content(work: UnitOfWork, row: Row, *, region_id: int) -> bytes | None:
    if row["kind"] != AttachmentKind.FILE or row["removed_at"] is not None:
        return None
    found = work.find(_BYTES, {"region": region_id, "digest": row["sha256"]})
    return bytes(found["content"]) if found is not None else None


def _told(path: str, row: Row) -> dict[str, object]:
    removed_at = row["removed_at"]
    values = (
        path,
        harmless(str(row["own_title"] or row["title_sv"] or "")),
        row["kind"],
        harmless(row["name"] or ""),
        harmless(row["link"] or ""),
        row["media_type"] or "",
        row["size"] if row["size"] is not None else "",
        row["added_at"].date().isoformat(),
        removed_at.date().isoformat() if removed_at else "",
        row["sha256"] or "",
    )
    return dict(zip(HEADS, values, strict=True))
