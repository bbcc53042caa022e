"""`/flode/logg.xes` and `.ocel`: the region's log for process mining, with roles and without persons."""

from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import TextIO

from fastapi import APIRouter
from fastapi.responses import Response, StreamingResponse

from pathways.exports.whole_log import ENDINGS, MEDIA_TYPES, write_log
from pathways.web.visit import NotFound, VisitDep

router = APIRouter()
PIECE = 65_536
ANONYMOUS = "anonym"


@router.get("/flode/logg.{form}")
def send_log(visit: VisitDep, form: str) -> Response:
    """Send the log. It is written to a file first, so that what arrives is whole, and the database is soon let go."""
    visit.require("export_log")
    if form not in ENDINGS:
        raise NotFound
    is_anonymous = visit.request.query_params.get(ANONYMOUS) == "ja"
    file = TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115 - closed when it has been sent
    with visit.read() as work:
        write_log(work, file, form, region_id=visit.visitor.region_id, is_anonymous=is_anonymous)
    file.seek(0)
    of = "logg" if is_anonymous else f"logg-{visit.visitor.region_code.lower()}-{visit.today.isoformat()}"
    headers = {"content-disposition": f'attachment; filename="{of}.{ENDINGS[form]}"'}
    return StreamingResponse(_pieces(file), media_type=MEDIA_TYPES[form], headers=headers)


def _pieces(file: TextIO) -> Iterator[str]:
    with file:
        while piece := file.read(PIECE):
            yield piece
