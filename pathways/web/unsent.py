"""A form that comes when the login has run out: kept for the person whose browser it is, and the way to the login.

Only where the browser still holds the cookie of a session that ran out. Files are never kept, nor what is sent to the
login itself.
"""

from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlsplit

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from pathways.bootstrap import App
from pathways.services.access.link_target import HOME, own_path
from pathways.services.access.session import find_former
from pathways.services.drafts import NOT_TYPED, DraftTooLarge, keep_draft
from pathways.services.unsent import keep_unsent
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web import sessions
from pathways.web.forms import read_form
from pathways.web.posted import LARGEST
from pathways.web.visit import LOGIN

UNSENT_PAGE = "/inte-skickat"
DRAFTS = "/utkast/"
NEVER_KEPT = (LOGIN, "/u/")
"""Where secrets are sent, or stand in the address."""
KEPT, NOT_KEPT = "sparat", "inte-sparat"


async def keep_and_lead(request: Request) -> str:
    """Keep what a form sent, where it can be known whose it is, and return the way to the login and back."""
    page, token = _page_of(request), sessions.token_in(request)
    if not token or request.url.path.startswith(NEVER_KEPT):
        return _way(page)
    person_id = await run_in_threadpool(_former, request, token)
    declared = request.headers.get("content-length", "")
    if person_id is None or not declared.isdecimal() or int(declared) > LARGEST:  # then nothing of it is read
        return _way(page, NOT_KEPT)
    async with request.form() as form:
        typed = read_form(form)
        had_file = any(isinstance(one, UploadFile) and one.filename for _name, one in form.multi_items())
    if not had_file and not any(text.strip() for name in typed.keys() - NOT_TYPED for text in typed[name]):
        return _way(page)
    is_kept = await run_in_threadpool(_keep, request, person_id, typed, page=page, had_file=had_file)
    if request.url.path.startswith(DRAFTS):
        return _way(page, KEPT if is_kept else NOT_KEPT)
    return _way(UNSENT_PAGE, KEPT) if is_kept else _way(page, NOT_KEPT)


def _former(request: Request, token: str) -> int | None:
    installation: App = request.app.state.installation
    now = installation.clock.now()
    with installation.database.read(now) as work:
        return find_former(work, token, now=now)


def _keep(request: Request, person_id: int, typed: Mapping[str, Sequence[str]], *, page: str, had_file: bool) -> bool:
    installation: App = request.app.state.installation
    now = installation.clock.now()
    path, query = request.url.path, request.url.query

    def keep(work: UnitOfWork) -> bool:
        if path.startswith(DRAFTS):
            return keep_draft(work, person_id, path.removeprefix(DRAFTS), typed, now)
        action = f"{path}?{query}" if query else path
        return keep_unsent(work, person_id, action, typed, page=page, had_file=had_file, now=now)

    try:
        return installation.retry(keep)
    except DraftTooLarge:
        return False


def _page_of(request: Request) -> str:
    """Return the page of ours that the form stood on, as the browser tells it."""
    parts = urlsplit(request.headers.get("hx-current-url") or request.headers.get("referer", ""))
    is_ours = parts.netloc == request.headers.get("host")
    return own_path(parts.path + (f"?{parts.query}" if parts.query else "")) if is_ours else HOME


def _way(page: str, told: str = "") -> str:
    asked = [f"till={quote(page)}"] if page != HOME else []
    asked += [f"besked={told}"] if told else []
    return f"{LOGIN}?{'&'.join(asked)}" if asked else LOGIN
