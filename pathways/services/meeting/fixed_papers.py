"""Approved minutes and their extracts are documents of the authority: fixed at the approval, in every wording at once.

What a later release calls a heading changes nothing in them: the papers are kept, not built anew.
"""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Select, bindparam, select

from pathways.documents.paper import Paper, freeze_paper, thaw_paper
from pathways.locale import LANGUAGES
from pathways.models.document import Document, DocumentFile, DocumentKind, DocumentState
from pathways.models.meeting import AgendaItem
from pathways.profiles.schema import Profile
from pathways.services.administration.office import Office
from pathways.services.document.files import find_file, paper_of
from pathways.services.document.shelf import subject_of
from pathways.services.meeting.record import MeetingRecord
from pathways.services.meeting.sitting import Sitting
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

_document, _item = table_of(Document), table_of(AgendaItem)
_OF_MEETING: Select[tuple[object, ...]] = (
    select(_document)
    .where(
        _document.c.region_id == bindparam("region"),
        _document.c.meeting_id == bindparam("meeting"),
        _document.c.state != DocumentState.WORKING_PAPER,
        _document.c.kind.in_((DocumentKind.MINUTES, DocumentKind.MINUTES_EXTRACT)),
    )
    .order_by(_document.c.id)
)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a paper is told: in which language, and whether roles stand in the place of people's names."""

    language: str
    public: bool = False

    @property
    def paper(self) -> str:
        """Return under which kind of file the paper itself is kept."""
        return "public" if self.public else "paper"

    def file(self, form: str) -> str:
        """Return under which kind of file a form of the paper is kept."""
        return f"{form}-pub" if self.public else form


MANNERS = tuple(Manner(language, public) for language in LANGUAGES for public in (False, True))
Build = Callable[[MeetingRecord, int | None, Manner], Paper]
"""Makes the minutes, or the extract of one item, from the record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixing:
    """What is needed to fix papers: the region's profile, what builds a paper, and the minutes' register number."""

    profile: Profile
    build: Build
    register_no: str = ""


def fix_papers(office: Office, sitting: Sitting, record: MeetingRecord, fixing: Fixing) -> None:
    """Make the minutes, and the extract of each item, documents that are fixed in the same transaction."""
    cases = {
        row["id"]: row["introduction_id"]
        for row in office.work.rows(
            select(_item.c.id, _item.c.introduction_id).where(_item.c.meeting_id == sitting.meeting_id)
        )
    }
    _fix(office, sitting, record, fixing, {"kind": DocumentKind.MINUTES, "register_no": record.register_no})
    for item in record.items:
        values = {
            "kind": DocumentKind.MINUTES_EXTRACT,
            "item_id": item.item_id,
            "introduction_id": cases.get(item.item_id),
            "register_no": item.register_no or record.register_no,
        }
        _fix(office, sitting, record, fixing, values, about=f"{item.paragraph_no} {item.title}".strip())


def find_fixed(work: UnitOfWork, sitting: Sitting, *, region_id: int, item_id: int | None = None) -> Row | None:
    """Return the document of the minutes, or of the extract of an item; None before the approval."""
    rows = work.rows(_OF_MEETING, {"region": region_id, "meeting": sitting.meeting_id})
    return next((row for row in rows if row["item_id"] == item_id), None)


def fixed_paper(work: UnitOfWork, row: Row, manner: Manner) -> Paper:
    """Return the paper as it was fixed, in one of its wordings."""
    own = paper_of(row)
    if not manner.public and own.language == manner.language:
        return own
    kept = find_file(work, row, manner.paper, language=manner.language)
    return thaw_paper(kept.decode()) if kept is not None else own


def _fix(
    office: Office,
    sitting: Sitting,
    record: MeetingRecord,
    fixing: Fixing,
    values: dict[str, object],
    *,
    about: str = "",
) -> None:
    item = values.get("item_id")
    papers = {one: fixing.build(record, int(str(item)) if item else None, one) for one in MANNERS}
    own = papers[Manner(fixing.profile.region.default_language)]
    content = freeze_paper(own)
    keeping = fixing.profile.documents.get(DocumentKind(str(values["kind"])))
    row: Row = {
        **values,
        "region_id": office.region_id,
        "meeting_id": sitting.meeting_id,
        "about": sitting.subject,
        "title": ", ".join(one for one in (own.title, own.subtitle, about) if one)[:300],
        "state": DocumentState.FIXED,
        "process_class": keeping.process_class if keeping else None,
        "retention": keeping.retention if keeping else None,
        "made_at": office.work.now,
        "made_by": office.actor_id,
        "fixed_at": office.work.now,
        "fixed_by": office.actor_id,
        "content": content,
        "sha256": sha256(content.encode()).hexdigest(),
    }
    document_id = office.work.insert_one(Document, row)
    files = [_file(document_id, manner, paper) for manner, paper in papers.items() if paper is not own]
    office.work.insert(DocumentFile, files)
    office.record("fix_document", subject_of({**row, "id": document_id}), edition=1, sha256=row["sha256"])


def _file(document_id: int, manner: Manner, paper: Paper) -> Row:
    content = freeze_paper(paper).encode()
    return {
        "document_id": document_id,
        "kind": manner.paper,
        "language": manner.language,
        "content": content,
        "sha256": sha256(content).hexdigest(),
    }
