"""Files of a task: brought in with a limit, handed out only to be saved, and taken away.

A file is never shown by the browser itself: whatever is in it, it runs nothing in our name.
"""

from unicodedata import normalize
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.errors import Refused
from pathways.queries.task_page import find_file
from pathways.services.task.files import LARGEST_MB
from pathways.web.forms import Keys, keys_of
from pathways.web.posted import FormDep
from pathways.web.task_carry import TOO_LARGE, UNREADABLE, carry_out_data, in_words, require_action
from pathways.web.task_sheet import Trouble, Typed, load_page, show_task
from pathways.web.upload import Upload, UploadDep
from pathways.web.visit import NotFound, Visit, VisitDep

router = APIRouter()
FILE = "fil"
HANDED_OUT = {"content-security-policy": "default-src 'none'; sandbox", "x-content-type-options": "nosniff"}


@router.post("/forlopp/{slug}/uppgift/{ref}/fil")
def attach(visit: VisitDep, slug: str, ref: str, upload: UploadDep) -> Response:
    """Attach a file; 413 where it is too large, 415 where it is of a kind that is not taken."""
    require_action(FILE)
    if error := _problem(visit, upload):
        trouble = Trouble(way=FILE, form=upload.fields, errors={"file": error})
        return show_task(visit, slug, ref, trouble=trouble, status=TOO_LARGE if upload.is_too_large else UNREADABLE)
    data = {"task": ref, "name": upload.name, "content": upload.content}
    return carry_out_data(visit, slug, FILE, data, upload.fields)


@router.get("/forlopp/{slug}/uppgift/{ref}/bilaga/{attachment}")
def hand_out(visit: VisitDep, slug: str, ref: str, attachment: str) -> Response:
    """Hand a file out to be saved."""
    with visit.read() as work:
        load_page(visit, work, slug, ref)
        file = find_file(work, region_id=visit.visitor.region_id, slug=slug, ref=ref, attachment=attachment)
    if file is None:
        raise NotFound
    headers = {**HANDED_OUT, "content-disposition": disposition_of(file.name)}
    return Response(file.content, media_type=file.media_type, headers=headers)


@router.post("/forlopp/{slug}/uppgift/{ref}/bilaga/{attachment}/ta-bort")
def remove(visit: VisitDep, slug: str, ref: str, attachment: str, form: FormDep) -> Response:
    """Take a file or a link away."""
    with visit.read() as work:
        page = load_page(visit, work, slug, ref)
    if attachment not in {one.ref for one in page.attachments}:
        return visit.redirect(f"/forlopp/{slug}/uppgift/{ref}", "web.work.told.removed_already")
    try:
        visit.run(slug, "remove_attachment", {"attachment": attachment}, keys=_unversioned(form))
    except Refused as error:
        trouble = Trouble(way="", form={}, others=(in_words(visit, error),))
        return show_task(visit, slug, ref, trouble=trouble, status=409)
    return visit.redirect(f"/forlopp/{slug}/uppgift/{ref}", "web.work.told.removed")


def disposition_of(name: str) -> str:
    """Return the header that lets a browser save a file under its name, å, ä and ö included."""
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode().replace("\\", "").replace('"', "")
    return f"attachment; filename=\"{plain or 'fil'}\"; filename*=UTF-8''{quote(name, safe='')}"


def _problem(visit: Visit, upload: Upload) -> str:
    if upload.is_too_large:
        return visit.texts.say("error.file_too_large", n=LARGEST_MB)
    if not upload.name or not upload.content:
        return visit.texts.say("web.work.file_missing")
    return ""


def _unversioned(form: Typed) -> Keys:
    """What happens beside a file stops nobody from taking it away."""
    return Keys(keys_of(form).command_id)
