"""The frozen packs of a meeting as they stand in the database, and their files, each made once and kept."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Select, bindparam, select

from pathways.errors import Unknown
from pathways.models.organisation import Person
from pathways.models.pack import Pack, PackFile
from pathways.services.pack.meeting import BodyMeeting
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

_pack, _file, _person = table_of(Pack), table_of(PackFile), table_of(Person)
_HEADS = ("id", "number", "frozen_at", "frozen_by", "sha256")
_MINE = (_pack.c.region_id == bindparam("region"), _pack.c.meeting_id == bindparam("meeting"))
_LIST: Select[tuple[object, ...]] = (
    select(*(_pack.c[name] for name in _HEADS), _person.c.name.label("by"))
    .outerjoin(_person, _person.c.id == _pack.c.frozen_by)
    .where(*_MINE)
    .order_by(_pack.c.number.desc())
)
_CONTENT = select(_pack.c.content).where(_pack.c.region_id == bindparam("region"), _pack.c.id == bindparam("pack"))
_FILE: Select[tuple[object, ...]] = (
    select(_file.c.content)
    .join(_pack, _pack.c.id == _file.c.pack_id)
    .where(
        _pack.c.region_id == bindparam("region"),
        _file.c.pack_id == bindparam("pack"),
        _file.c.kind == bindparam("kind"),
        _file.c.language == bindparam("language"),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackHead:
    """A frozen pack without its content. Without `by` the clock froze it."""

    pack_id: int
    number: int
    frozen_at: datetime
    by: str | None
    sha256: str


def list_packs(work: UnitOfWork, meeting: BodyMeeting) -> tuple[PackHead, ...]:
    """Return the packs of a meeting, the newest first."""
    rows = work.rows(_LIST, {"region": meeting.region_id, "meeting": meeting.meeting_id})
    return tuple(
        PackHead(pack_id=row["id"], **{name: row[name] for name in ("number", "frozen_at", "by", "sha256")})
        for row in rows
    )


def choose_pack(packs: tuple[PackHead, ...], number: int | None) -> PackHead:
    """Return the pack of that number, or the newest; raise `Unknown` with the nearest where there is none."""
    found = next((one for one in packs if number in {None, one.number}), None)
    if found is None:
        raise Unknown("pack", str(number or ""), (str(one.number) for one in packs))
    return found


def read_content(work: UnitOfWork, pack: PackHead, *, region_id: int) -> str:
    """Return the frozen text of a pack."""
    found = work.value(_CONTENT, {"region": region_id, "pack": pack.pack_id})
    if found is None:
        raise Unknown("pack", str(pack.number), ())
    return str(found)


def find_file(work: UnitOfWork, pack: PackHead, kind: str, *, region_id: int, language: str) -> bytes | None:
    """Return a file of a pack, or None where nobody has asked for it yet."""
    row: Row | None = work.find(_FILE, {"region": region_id, "pack": pack.pack_id, "kind": kind, "language": language})
    return bytes(row["content"]) if row is not None else None


def keep_file(work: UnitOfWork, pack: PackHead, kind: str, content: bytes, *, region_id: int, language: str) -> bytes:
    """Keep a file, and return what is kept: the first that was made, also where somebody was quicker."""
    kept = find_file(work, pack, kind, region_id=region_id, language=language)
    if kept is not None:
        return kept
    row = {"pack_id": pack.pack_id, "kind": kind, "language": language}
    work.insert(PackFile, [{**row, "content": content, "sha256": sha256(content).hexdigest()}])
    return content
