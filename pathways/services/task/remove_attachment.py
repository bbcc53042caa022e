"""Remove a file or a link from a task. That it was there stays in the log; the bytes are destroyed."""

from sqlalchemy import BindParameter, bindparam, delete, exists

from pathways.errors import Refused
from pathways.models.attachment import Attachment, StoredFile
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import row_of
from pathways.storage.unit_of_work import table_of

_file, _attachment = table_of(StoredFile), table_of(Attachment)
_REGION: BindParameter[int] = bindparam("region")
_DIGEST: BindParameter[str] = bindparam("digest")
_WANTED = (
    exists()
    .where(
        _attachment.c.region_id == _REGION,
        _attachment.c.sha256 == _DIGEST,
        _attachment.c.removed_at.is_(None),
        _attachment.c.voided_by.is_(None),
    )
    .correlate(None)
)
_UNWANTED = delete(_file).where(_file.c.region_id == _REGION, _file.c.sha256 == _DIGEST, ~_WANTED)


class RemoveAttachment(Order):
    """Which attachment."""

    attachment: str


def remove_attachment(case: Case, order: RemoveAttachment) -> None:
    """Mark it removed; its bytes go unless the same file stands on another task."""
    row = row_of(case, Attachment, order.attachment)
    if row["removed_at"] is not None:
        raise Refused("error.attachment_removed", attachment=order.attachment)
    case.update(Attachment, order.attachment, removed_by=case.actor_id, removed_at=case.now)
    if row["sha256"] is not None:
        case.work.connection.execute(_UNWANTED, {"region": case.region_id, "digest": row["sha256"]})


def _added(case: Case, order: RemoveAttachment) -> bool:
    """Whoever attached it may take it back."""
    return bool(row_of(case, Attachment, order.attachment)["added_by"] == case.actor_id)


USE_CASE = UseCase("remove_attachment", RemoveAttachment, remove_attachment, owned=_added)
