"""The cookie of a session: finds the visitor behind it, hands it out, takes it back. Rules and rows are `access`'s.

The cookie holds a random secret and nothing else. Over TLS its name begins with `__Host-`, which browsers accept from
this very host alone.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Protocol

from fastapi import Request
from fastapi.responses import Response

from pathways.bootstrap import App
from pathways.errors import Busy, Unwritable
from pathways.locale import Texts
from pathways.models.access import LoginWay
from pathways.services.access import notice
from pathways.services.access.session import Session, find_session, touch_session
from pathways.services.access.task_link import TaskLink
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web.config import WebConfig
from pathways.web.visitor import Visitor

COOKIE = "forlopp_session"


class Noticing(Protocol):
    """What notices ask of a visit."""

    @property
    def app(self) -> App:
        """The application within the visitor's region."""
        ...

    @property
    def found(self) -> Visitor | None:
        """Who looks."""
        ...

    @property
    def texts(self) -> Texts:
        """The reader's language."""
        ...


def cookie_name(config: WebConfig) -> str:
    """Return the name of the session's cookie."""
    return f"__Host-{COOKIE}" if config.is_https else COOKIE


def token_in(request: Request) -> str:
    """Return the secret that the browser sent, empty where it sent none."""
    return request.cookies.get(cookie_name(request.app.state.config), "")


def find(request: Request, installation: App) -> Visitor | None:
    """Return who is logged in in the browser; a session of the demo counts only while the demo is served."""
    token = token_in(request)
    if not token:
        return None
    now = installation.clock.now()
    with installation.database.read(now) as work:
        session = find_session(work, token, now=now)
    if session is None or (session.way is LoginWay.DEMO and not request.app.state.config.demo):
        return None
    if session.is_to_be_touched(now):
        _touch(installation, session, now)
    return _visitor_of(session)


def visitor_by_link(link: TaskLink) -> Visitor:
    """Return the visitor that a task's link lets in: without a session, for that task alone."""
    same = ("person_id", "name", "language", "region_id", "region_code", "region_name", "origin")
    return Visitor(
        **{name: getattr(link, name) for name in same},
        slug=link.person,
        session_id="",
        roles=frozenset(),
        task_only=(link.slug, link.ref),
    )


def hand_out(response: Response, config: WebConfig, token: str) -> None:
    """Give the browser a session's secret; it forgets it when it is closed, and no script can read it."""
    response.set_cookie(cookie_name(config), token, path="/", secure=config.is_https, httponly=True, samesite="lax")


def take_back(response: Response, config: WebConfig) -> None:
    """Let the browser forget the secret."""
    response.delete_cookie(cookie_name(config), path="/", secure=config.is_https, httponly=True, samesite="lax")


def keeping_notice(
    visit: Noticing, text: str, values: Mapping[str, str | int] | None = None, *, undo: str = ""
) -> Callable[[UnitOfWork], None]:
    """Return what keeps a sentence for the visitor's next page, to be done in a transaction.

    Somebody without a session is told nothing later.
    """
    told = notice.Notice(text=text, values=dict(values or {}), undo=undo)
    session_id = visit.found.session_id if visit.found is not None else ""

    def keep(work: UnitOfWork) -> None:
        if session_id:
            notice.add_notice(work, session_id, told)

    return keep


def take_notices(visit: Noticing) -> list[tuple[str, str, str | None]]:
    """Return the sentences kept for this page as kind, text and the way to undo; each is shown once."""
    assert visit.found is not None
    session_id = visit.found.session_id
    try:
        kept = visit.app.retry(lambda work: notice.take_notices(work, session_id))
    except Unwritable:  # what can be read is shown all the same; the notices wait
        return []
    return [(one.kind, visit.texts.say(one.text, **one.values), one.undo or None) for one in kept]


def _touch(installation: App, session: Session, now: datetime) -> None:
    with suppress(Busy, Unwritable), installation.database.write(now) as work:  # the next request tries again
        touch_session(work, session.session_id, now=now)
        work.commit()


def _visitor_of(session: Session) -> Visitor:
    same = ("person_id", "slug", "name", "language", "region_id", "region_code", "region_name", "origin")
    own = ("session_id", "roles", "appointed", "has_notices", "unread", "has_unsent")
    return Visitor(**{name: getattr(session, name) for name in (*same, *own)})
