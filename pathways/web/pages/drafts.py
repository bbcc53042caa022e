"""`/utkast/<form>`: keeps what is typed into a form until it is sent; by itself with script, by a button without."""

from urllib.parse import urlsplit

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.services.access.link_target import own_path
from pathways.services.drafts import keep_draft
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web.posted import FormDep
from pathways.web.visit import Visit, VisitDep

router = APIRouter()


@router.post("/utkast/{key:path}")
def keep(visit: VisitDep, key: str, form: FormDep) -> Response:
    """Keep the draft and tell when; a browser without script is sent back to the form."""

    def write(work: UnitOfWork) -> bool:
        return keep_draft(work, visit.visitor.person_id, key, form, visit.now)

    is_kept = visit.app.retry(write)
    if visit.request.headers.get("hx-request"):
        return visit.fragment("work/_draft_kept.html", at=visit.now if is_kept else None)
    return visit.redirect(_came_from(visit), "web.work.draft_kept_notice")


def _came_from(visit: Visit) -> str:
    """Return the page that the form stands on: our own pages say so, and nothing else is believed."""
    parts = urlsplit(visit.request.headers.get("referer", ""))
    is_ours = parts.netloc == visit.request.headers.get("host")
    return own_path(parts.path + (f"?{parts.query}" if parts.query else "")) if is_ours else "/"
