"""The documents of an introduction, or of the region as a whole, as lists show them; readers see fixed ones only."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, bindparam, select

from pathways.models.document import Document, DocumentKind, DocumentState
from pathways.models.introduction import Introduction
from pathways.models.organisation import Person
from pathways.services.document.kinds import OF_A_MEETING
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

_document, _person, _introduction = table_of(Document), table_of(Person), table_of(Introduction)
_SHOWN = (
    *("id", "kind", "introduction_id", "about", "edition", "title", "state", "register_no", "process_class"),
    *("retention", "made_at", "fixed_at", "dispatched_on", "dispatched_to", "sha256"),
)
_ALL: Select[tuple[object, ...]] = (
    select(
        *(_document.c[name] for name in _SHOWN),
        _person.c.name.label("made_by"),
        _introduction.c.slug.label("slug"),
    )
    .outerjoin(_person, _person.c.id == _document.c.made_by)
    .outerjoin(_introduction, _introduction.c.id == _document.c.introduction_id)
    .where(_document.c.region_id == bindparam("region"))
    .order_by(_document.c.made_at.desc(), _document.c.id.desc())
)
_OF_INTRODUCTION = _ALL.where(_document.c.introduction_id == bindparam("introduction"))
_OF_REGION = _ALL.where(_document.c.introduction_id.is_(None), _document.c.meeting_id.is_(None))
_OF_MEETING = _ALL.where(_document.c.meeting_id == bindparam("meeting"))


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """One document of a list. `slug` is the introduction it is about, where it is about one."""

    document_id: int
    kind: DocumentKind
    about: str
    edition: int
    title: str
    state: DocumentState
    register_no: str | None
    process_class: str | None
    retention: str | None
    made_at: datetime
    made_by: str | None
    fixed_at: datetime | None
    dispatched_on: date | None
    dispatched_to: str | None
    sha256: str | None
    introduction_id: int | None
    slug: str | None

    @property
    def is_working(self) -> bool:
        """Say whether it is made anew from the data every time."""
        return self.state is DocumentState.WORKING_PAPER


def list_documents(
    work: UnitOfWork, *, region_id: int, introduction_id: int | None, only_fixed: bool
) -> tuple[DocumentLine, ...]:
    """Return the documents of an introduction, or without one those of the region as a whole, the newest first."""
    if introduction_id is None:
        rows = work.rows(_OF_REGION, {"region": region_id})
    else:
        rows = work.rows(_OF_INTRODUCTION, {"region": region_id, "introduction": introduction_id})
    lines = (line_of(row) for row in rows)
    return tuple(line for line in lines if not (only_fixed and line.is_working))


def list_meeting_documents(work: UnitOfWork, *, region_id: int, meeting_id: int) -> tuple[DocumentLine, ...]:
    """Return the minutes of a meeting and the extracts from them, in the order of the minutes; none before they are."""
    rows = work.rows(_OF_MEETING, {"region": region_id, "meeting": meeting_id})
    lines = [line for line in (line_of(row) for row in rows) if line.kind in OF_A_MEETING]
    return tuple(sorted(lines, key=lambda line: line.document_id))


def line_of(row: Row) -> DocumentLine:
    """Return a row of the list."""
    values = {name: row[name] for name in (*_SHOWN, "made_by", "slug") if name != "id"}
    values |= {"kind": DocumentKind(row["kind"]), "state": DocumentState(row["state"])}
    return DocumentLine(document_id=row["id"], **values)
