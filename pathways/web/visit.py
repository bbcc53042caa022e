"""One request by one reader: who they are, in which language and region, and the ways to read, act and answer.

Pages get it as `VisitDep`; without a login they are sent to the login page and come back afterwards.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from importlib.metadata import version
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import State

from pathways.bootstrap import App
from pathways.locale import DEFAULT, LANGUAGES, Texts, texts
from pathways.planning.instants import local_date
from pathways.profiles.schema import Profile
from pathways.services.ask import Ask, Receipt
from pathways.services.policy import may_act
from pathways.services.unsent import drop_unsent
from pathways.storage.unit_of_work import UnitOfWork
from pathways.web import sessions
from pathways.web.config import WebConfig
from pathways.web.formatting import Formatting
from pathways.web.forms import Keys
from pathways.web.navigation import links_for
from pathways.web.render import render
from pathways.web.visitor import Visitor
from pathways.wording import Wording

LANGUAGE_COOKIE = "forlopp_language"
LOGIN = "/logga-in"
RELEASE = version("forlopp")
CALENDARS_KEPT = timedelta(minutes=1)


class NotLoggedIn(Exception):
    """Somebody unknown asked for a page that needs a login; the handler sends them there and back."""


class NotFound(Exception):
    """There is no such page for this reader: it does not exist, or it is not theirs to see."""


@dataclass
class Visit:
    """One request. Mutable only in what it has looked up for itself."""

    request: Request
    config: WebConfig
    installation: App
    found: Visitor | None

    @property
    def path(self) -> str:
        """Return the path of the page."""
        return self.request.url.path

    @property
    def visitor(self) -> Visitor:
        """Return who is logged in; raise `NotLoggedIn` where nobody is."""
        if self.found is None:
            raise NotLoggedIn
        return self.found

    @cached_property
    def app(self) -> App:
        """Return the application within the visitor's own region: no other can be reached through it."""
        return self.installation.within(self.found.region_code) if self.found else self.installation

    @property
    def profile(self) -> Profile:
        """Return the profile of the visitor's region."""
        return self.app.profile

    @cached_property
    def now(self) -> datetime:
        """Return the instant of this request, the same all through it."""
        return self.app.clock.now()

    @property
    def today(self) -> date:
        """Return the date on the region's calendars."""
        return local_date(self.now, self.profile.region.zone)

    @property
    def language(self) -> str:
        """Return the language the reader chose: the person's own, or the cookie's before login."""
        chosen = self.found.language if self.found else self.request.cookies.get(LANGUAGE_COOKIE, DEFAULT)
        return chosen if chosen in LANGUAGES else DEFAULT

    @cached_property
    def texts(self) -> Texts:
        """Return the texts of the reader's language."""
        return texts(self.language)

    @cached_property
    def wording(self) -> Wording:
        """Return the words for ids, with the region's own titles for checklist items."""
        titles = {
            item.slug: getattr(item.title, self.language)
            for items in self.profile.checklists.values()
            for item in items
        }
        return Wording(self.texts, self.profile.region.zone, titles)

    @cached_property
    def formats(self) -> Formatting:
        """Return the forms of dates and numbers."""
        return Formatting(self.texts, self.profile.region.zone)

    @contextmanager
    def read(self) -> Iterator[UnitOfWork]:
        """Give a unit of work that only reads, at the instant of this request."""
        with self.app.database.read(self.now) as work:
            yield work

    @contextmanager
    def write(self) -> Iterator[UnitOfWork]:
        """Give a unit of work that may write; nothing stands unless it is committed."""
        with self.app.database.write(self.now) as work:
            yield work

    def may(self, action: str, introduction_id: int | None = None, *, owns: bool = False) -> bool:
        """Say whether the policy table lets the visitor do an action or see a page; use cases ask again themselves."""
        visitor = self.visitor
        if visitor.task_only is not None:
            return False
        held = visitor.hats if introduction_id is None else visitor.roles_in(introduction_id)
        return may_act(action, held, owns=owns)

    def require(self, action: str) -> None:
        """Answer as if the page did not exist where the policy table does not let the visitor see it."""
        if not self.may(action):
            raise NotFound

    def ask(self, keys: Keys | None = None, *, reason: str | None = None) -> Ask:
        """Return who asks, with the unseen keys of the form."""
        keys = keys or Keys()
        return Ask(actor=self.visitor.slug, reason=reason or None, version=keys.version, command_id=keys.command_id)

    def run(
        self,
        slug: str,
        command: str,
        data: Mapping[str, object],
        *,
        keys: Keys | None = None,
        reason: str | None = None,
        also: Callable[[UnitOfWork], None] | None = None,
    ) -> Receipt:
        """Carry out a command as the visitor, and what is `also` to be written; raises the refusals of `App.run`."""
        return self.app.run(slug, command, data, self.ask(keys, reason=reason), also=also)

    def page(self, template: str, /, status: int = 200, **values: object) -> Response:
        """Answer with a whole page."""
        return HTMLResponse(render(template, self.wording, self.formats, {**self._frame(), **values}), status)

    def fragment(self, template: str, /, status: int = 200, **values: object) -> Response:
        """Answer with a piece of a page, for htmx."""
        own = {"visitor": self.found, "may": self.may, "profile": self.profile, "today": self.today}
        return HTMLResponse(render(template, self.wording, self.formats, {**own, **values}), status)

    def redirect(self, path: str, notice: str = "", *, undo: str = "", **values: str | int) -> Response:
        """Answer with a way to another page of ours; `notice` is a text's id, shown there once."""
        if self.found is not None and (notice or self._sends_again):
            self.app.retry(lambda work: self._leave(work, notice, values, undo=undo))
        return RedirectResponse(path, status_code=303)

    @property
    def _sends_again(self) -> bool:
        """Say whether this may be a form that came once before, when the login had run out."""
        return self.request.method == "POST" and self.visitor.has_unsent

    def _leave(self, work: UnitOfWork, notice: str, values: Mapping[str, str | int], *, undo: str) -> None:
        if notice:
            sessions.keeping_notice(self, notice, values, undo=undo)(work)
        if self._sends_again:
            query = self.request.url.query
            drop_unsent(work, self.visitor.person_id, f"{self.path}?{query}" if query else self.path)

    def _frame(self) -> dict[str, object]:
        notices = sessions.take_notices(self) if self.found and self.found.has_notices else []
        return {
            "visitor": self.found,
            "nav": links_for(self),
            "notices": notices,
            "demo": self.config.demo or (self.found is not None and self.found.origin != "real"),
            "may": self.may,
            "profile": self.profile,
            "today": self.today,
            "path_here": quote(self.path),
            "version": RELEASE,
        }


def find_visit(request: Request) -> Visit:
    """Return the visit of a request, with nobody in it where no session holds."""
    state = request.app.state
    installation: App = state.installation
    _keep_calendars(state, installation)
    visitor = sessions.find(request, installation)
    visit = Visit(request, state.config, installation, visitor)
    request.state.visit = visit
    return visit


def _keep_calendars(state: State, installation: App) -> None:
    """Take in once a minute what other processes have changed about closing days."""
    now = installation.clock.now()
    last: datetime | None = getattr(state, "calendars_at", None)
    if last is None or now - last >= CALENDARS_KEPT:
        state.calendars_at = now
        installation.refresh_calendars()


MaybeVisitDep = Annotated[Visit, Depends(find_visit)]


def require_visit(visit: MaybeVisitDep) -> Visit:
    """Return the visit of somebody who is logged in; send others to the login."""
    if visit.found is None:
        raise NotLoggedIn
    if visit.found.task_only is not None:
        raise NotFound
    return visit


VisitDep = Annotated[Visit, Depends(require_visit)]


def way_to_login(request: Request) -> str:
    """Return the address of the login page that leads back to the page that was asked for."""
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return LOGIN if wanted == "/" or request.method != "GET" else f"{LOGIN}?till={quote(wanted)}"
