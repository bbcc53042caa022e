"""Begin a document as a working paper, or one more edition of a fixed one. A working paper is made from the data."""

from sqlalchemy import Select, bindparam, func, select

from pathways.errors import Refused, Unknown
from pathways.models.document import Document, DocumentKind, DocumentState
from pathways.models.introduction import Introduction
from pathways.profiles.schema import Profile
from pathways.services.administration.office import Office
from pathways.services.document.kinds import OF_A_MEETING
from pathways.services.document.shelf import ACTION, get_document, subject_of
from pathways.storage.unit_of_work import Row, table_of

_document, _introduction = table_of(Document), table_of(Introduction)
_SAME = (
    _document.c.region_id == bindparam("region"),
    _document.c.kind == bindparam("kind"),
    _document.c.introduction_id.is_not_distinct_from(bindparam("introduction")),
    _document.c.about == bindparam("about"),
)
_WORKING: Select[tuple[object, ...]] = select(_document.c.id).where(
    *_SAME, _document.c.state == DocumentState.WORKING_PAPER
)
_NEWEST = select(func.max(_document.c.edition)).where(*_SAME)
_MINE = select(_introduction.c.id).where(
    _introduction.c.region_id == bindparam("region"), _introduction.c.id == bindparam("introduction")
)


def make_document(
    office: Office,
    kind: DocumentKind,
    *,
    title: str,
    profile: Profile,
    introduction_id: int | None = None,
    about: str = "",
) -> int:
    """Return the working paper of that kind: the one there is, or a new one with the next edition's number.

    An introduction of another region is `Unknown`.
    """
    office.permit(ACTION)
    same = {"region": office.region_id, "kind": kind, "introduction": introduction_id, "about": about}
    if introduction_id is not None and office.work.value(_MINE, same) is None:
        raise Unknown("introduction", str(introduction_id), ())
    waiting = office.work.value(_WORKING, same)
    if waiting is not None:
        return int(waiting)
    values = {"kind": kind, "introduction_id": introduction_id, "about": about, "title": title}
    keeping = profile.documents.get(kind)
    if keeping is not None:
        values |= {"process_class": keeping.process_class, "retention": keeping.retention}
    return _begin(office, {**values, "edition": int(office.work.value(_NEWEST, same) or 0) + 1})


def new_edition(office: Office, document_id: int) -> int:
    """Return the working paper of the next edition of a fixed document, with its words; the fixed one stays."""
    office.permit(ACTION)
    row = get_document(office.work, document_id, region_id=office.region_id)
    if row["kind"] in OF_A_MEETING:
        raise Refused("error.document_built_elsewhere", title=row["title"])
    if row["state"] == DocumentState.WORKING_PAPER:
        raise Refused("error.document_not_fixed", title=row["title"])
    same = {"region": office.region_id, "kind": row["kind"], "about": row["about"]}
    same["introduction"] = row["introduction_id"]
    waiting = office.work.value(_WORKING, same)
    if waiting is not None:
        return int(waiting)
    edition = int(office.work.value(_NEWEST, same)) + 1
    kept = ("kind", "introduction_id", "meeting_id", "item_id", "about", "title", "process_class", "retention")
    return _begin(office, {**{name: row[name] for name in kept}, "words": row["words"], "edition": edition})


def _begin(office: Office, values: dict[str, object]) -> int:
    row: Row = {
        **values,
        "region_id": office.region_id,
        "state": DocumentState.WORKING_PAPER,
        "made_at": office.work.now,
        "made_by": office.actor_id,
    }
    document_id = office.work.insert_one(Document, row)
    office.record("make_document", subject_of({**row, "id": document_id}), edition=values["edition"])
    return document_id
