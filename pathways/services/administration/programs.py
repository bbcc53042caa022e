"""Tokens and webhooks of other programs, made and ended by an administrator."""

from sqlalchemy import select, update

from pathways.errors import Refused, Unknown
from pathways.models.webhook import Webhook
from pathways.services.access.api_token import SCOPES, make_token, revoke_token
from pathways.services.administration.office import Office
from pathways.services.webhooks import register
from pathways.storage.unit_of_work import Row, table_of

LONGEST = 100
_hook = table_of(Webhook)


def give_token(office: Office, *, name: str, person: str, scopes: tuple[str, ...], days: int) -> str:
    """Make a token that acts as a person, and return it: it can be read this once. A token needs a name and a scope."""
    office.permit("manage_tokens")
    row = office.person(person)
    if not scopes or set(scopes) - set(SCOPES):
        raise Refused("error.token_scopes")
    token = make_token(
        office.work, region_id=office.region_id, person_id=row["id"], name=_name(name), scopes=scopes, days=days
    )
    office.record("give_token", person, scopes=list(scopes), days=days)
    return token


def end_token(office: Office, token_hash: str) -> None:
    """End a token at once; one that is not the region's is `Unknown`."""
    office.permit("manage_tokens")
    if not revoke_token(office.work, region_id=office.region_id, token_hash=token_hash):
        raise Unknown("token", token_hash[:8], ())
    office.record("end_token", token_hash[:8])


def add_webhook(office: Office, *, name: str, url: str, commands: tuple[str, ...], cursor: str) -> Row:
    """Add an address that is told of events from `cursor` on, and return its row; `AddressRefused` without TLS."""
    office.permit("manage_tokens")
    hook_id = register(
        office.work, region_id=office.region_id, name=_name(name), url=url.strip(), commands=commands, cursor=cursor
    )
    office.record("add_webhook", str(hook_id), commands=list(commands))
    return next(row for row in list_webhooks(office) if row["id"] == hook_id)


def set_webhook(office: Office, hook_id: int, *, active: bool) -> None:
    """Stop telling an address, or begin again where it left off; one that is not the region's is `Unknown`."""
    office.permit("manage_tokens")
    mine = (_hook.c.id == hook_id, _hook.c.region_id == office.region_id)
    values = {"active": active, "failures": 0, "last_error": None, "next_try_at": office.work.now}
    if office.work.connection.execute(update(_hook).where(*mine).values(**values)).rowcount != 1:
        raise Unknown("webhook", str(hook_id), ())
    office.record("start_webhook" if active else "stop_webhook", str(hook_id))


def list_webhooks(office: Office) -> list[Row]:
    """Return the region's addresses, the oldest first."""
    return office.work.rows(select(_hook).where(_hook.c.region_id == office.region_id).order_by(_hook.c.id))


def _name(given: str) -> str:
    name = " ".join(given.split())
    if not 0 < len(name) <= LONGEST or not name.isprintable():
        raise Refused("error.own_name", n=LONGEST)
    return name
