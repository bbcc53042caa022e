"""The Word template that a region's documents are set in: its own once it was checked, else the product's."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Select, bindparam, select

from pathways.errors import Refused
from pathways.models.document import WordTemplate
from pathways.services.administration.office import Office
from pathways.services.task.files import media_type_of, plain_name
from pathways.storage.unit_of_work import UnitOfWork, table_of

ACTION = "manage_templates"
ENDING = ".docx"
Check = Callable[[bytes, str], None]
"""Refuses the content of a file, told by its name, that is no template of ours."""

_template = table_of(WordTemplate)
_NEWEST: Select[tuple[object, ...]] = (
    select(_template).where(_template.c.region_id == bindparam("region")).order_by(_template.c.id.desc()).limit(1)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTemplate:
    """A region's own template."""

    name: str
    content: bytes
    added_at: datetime
    added_by: int | None


def find_template(work: UnitOfWork, *, region_id: int) -> OwnTemplate | None:
    """Return the region's own template, or None where its documents are set in the product's."""
    row = work.find(_NEWEST, {"region": region_id})
    if row is None or not row["content"]:
        return None
    return OwnTemplate(
        name=row["name"], content=bytes(row["content"]), added_at=row["added_at"], added_by=row["added_by"]
    )


def add_template(office: Office, name: str, content: bytes, *, check: Check) -> None:
    """Take a Word file as the region's template; refused with what is wrong, as an attachment is and then some.

    `check` is `documents.paper_word.check_word_template`, which the caller brings along.
    """
    office.permit(ACTION)
    file = plain_name(name)
    if not file.lower().endswith(ENDING):
        raise Refused("error.template_no_word_file", file=file or name[:40] or "–")
    check(content, file)
    media_type_of(file, content)
    _add(office, file, content)
    office.record("add_template", file, sha256=sha256(content).hexdigest())


def drop_template(office: Office) -> None:
    """Go back to the product's own template; what was fixed before stays as it is."""
    office.permit(ACTION)
    if find_template(office.work, region_id=office.region_id) is not None:
        _add(office, "", b"")
        office.record("drop_template", "")


def _add(office: Office, name: str, content: bytes) -> None:
    row = {"region_id": office.region_id, "name": name, "content": content, "sha256": sha256(content).hexdigest()}
    office.work.insert(WordTemplate, [{**row, "added_at": office.work.now, "added_by": office.actor_id}])
