"""Are the frozen packs and their files as they were? Each hash must be that of the text, and the one the log has."""

from collections.abc import Iterator
from hashlib import sha256

from sqlalchemy import Select, bindparam, select

from pathways.models.administration import RegionEvent
from pathways.models.organisation import Body, Meeting
from pathways.models.pack import Pack, PackFile
from pathways.services.verify.finding import Finding
from pathways.storage.unit_of_work import UnitOfWork, table_of

_pack, _file, _meeting, _body = (table_of(row) for row in (Pack, PackFile, Meeting, Body))
_event = table_of(RegionEvent)
_IDS = select(_pack.c.id).order_by(_pack.c.id)
_ONE: Select[tuple[object, ...]] = (
    select(
        *(_pack.c[name] for name in ("region_id", "number", "content", "sha256")),
        _meeting.c.held_on,
        _body.c.slug,
    )
    .join(_meeting, _meeting.c.id == _pack.c.meeting_id)
    .join(_body, _body.c.id == _meeting.c.body_id)
    .where(_pack.c.id == bindparam("pack"))
)
_FILES: Select[tuple[object, ...]] = (
    select(_file.c.kind, _file.c.content, _file.c.sha256)
    .where(_file.c.pack_id == bindparam("pack"))
    .order_by(_file.c.kind, _file.c.language)
)
_LOGGED = select(_event.c.region_id, _event.c.subject, _event.c["values"]).where(_event.c.action == "freeze_pack")


def check_packs(work: UnitOfWork) -> Iterator[Finding]:
    """Yield the packs and files that are not as they were frozen and made. One is held at a time."""
    logged = {
        (row["region_id"], row["subject"], row["values"]["number"], row["values"]["sha256"])
        for row in work.rows(_LOGGED)
    }
    for pack_id in work.values(_IDS):
        row = work.find(_ONE, {"pack": pack_id})
        assert row is not None
        meeting = f"{row['slug']}/{row['held_on'].isoformat()}"
        is_known = (row["region_id"], meeting, row["number"], row["sha256"]) in logged
        if sha256(str(row["content"]).encode()).hexdigest() != row["sha256"] or not is_known:
            yield Finding("", "verify.pack_changed", {"number": row["number"], "meeting": meeting})
        for file in work.rows(_FILES, {"pack": pack_id}):
            if sha256(bytes(file["content"])).hexdigest() != file["sha256"]:
                values = {"number": row["number"], "meeting": meeting, "kind": file["kind"]}
                yield Finding("", "verify.pack_file_changed", values)
