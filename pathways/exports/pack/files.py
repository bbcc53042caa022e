"""The files of a frozen pack: JSON is the content itself; PDF, Word and Excel are made once from it and kept."""

from collections.abc import Callable, Mapping
from typing import Protocol

from pathways.documents.paper_pdf import make_paper_pdf
from pathways.documents.paper_word import make_paper_word
from pathways.documents.table_export import XLSX, write_xlsx
from pathways.exports.pack.paper import Told, build_paper, build_sheets, tell_pack
from pathways.exports.pack.saying import Saying
from pathways.queries.pack.content import thaw_content
from pathways.services.pack.shelf import PackHead, find_file, keep_file, read_content
from pathways.storage.unit_of_work import UnitOfWork

JSON = "json"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MEDIA: Mapping[str, str] = {JSON: "application/json", "pdf": "application/pdf", "docx": WORD, "xlsx": XLSX}
"""What a pack can be taken away as, with the kind of file that a browser is told."""


class Keeping(Protocol):
    """What making a file needs of the application."""

    def retry(self, act: Callable[[UnitOfWork], bytes]) -> bytes:
        """Run `act` in a transaction of its own."""
        ...


def pack_file(
    app: Keeping, pack: PackHead, kind: str, saying: Saying, *, region_id: int, kept: bytes | None, text: str
) -> bytes:
    """Return a file of a pack: what is `kept`, else made from the frozen `text` and kept from now on.

    Two who ask at once get the same: the first that is kept.
    """
    if kind == JSON:
        return text.encode()
    if kept is not None:
        return kept
    made = make_file(tell_pack(pack, thaw_content(text), saying), kind)
    language = saying.language

    def keep(work: UnitOfWork) -> bytes:
        return keep_file(work, pack, kind, made, region_id=region_id, language=language)

    return app.retry(keep)


def look_up(work: UnitOfWork, pack: PackHead, kind: str, *, region_id: int, language: str) -> tuple[str, bytes | None]:
    """Return the frozen text of a pack, and the file where it has been made."""
    kept = None if kind == JSON else find_file(work, pack, kind, region_id=region_id, language=language)
    return read_content(work, pack, region_id=region_id), kept


def make_file(told: Told, kind: str) -> bytes:
    """Return one of `MEDIA` but JSON."""
    if kind == "pdf":
        return make_paper_pdf(build_paper(told))
    if kind == "docx":
        return make_paper_word(build_paper(told))
    return write_xlsx(*build_sheets(told), created=told.head.frozen_at.replace(tzinfo=None))
