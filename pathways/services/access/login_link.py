"""One-time links that log somebody in: mailed to an address, or printed for the first administrator.

The mail's link is signed when it leaves, from an id that the outbox holds: neither database nor backup can open it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, bindparam, func, or_, select, update

from notifications.message import Message, MessageKind, Urgency
from notifications.outbox import put
from pathways.errors import LinkExpired, LinkUnknown, LinkUsed
from pathways.models.access import LinkPurpose, LoginLink, LoginWay
from pathways.models.organisation import Person, Region
from pathways.services.access.link_target import own_path
from pathways.services.access.token import Purpose, digest_of, encode, new_token, sign
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

LOGIN_PATH = "/logga-in"
LIFE = timedelta(minutes=30)
OPEN_AT_MOST = 5
"""So many links of one person wait to be used; who asks for more gets no further mail until some have expired."""

_link, _person, _region = table_of(LoginLink), table_of(Person), table_of(Region)
_WAYS = {LinkPurpose.LOGIN: LoginWay.MAIL_LINK, LinkPurpose.SET_UP: LoginWay.SET_UP_LINK}
_NOBODY: Row = {"id": None, "region_id": None, "code": "-", "region": "-"}


def _addressed() -> Select[tuple[object, ...]]:
    """Return the query of the people with an address, plain or as a mail channel's; letters' case does not count."""
    waiting = (
        select(func.count())
        .where(_link.c.person_id == _person.c.id, _link.c.used_at.is_(None), _link.c.expires_at > bindparam("now"))
        .correlate(_person)
        .scalar_subquery()
    )
    stored, given = func.lower(_person.c.address), func.lower(bindparam("address"))
    return (
        select(_person.c.id, _person.c.region_id, _region.c.code, _region.c.name.label("region"))
        .join_from(_person, _region, _region.c.id == _person.c.region_id)
        .where(or_(stored == given, stored == "mailto://" + given), _person.c.active, waiting < OPEN_AT_MOST)
        .order_by(_person.c.id)
    )


_ADDRESSED = _addressed()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedLink:
    """Whom a link lets in, how, and where to."""

    person_id: int
    way: LoginWay
    target: str


def mail_login_link(work: UnitOfWork, address: str, *, secret: bytes, target: str, now: datetime) -> None:
    """Put a login link in the outbox for everybody who has the address; it leaves at once, at any hour.

    An address that nobody has costs the same statements, so that neither answer nor time tells who is here.
    """
    people = work.rows(_ADDRESSED, {"address": address.strip(), "now": now})
    for person in people or [_NOBODY]:
        _mail_to(work, person, secret=secret, target=target, now=now)


def token_of(link_id: str, *, secret: bytes) -> str:
    """Return the secret of a mailed link."""
    return encode(sign(secret, Purpose.LOGIN_LINK, link_id.encode()))


def write_link(
    work: UnitOfWork, token: str, *, purpose: LinkPurpose, person: Row, target: str = "/", now: datetime
) -> None:
    """Write down that a link exists; of its secret only the digest."""
    owner = {"person_id": person["id"], "region_id": person["region_id"]}
    times = {"made_at": now, "expires_at": now + LIFE}
    work.insert(
        LoginLink,
        [{"token_hash": digest_of(token), "purpose": purpose, "target": own_path(target), **owner, **times}],
    )


def check_link(work: UnitOfWork, token: str, *, now: datetime) -> None:
    """Let a link through that can be used; it stays unused. Raises `LinkUnknown`, `LinkExpired` or `LinkUsed`."""
    _refuse(_find(work, token), now)


def use_link(work: UnitOfWork, token: str, *, now: datetime) -> OpenedLink:
    """Use a link up, with every other one of its person, and return whom it lets in; refused as `check_link`."""
    row = _find(work, token)
    _refuse(row, now)
    assert row is not None
    unused = (_link.c.used_at.is_(None), _link.c.expires_at > now)
    claimed = update(_link).where(_link.c.token_hash == digest_of(token), *unused).values(used_at=now)
    if work.connection.execute(claimed).rowcount == 0:  # another browser was first
        raise LinkUsed
    work.connection.execute(update(_link).where(_link.c.person_id == row["person_id"], *unused).values(used_at=now))
    return OpenedLink(person_id=row["person_id"], way=_WAYS[LinkPurpose(row["purpose"])], target=row["target"])


def _find(work: UnitOfWork, token: str) -> Row | None:
    query = (
        select(_link, _person.c.active)
        .join(_person, _person.c.id == _link.c.person_id)
        .where(_link.c.token_hash == digest_of(token))
    )
    return work.find(query)


def _refuse(row: Row | None, now: datetime) -> None:
    if row is None or not row["active"]:
        raise LinkUnknown
    if row["used_at"] is not None:
        raise LinkUsed
    if row["expires_at"] <= now:
        raise LinkExpired


def _mail_to(work: UnitOfWork, person: Row, *, secret: bytes, target: str, now: datetime) -> None:
    link_id = new_token()
    token = token_of(link_id, secret=secret)
    write_link(work, token, purpose=LinkPurpose.LOGIN, person=person, target=target, now=now)
    with work.connection.begin_nested() as attempt:
        put(work.connection, [_message(person, link_id)], now=now)
        if person["id"] is None:
            attempt.rollback()


def _message(person: Row, link_id: str) -> Message:
    return Message(
        kind=MessageKind.LOGIN_LINK,
        recipient=str(person["id"]),
        region=person["code"],
        dedup_key=f"login:{link_id}",
        values={
            "region": person["region"],
            "minutes": int(LIFE.total_seconds()) // 60,
            "link": LOGIN_PATH,
            "link_id": link_id,
            "why": "why.login_link",
        },
        urgency=Urgency.AT_ONCE,
    )
