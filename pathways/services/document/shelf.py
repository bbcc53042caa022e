"""The documents of a region as they stand in the database: found within the region, or refused."""

from collections.abc import Mapping

from sqlalchemy import Select, bindparam, select

from pathways.errors import Refused, Unknown
from pathways.models.document import Document, DocumentState
from pathways.services.administration.office import Office
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

ACTION = "keep_documents"
_document = table_of(Document)
_ONE: Select[tuple[object, ...]] = select(_document).where(
    _document.c.region_id == bindparam("region"), _document.c.id == bindparam("document")
)


def get_document(work: UnitOfWork, document_id: int, *, region_id: int) -> Row:
    """Return a document of the region; raise `Unknown` where there is none."""
    row = work.find(_ONE, {"region": region_id, "document": document_id})
    if row is None:
        raise Unknown("document", str(document_id), ())
    return row


def get_working_paper(office: Office, document_id: int) -> Row:
    """Return a working paper of the region; a document that is fixed is refused: nothing in it changes any more."""
    row = get_document(office.work, document_id, region_id=office.region_id)
    if row["state"] != DocumentState.WORKING_PAPER:
        raise Refused("error.document_is_fixed", title=row["title"])
    return row


def change(office: Office, row: Row, values: Mapping[str, object]) -> None:
    """Change a document in the state it was seen in; refuse where somebody was quicker."""
    seen = {"id": row["id"], "region_id": office.region_id, "state": row["state"]}
    if not office.work.update(Document, seen, values):
        raise Refused("error.document_changed", title=row["title"])


def subject_of(row: Row) -> str:
    """Return what the region's log calls a document."""
    return f"{row['kind']}:{row['id']}"
