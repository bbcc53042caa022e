"""`/u/<link>`: a task opened from its mail without a login, for that task alone. Looking changes nothing.

Mail programs open links to look for harm, so only a form that is sent uses the link up.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import select

from pathways.errors import InvalidOrder, LinkExpired, LinkUnknown, LinkUsed, Refused
from pathways.models.introduction import Event
from pathways.profiles.vocabulary import Role
from pathways.queries.task_page import TaskPage, task_page
from pathways.services.access.renew_task_link import mail_task_link
from pathways.services.access.task_link import FoundLink, TaskLink, find_task_link, use_task_link
from pathways.services.roster import roster_of
from pathways.storage.unit_of_work import table_of
from pathways.web import sessions
from pathways.web.comment_way import views_path
from pathways.web.forms import Field, Keys, first, keys_of
from pathways.web.gap_way import answer_path
from pathways.web.hold_way import hold_path
from pathways.web.login.rate import LINK_LIMIT
from pathways.web.posted import FormDep
from pathways.web.task_actions import ACTIONS, build_fields, data_of, find_problems
from pathways.web.task_carry import CONFLICT, UNREADABLE, in_words, run_unless_changed, status_for, trouble_of
from pathways.web.task_sheet import Trouble
from pathways.web.task_words import TaskWords
from pathways.web.visit import LANGUAGE_COOKIE, MaybeVisitDep, NotFound, Visit

router = APIRouter(dependencies=[LINK_LIMIT])
WAYS = ("klar", "mer-tid", "inte-min")
GONE = 410
PRESENT = frozenset({"active", "paused"})
_event = table_of(Event)


@dataclass(frozen=True, slots=True)
class Opened:
    """A link, the visit of its person, and the task as it stands."""

    token: str
    visit: Visit
    link: TaskLink
    page: TaskPage


@router.get("/u/{token}")
def show(visit: MaybeVisitDep, token: str) -> Response:
    """Show the task with its buttons; of a link that was used, what came of it; else how to get a new one."""
    found = find_link(visit, token)
    if found.refusal is LinkExpired:
        return _gone(visit, token)
    opened = open_link(visit, token, found.link)
    if found.refusal is LinkUsed:
        return _show_used(opened)
    return _show(opened)


@router.post("/u/{token}/ny")
def renew(visit: MaybeVisitDep, token: str) -> Response:
    """Mail a new link to the person whom the old one was made for."""
    opened = open_link(visit, token, find_link(visit, token).link)
    own = opened.visit
    if not opened.page.is_mine:
        return _show(opened, status=CONFLICT)
    try:
        own.app.retry(lambda work: mail_task_link(work, opened.link, profile=own.profile, today=own.today))
    except Refused as error:
        return own.page("work/link_gone.html", GONE, token=token, why=in_words(own, error), offers_new=False)
    return own.page("work/link_sent.html")


@router.post("/u/{token}/{way}")
def act(visit: MaybeVisitDep, token: str, way: str, form: FormDep) -> Response:
    """Do with the task what was asked for, and use the link up."""
    if way not in WAYS:
        raise NotFound
    found = find_link(visit, token)
    here = RedirectResponse(f"/u/{token}", status_code=303)
    if found.refusal is not None:
        return here
    opened, action = open_link(visit, token, found.link), ACTIONS[way]
    own = opened.visit
    if missing := find_problems(own, build_fields(own, action), form):
        return _show(opened, Trouble(way=way, form=form, errors=missing), status=UNREADABLE)
    if not opened.page.is_mine:
        return _show(opened, status=CONFLICT)
    keys = Keys(opened.link.command_id, keys_of(form).version)
    data, reason = data_of(action, opened.link.ref, form), first(form, action.reason) if action.reason else ""
    try:
        meanwhile = run_unless_changed(own, opened.page, action, data, keys, reason=reason)
    except (InvalidOrder, Refused) as error:
        again = open_link(visit, token, found.link)
        return _show(again, trouble_of(own, action, form, error), status=status_for(error))
    if meanwhile is not None:
        trouble = Trouble(way=way, form=form, meanwhile=meanwhile)
        return _show(open_link(visit, token, found.link), trouble, status=CONFLICT)
    with suppress(LinkUsed):
        own.app.retry(lambda work: use_task_link(work, token, opened.link, now=own.now))
    return here


def find_link(visit: Visit, token: str) -> FoundLink:
    """Return a link of ours, also one that can be used no more; to any other there is no page."""
    secret = visit.installation.secret
    try:
        with visit.installation.database.read(visit.now) as work:
            return find_task_link(work, token, secret=secret, now=visit.now)
    except LinkUnknown:
        raise NotFound from None


def open_link(visit: Visit, token: str, link: TaskLink) -> Opened:
    """Return the task behind a link, seen by its person; the roles they hold are told, and open nothing here."""
    visitor = sessions.visitor_by_link(link)
    language = visit.request.cookies.get(LANGUAGE_COOKIE, link.language)
    own = Visit(visit.request, visit.config, visit.installation, visitor)
    region_id, today = link.region_id, own.today
    with own.read() as work:
        page = task_page(work, region_id=region_id, slug=link.slug, ref=link.ref, person_id=link.person_id, today=today)
        roster = roster_of(work, introduction_id=link.introduction_id, region_id=region_id, today=today)
    held = frozenset(Role(role) for role in roster.roles_of(link.person_id))
    own.found = replace(visitor, roles=held, language=language)
    visit.request.state.visit = own
    return Opened(token, own, link, page)


def _show(opened: Opened, trouble: Trouble | None = None, *, status: int = 200) -> Response:
    visit, page = opened.visit, opened.page
    can_act = page.is_mine and page.state == "open" and page.standing in PRESENT
    fields = {way: _fields(opened, way, trouble) for way in WAYS} if can_act else {}
    return visit.page(
        "work/link.html",
        status,
        page=page,
        token=opened.token,
        fields=fields,
        faulty=[one for several in fields.values() for one in several if one.error],
        trouble=trouble,
        keys=Keys(opened.link.command_id, page.seen),
        words_of=TaskWords(visit),
        has_errors=status != 200,
        typed_in_vain=_in_vain(trouble) if not can_act else (),
        answer_path=answer_path(visit, page),
        views_path=views_path(page),
        hold_path=hold_path(page, token=opened.token),
    )


def _fields(opened: Opened, way: str, trouble: Trouble | None) -> Sequence[Field]:
    fields = build_fields(opened.visit, ACTIONS[way], now=opened.page)
    if trouble is None or trouble.way != way:
        return fields
    return [one.filled(trouble.form, trouble.errors) for one in fields]


def _in_vain(trouble: Trouble | None) -> tuple[str, ...]:
    if trouble is None:
        return ()
    return tuple(text for name in ACTIONS[trouble.way].names for text in trouble.form.get(name, ()) if text.strip())


def _show_used(opened: Opened) -> Response:
    """Tell what the link did; one that did nothing that is still known has simply expired."""
    command = _done_by(opened)
    if command is None:
        return _gone(opened.visit, opened.token)
    return opened.visit.page("work/link_done.html", page=opened.page, command=command, words_of=TaskWords(opened.visit))


def _done_by(opened: Opened) -> str | None:
    query = select(_event.c.command).where(_event.c.command_id == opened.link.command_id)
    with opened.visit.read() as work:
        command: str | None = work.value(query)
    return command


def _gone(visit: Visit, token: str) -> Response:
    why = visit.texts.say("web.work.link.expired")
    return visit.page("work/link_gone.html", GONE, token=token, why=why, offers_new=True)
