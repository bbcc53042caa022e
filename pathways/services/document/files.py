"""The files of a fixed document: made once from what was fixed, kept, and the same bytes for whoever asks."""

from collections.abc import Callable
from hashlib import sha256

from sqlalchemy import Select, bindparam, select

from pathways.documents.paper import Paper, thaw_paper
from pathways.errors import Refused
from pathways.models.document import Document, DocumentFile
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

PDF, WORD, ARCHIVE_PDF = "pdf", "docx", "pdfa"
Make = Callable[[Paper], bytes]
_document, _file = table_of(Document), table_of(DocumentFile)
_ONE: Select[tuple[object, ...]] = (
    select(_file.c.content)
    .join(_document, _document.c.id == _file.c.document_id)
    .where(
        _document.c.region_id == bindparam("region"),
        _file.c.document_id == bindparam("document"),
        _file.c.kind == bindparam("kind"),
        _file.c.language == bindparam("language"),
    )
)


def paper_of(row: Row) -> Paper:
    """Return what was fixed; a working paper, which is made anew every time, is refused."""
    if row["content"] is None:
        raise Refused("error.document_not_fixed", title=row["title"])
    return thaw_paper(row["content"])


def find_file(work: UnitOfWork, row: Row, kind: str, *, language: str = "") -> bytes | None:
    """Return a file of a fixed document, or None where nobody has asked for it yet; in its own language otherwise."""
    key = {"region": row["region_id"], "document": row["id"], "kind": kind}
    found = work.find(_ONE, {**key, "language": language or paper_of(row).language})
    return bytes(found["content"]) if found is not None else None


def keep_file(work: UnitOfWork, row: Row, kind: str, content: bytes, *, language: str = "") -> bytes:
    """Keep a file, and return what is kept: the first that was made, also where somebody was quicker."""
    own = language or paper_of(row).language
    kept = find_file(work, row, kind, language=own)
    if kept is not None:
        return kept
    values = {"document_id": row["id"], "kind": kind, "language": own, "content": content}
    work.insert(DocumentFile, [{**values, "sha256": sha256(content).hexdigest()}])
    return content
