"""One task with all that its page shows: where it belongs, whose it is, what people wrote, files and links."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BindParameter, Select, bindparam, select

from pathways.errors import Unknown
from pathways.models.attachment import Attachment, StoredFile
from pathways.models.catalogue import Pathway
from pathways.models.comment import TaskComment
from pathways.models.introduction import Event, Introduction
from pathways.models.organisation import Person, Unit
from pathways.models.task import Task
from pathways.queries.cover import Covered, load_cover
from pathways.queries.details import title_of
from pathways.queries.material import oldest_first
from pathways.queries.views import Title
from pathways.storage.fold import changes_of
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

_introduction, _pathway, _task, _unit = (table_of(row) for row in (Introduction, Pathway, Task, Unit))
_person, _comment, _attachment, _file = (table_of(row) for row in (Person, TaskComment, Attachment, StoredFile))
_event = table_of(Event)
_settler = _person.alias("settler")
_newest = (
    select(_introduction)
    .where(_introduction.c.region_id == bindparam("region"), _introduction.c.slug == bindparam("slug"))
    .order_by(_introduction.c.number.desc())
    .limit(1)
    .cte("newest")
)
_COLUMNS = (
    *("ref", "item", "title_sv", "title_en", "own_title", "role", "assignee_id", "due_on", "required_for", "state"),
    *("settled_at", "settled_by", "outcome", "reason", "snoozes"),
)
_TASK: Select[tuple[object, ...]] = (
    select(
        *(_task.c[name] for name in _COLUMNS),
        _newest.c.id.label("introduction_id"),
        *(_newest.c[name] for name in ("slug", "version", "phase", "place", "standing")),
        _pathway.c.name.label("pathway"),
        _unit.c.name.label("unit"),
        _person.c.name.label("assignee"),
        _settler.c.name.label("settler"),
    )
    .join_from(_newest, _task, _task.c.introduction_id == _newest.c.id)
    .join(_pathway, _pathway.c.id == _newest.c.pathway_id)
    .outerjoin(_unit, _unit.c.id == _task.c.unit_id)
    .outerjoin(_person, _person.c.id == _task.c.assignee_id)
    .outerjoin(_settler, _settler.c.id == _task.c.settled_by)
    .where(_task.c.ref == bindparam("ref"), _task.c.voided_by.is_(None))
)
_CASE: BindParameter[int] = bindparam("case")
_REF: BindParameter[str] = bindparam("ref")
_COMMENTS: Select[tuple[object, ...]] = (
    select(_comment.c.ref, _comment.c.body, _comment.c.written_at, _person.c.name)
    .outerjoin(_person, _person.c.id == _comment.c.written_by)
    .where(
        _comment.c.introduction_id == _CASE,
        _comment.c.task_ref == _REF,
        _comment.c.voided_by.is_(None),
    )
)
_ATTACHMENTS: Select[tuple[object, ...]] = (
    select(*_attachment.c, _person.c.name.label("person"))
    .outerjoin(_person, _person.c.id == _attachment.c.added_by)
    .where(
        _attachment.c.introduction_id == _CASE,
        _attachment.c.task_ref == _REF,
        _attachment.c.voided_by.is_(None),
        _attachment.c.removed_at.is_(None),
    )
)
_FILE: Select[tuple[object, ...]] = (
    select(_attachment.c.name, _attachment.c.media_type, _file.c.content)
    .join_from(_newest, _attachment, _attachment.c.introduction_id == _newest.c.id)
    .join(_file, (_file.c.region_id == _attachment.c.region_id) & (_file.c.sha256 == _attachment.c.sha256))
    .where(
        _attachment.c.ref == bindparam("attachment"),
        _attachment.c.task_ref == bindparam("ref"),
        _attachment.c.voided_by.is_(None),
        _attachment.c.removed_at.is_(None),
    )
)
_VERSION = select(_introduction.c.version).where(_introduction.c.id == _CASE)
_SINCE: Select[tuple[object, ...]] = (
    select(_event.c.command, _event.c.at, _event.c.payload, _person.c.name.label("by"))
    .outerjoin(_person, _person.c.id == _event.c.actor_id)
    .where(_event.c.introduction_id == bindparam("case"), _event.c.seq > bindparam("seen"))
    .order_by(_event.c.seq.desc())
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentView:
    """What somebody wrote on a task; an erased comment has no body."""

    body: str | None
    by: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentView:
    """A file or a link on a task."""

    ref: str
    kind: str
    name: str
    link: str | None
    size: int | None
    added_by: int | None
    by: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskPage:
    """A task as its page shows it to one person. `is_mine` also where they stand in for the one who has it.

    `seen` is the newest event of the introduction: a form says by it what its reader had before their eyes.
    """

    introduction_id: int
    slug: str
    pathway: str
    phase: str
    place: str
    standing: str
    seen: int
    ref: str
    item: str
    title: Title
    role: str
    unit: str | None
    due_on: date
    snoozes: int
    then: tuple[str, ...]
    state: str
    assignee_id: int | None
    assignee: str | None
    is_mine: bool
    instead_of: Covered | None
    settled_at: datetime | None
    settled_by: str | None
    outcome: str | None
    reason: str | None
    comments: tuple[CommentView, ...]
    attachments: tuple[AttachmentView, ...]


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What happened to a task after somebody had looked at it: the newest command, who gave it, and when."""

    command: str
    by: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class FileContent:
    """A file as it is handed out."""

    name: str
    media_type: str
    content: bytes


def task_page(work: UnitOfWork, *, region_id: int, slug: str, ref: str, person_id: int, today: date) -> TaskPage:
    """Return a task of the newest introduction of that name; raise `Unknown` where the region has none."""
    row = work.find(_TASK, {"region": region_id, "slug": slug, "ref": ref})
    if row is None:
        raise Unknown("task", ref, ())
    cover = load_cover(work, region_id=region_id, today=today)
    assignee = row["assignee_id"]
    return TaskPage(
        **{name: row[name] for name in ("introduction_id", "slug", "pathway", "phase", "place", "standing", "ref")},
        **{name: row[name] for name in ("item", "unit", "due_on", "snoozes", "assignee_id", "assignee")},
        **{name: row[name] for name in ("settled_at", "outcome", "reason")},
        seen=row["version"],
        title=title_of(row),
        role=str(row["role"]),
        state=str(row["state"]),
        then=tuple(row["required_for"]),
        is_mine=assignee is not None and person_id in {assignee, cover.stand_in(assignee)},
        instead_of=cover.instead_of(assignee, person_id),
        settled_by=row["settler"],
        comments=_comments(work, row),
        attachments=_attachments(work, row),
    )


def find_meanwhile(work: UnitOfWork, introduction_id: int, ref: str, *, seen: int) -> Meanwhile | None:
    """Return the newest event after `seen` that changed this very task; what happened beside it does not count."""
    table = str(Task.__tablename__)
    for event in work.rows(_SINCE, {"case": introduction_id, "seen": seen}):
        if any((change.table, change.ref) == (table, ref) for change in changes_of(event)):
            return Meanwhile(event["command"], event["by"], event["at"])
    return None


def seen_now(work: UnitOfWork, introduction_id: int) -> int:
    """Return the newest event of an introduction."""
    return int(work.value(_VERSION, {"case": introduction_id}))


def find_file(work: UnitOfWork, *, region_id: int, slug: str, ref: str, attachment: str) -> FileContent | None:
    """Return a file of a task; None where the region has no such file, or it was removed."""
    row = work.find(_FILE, {"region": region_id, "slug": slug, "ref": ref, "attachment": attachment})
    return FileContent(str(row["name"] or ""), row["media_type"], row["content"]) if row else None


def _comments(work: UnitOfWork, task: Row) -> tuple[CommentView, ...]:
    rows = oldest_first(work.rows(_COMMENTS, {"case": task["introduction_id"], "ref": task["ref"]}))
    return tuple(CommentView(body=row["body"], by=row["name"], at=row["written_at"]) for row in rows)


def _attachments(work: UnitOfWork, task: Row) -> tuple[AttachmentView, ...]:
    rows = oldest_first(work.rows(_ATTACHMENTS, {"case": task["introduction_id"], "ref": task["ref"]}))
    return tuple(
        AttachmentView(
            **{name: row[name] for name in ("ref", "link", "size", "added_by")},
            kind=str(row["kind"]),
            name=str(row["name"] or ""),
            by=row["person"],
            at=row["added_at"],
        )
        for row in rows
    )
