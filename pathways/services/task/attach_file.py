"""Attach a file to a task: its bytes are kept once, its name and digest follow the introduction's log."""

from base64 import b64decode
from binascii import Error
from hashlib import sha256
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError
from sqlalchemy import bindparam, select

from pathways.models.attachment import Attachment, AttachmentKind, StoredFile
from pathways.models.task import Task
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import row_of
from pathways.services.task.files import WrongFileKind, media_type_of, plain_name
from pathways.services.task.own import act_for, is_own
from pathways.storage.unit_of_work import table_of

_file = table_of(StoredFile)
_KEPT = select(_file.c.sha256).where(_file.c.region_id == bindparam("region"), _file.c.sha256 == bindparam("digest"))


def _bytes(given: object) -> object:
    """A form hands bytes over as they are; JSON can only carry them as base64."""
    if not isinstance(given, str):
        return given
    try:
        return b64decode(given, validate=True)
    except (Error, ValueError) as error:
        raise PydanticCustomError("base64", "not base64") from error


class AttachFile(Order):
    """Which task, the file's name, and its bytes (as base64 where the order is JSON)."""

    task: str
    name: Annotated[str, Field(min_length=1, max_length=500)]
    content: Annotated[bytes, BeforeValidator(_bytes), Field(min_length=1)]


def attach_file(case: Case, order: AttachFile) -> None:
    """Keep the file under a plain name; its kind is told from its content. Raises `FileTooLarge`, `WrongFileKind`."""
    act_for(case, row_of(case, Task, order.task))
    name = plain_name(order.name)
    if not name:
        raise WrongFileKind("error.file_name", name=order.name[:60])
    media_type = media_type_of(name, order.content)
    digest = sha256(order.content).hexdigest()
    if case.work.find(_KEPT, {"region": case.region_id, "digest": digest}) is None:
        kept = {"region_id": case.region_id, "sha256": digest, "content": order.content, "stored_at": case.now}
        case.work.insert(StoredFile, [kept])
    case.insert(
        Attachment,
        task_ref=order.task,
        kind=AttachmentKind.FILE,
        name=name,
        media_type=media_type,
        size=len(order.content),
        sha256=digest,
        added_by=case.actor_id,
        added_at=case.now,
    )


USE_CASE = UseCase("attach_file", AttachFile, attach_file, owned=is_own)
