"""`/admin/nycklar`, `/admin/webhookar`, `/admin/inloggning`: programs that call or are told, groups that log in."""

from collections.abc import Mapping, Sequence

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.bootstrap.secret import read_secret
from pathways.errors import PathwaysError, Refused, Unknown
from pathways.profiles.vocabulary import Role
from pathways.queries.feed import Cursor
from pathways.queries.register import list_persons
from pathways.services.access.api_token import SCOPES, list_tokens
from pathways.services.administration.login_groups import add_group, list_groups, remove_group
from pathways.services.administration.people import GIVEN
from pathways.services.administration.programs import (
    add_webhook,
    end_token,
    give_token,
    list_webhooks,
    set_webhook,
)
from pathways.services.webhooks import signing_secret
from pathways.storage.unit_of_work import Row
from pathways.web.forms import Field, Option, first
from pathways.web.office import Cell, Form, Line, Press, Sheet, administer, filled, look, show_sheet, words_of
from pathways.web.posted import FormDep
from pathways.web.visit import Visit, VisitDep

router = APIRouter()
TOKENS, HOOKS, GROUPS = "/admin/nycklar", "/admin/webhookar", "/admin/inloggning"
DAYS = ("30", "90", "365")
Typed = Mapping[str, Sequence[str]]


@router.get(TOKENS)
def tokens(visit: VisitDep) -> Response:
    """Show the tokens of programs, without anything that could be used to call."""
    return _tokens(visit)


@router.post(TOKENS)
def new_token(visit: VisitDep, form: FormDep) -> Response:
    """Make a token and show it, this once."""
    days = first(form, "days")
    scopes = tuple(scope for scope in form.get("scopes", ()) if scope in SCOPES)
    try:
        token = administer(
            visit,
            "manage_tokens",
            lambda office: give_token(
                office,
                name=first(form, "token_name"),
                person=first(form, "person"),
                scopes=scopes,
                days=int(days) if days in DAYS else int(DAYS[0]),
            ),
        )
    except (Refused, Unknown) as error:
        at = {"error.token_scopes": "scopes", "error.unknown_person": "person"}.get(error.sentence, "token_name")
        return _tokens(visit, form=form, errors={at: words_of(visit, error)[1]}, status=422)
    return visit.page("admin/shown_once.html", secret=token, back=TOKENS, what="token")


@router.post(f"{TOKENS}/{{token}}/avsluta")
def no_token(visit: VisitDep, token: str) -> Response:
    """End a token at once."""
    administer(visit, "manage_tokens", lambda office: end_token(office, token))
    return visit.redirect(TOKENS, "web.admin.told.token_ended")


@router.get(HOOKS)
def webhooks(visit: VisitDep) -> Response:
    """Show the addresses that are told of events, and how each gets on."""
    return _hooks(visit)


@router.post(HOOKS)
def new_webhook(visit: VisitDep, form: FormDep) -> Response:
    """Add an address that is told of events from now on, and show its secret."""
    try:
        hook = administer(
            visit,
            "manage_tokens",
            lambda office: add_webhook(
                office,
                name=first(form, "hook_name"),
                url=first(form, "url"),
                commands=tuple(first(form, "commands").replace(",", " ").split()),
                cursor=str(Cursor(at=visit.now)),
            ),
        )
    except PathwaysError as error:
        at = "url" if error.sentence == "error.webhook_address" else "hook_name"
        return _hooks(visit, form=form, errors={at: words_of(visit, error)[1]}, status=422)
    secret = signing_secret(read_secret(visit.app.settings), hook)
    return visit.page("admin/shown_once.html", secret=secret, back=HOOKS, what="webhook")


@router.post(f"{HOOKS}/{{hook}}/{{act}}")
def set_hook(visit: VisitDep, hook: int, act: str) -> Response:
    """Stop telling an address, or begin again."""
    active = act == "starta"
    administer(visit, "manage_tokens", lambda office: set_webhook(office, hook, active=active))
    return visit.redirect(HOOKS, "web.admin.told.webhook_started" if active else "web.admin.told.webhook_stopped")


@router.get(GROUPS)
def groups(visit: VisitDep) -> Response:
    """Show which role each group of the region's login service gives."""
    return _groups(visit)


@router.post(GROUPS)
def new_group(visit: VisitDep, form: FormDep) -> Response:
    """Let a group give a role."""
    chosen = first(form, "role")
    role = Role(chosen) if chosen in set(Role) else None
    try:
        administer(visit, "manage_login", lambda office: add_group(office, first(form, "group_name"), role))
    except Refused as error:
        return _groups(visit, form=form, errors={"group_name": words_of(visit, error)[1]}, status=422)
    return visit.redirect(GROUPS, "web.admin.told.group_added")


@router.post(f"{GROUPS}/{{group}}/ta-bort")
def no_group(visit: VisitDep, group: int) -> Response:
    """Let a line go."""
    administer(visit, "manage_login", lambda office: remove_group(office, group))
    return visit.redirect(GROUPS, "web.admin.told.group_removed")


def _tokens(
    visit: Visit, *, form: Typed | None = None, errors: Mapping[str, str] | None = None, status: int = 200
) -> Response:
    say, word = visit.texts.say, visit.texts.word
    visit.require("manage_tokens")
    with visit.read() as work:
        rows = list_tokens(work, region_id=visit.visitor.region_id)
        people = [one for one in list_persons(work, region_id=visit.visitor.region_id) if one.active]
    sheet = Sheet(
        title=say("web.admin.room.tokens"),
        heads=tuple(say(f"web.admin.head.{name}") for name in ("name", "acts_as", "scopes", "last_used", "state")),
        lines=tuple(_token(visit, row) for row in rows),
        empty=say("web.admin.empty.tokens"),
        intro=say("web.admin.tokens_intro"),
    )
    fields = (
        Field(name="token_name", label=say("web.admin.field.token_name"), max_length=100),
        Field(
            name="person",
            label=say("web.admin.field.acts_as"),
            help=say("web.admin.help.acts_as"),
            kind="select",
            options=tuple(Option(value=one.slug, label=one.name) for one in people),
        ),
        Field(
            name="scopes",
            label=say("web.admin.head.scopes"),
            kind="checkboxes",
            options=tuple(Option(value=scope, label=word("web.admin.scope", scope)) for scope in SCOPES),
        ),
        Field(
            name="days",
            label=say("web.admin.field.days"),
            kind="radios",
            value=DAYS[1],
            options=tuple(Option(value=days, label=say("web.admin.for_days", n=int(days))) for days in DAYS),
        ),
    )
    return show_sheet(visit, sheet, forms=[_form(visit, TOKENS, fields, "token", form, errors)], status=status)


def _token(visit: Visit, row: Row) -> Line:
    say, formats = visit.texts.say, visit.formats
    over = row["revoked_at"] is not None or (row["expires_at"] is not None and row["expires_at"] <= visit.now)
    if over:
        state = Cell(say("web.admin.token_over"), tone="neutral")
    else:
        state = Cell(say("web.admin.token_good", day=formats.moment(row["expires_at"])), tone="good")
    scopes = ", ".join(visit.texts.word("web.admin.scope", scope) for scope in row["scopes"])
    press = Press(f"{TOKENS}/{row['token_hash']}/avsluta", say("web.admin.end"), row["name"])
    used = formats.moment(row["last_used_at"])
    return Line((Cell(row["name"]), Cell(row["person"]), Cell(scopes), Cell(used), state), () if over else (press,))


def _hooks(
    visit: Visit, *, form: Typed | None = None, errors: Mapping[str, str] | None = None, status: int = 200
) -> Response:
    say = visit.texts.say
    rows = look(visit, "manage_tokens", list_webhooks)
    sheet = Sheet(
        title=say("web.admin.room.webhooks"),
        heads=tuple(say(f"web.admin.head.{name}") for name in ("name", "address", "last_sent", "state")),
        lines=tuple(_hook(visit, row) for row in rows),
        empty=say("web.admin.empty.webhooks"),
        intro=say("web.admin.webhooks_intro"),
    )
    fields = (
        Field(name="hook_name", label=say("web.admin.field.hook_name"), max_length=100),
        Field(name="url", label=say("web.admin.field.url"), help=say("web.admin.help.url"), max_length=500),
        Field(
            name="commands", label=say("web.admin.field.commands"), help=say("web.admin.help.commands"), required=False
        ),
    )
    return show_sheet(visit, sheet, forms=[_form(visit, HOOKS, fields, "webhook", form, errors)], status=status)


def _hook(visit: Visit, row: Row) -> Line:
    say = visit.texts.say
    if not row["active"]:
        state = Cell(say("web.admin.hook_stopped"), tone="neutral")
    elif row["failures"]:
        state = Cell(say("web.admin.hook_failing", n=row["failures"], error=row["last_error"] or ""), tone="warn")
    else:
        state = Cell(say("web.admin.hook_good"), tone="good")
    act, label = ("stoppa", "web.admin.stop") if row["active"] else ("starta", "web.admin.start")
    press = Press(f"{HOOKS}/{row['id']}/{act}", say(label), row["name"])
    return Line((Cell(row["name"]), Cell(row["url"]), Cell(visit.formats.moment(row["last_sent_at"])), state), (press,))


def _groups(
    visit: Visit, *, form: Typed | None = None, errors: Mapping[str, str] | None = None, status: int = 200
) -> Response:
    say, word = visit.texts.say, visit.texts.word
    rows = look(visit, "manage_login", list_groups)
    lines = tuple(
        Line(
            (Cell(row["name"]), Cell(word("role", row["role"]) if row["role"] else say("web.admin.no_role"))),
            (Press(f"{GROUPS}/{row['id']}/ta-bort", say("web.frame.remove"), row["name"]),),
        )
        for row in rows
    )
    sheet = Sheet(
        title=say("web.admin.room.login"),
        heads=(say("web.admin.head.group"), say("web.admin.head.role")),
        lines=lines,
        empty=say("web.admin.empty.groups"),
        intro=say("web.admin.login_intro" if visit.app.settings.has_oidc else "web.admin.login_intro_mail"),
    )
    fields = (
        Field(name="group_name", label=say("web.admin.field.group_name"), help=say("web.admin.help.group_name")),
        Field(
            name="role",
            label=say("web.admin.head.role"),
            kind="select",
            options=tuple(Option(value=role, label=word("role", role).capitalize()) for role in GIVEN),
            required=False,
        ),
    )
    return show_sheet(visit, sheet, forms=[_form(visit, GROUPS, fields, "group", form, errors)], status=status)


def _form(
    visit: Visit,
    action: str,
    fields: tuple[Field, ...],
    what: str,
    form: Typed | None,
    errors: Mapping[str, str] | None,
) -> Form:
    shown = filled(fields, form, errors or {}) if form is not None else fields
    return Form(
        action=action,
        fields=shown,
        button=visit.texts.say("web.frame.save"),
        title=visit.texts.word("web.admin.new", what),
    )
