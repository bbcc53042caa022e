"""Checks that what was fixed still says what it said: documents and their files against the sums kept with them."""

from collections.abc import Iterator
from hashlib import sha256

from sqlalchemy import Select, bindparam, select

from pathways.models.document import Document, DocumentFile, DocumentState
from pathways.services.verify.finding import Finding
from pathways.storage.unit_of_work import UnitOfWork, table_of

_document, _file = table_of(Document), table_of(DocumentFile)
_FIXED = select(_document.c.id).where(_document.c.state != DocumentState.WORKING_PAPER).order_by(_document.c.id)
_ONE: Select[tuple[object, ...]] = select(_document.c.content, _document.c.sha256).where(
    _document.c.id == bindparam("document")
)
_FILES: Select[tuple[object, ...]] = select(_file.c.kind, _file.c.content, _file.c.sha256).where(
    _file.c.document_id == bindparam("document")
)


def check_documents(work: UnitOfWork) -> Iterator[Finding]:
    """Yield every fixed document, and every kept file, that is not what its sum says. One is held at a time."""
    for document_id in work.values(_FIXED):
        keys = {"document": document_id}
        row = work.find(_ONE, keys)
        if row is None or sha256(str(row["content"] or "").encode()).hexdigest() != row["sha256"]:
            yield Finding("", "verify.document_altered", {"document": document_id})
        for file in work.rows(_FILES, keys):
            if sha256(bytes(file["content"])).hexdigest() != file["sha256"]:
                yield Finding("", "verify.document_file_altered", {"document": document_id, "kind": file["kind"]})
