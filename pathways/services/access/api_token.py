"""Tokens of programs: made by an administrator, shown once, kept as a digest, good within scopes until revoked."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import bindparam, or_, select, update

from pathways.models.access import ApiToken
from pathways.models.organisation import Person, Region, RegionRole
from pathways.profiles.vocabulary import Role
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

READ, WRITE, EVENTS = "read", "write", "events"
SCOPES = (READ, WRITE, EVENTS)
PREFIX = "forlopp_"
USED_AGAIN_AFTER = timedelta(minutes=1)

_token, _person, _region, _role = (table_of(row) for row in (ApiToken, Person, Region, RegionRole))
_CALLER = (
    select(
        _token.c.token_hash,
        _token.c.name.label("token_name"),
        _token.c.scopes,
        _token.c.last_used_at,
        _person.c.id.label("person_id"),
        _person.c.slug,
        _region.c.id.label("region_id"),
        _region.c.code.label("region_code"),
        _role.c.role,
    )
    .join(_person, _person.c.id == _token.c.person_id)
    .join(_region, _region.c.id == _token.c.region_id)
    .outerjoin(_role, _role.c.person_id == _person.c.id)
    .where(
        _token.c.token_hash == bindparam("token_hash"),
        _token.c.revoked_at.is_(None),
        or_(_token.c.expires_at.is_(None), _token.c.expires_at > bindparam("now", type_=_token.c.made_at.type)),
        _person.c.active,
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A program at work: the person it acts as, that person's region and roles, and what the token is good for."""

    token_hash: str
    person_id: int
    slug: str
    region_id: int
    region_code: str
    roles: frozenset[Role]
    scopes: frozenset[str]


def make_token(
    work: UnitOfWork, *, region_id: int, person_id: int, name: str, scopes: tuple[str, ...], days: int | None
) -> str:
    """Return a new token; it can be read here once and never again. `days` None means until it is revoked."""
    token = PREFIX + secrets.token_urlsafe(32)
    row = {
        "token_hash": digest_of(token),
        "region_id": region_id,
        "person_id": person_id,
        "name": name,
        "scopes": list(scopes),
        "made_at": work.now,
        "expires_at": work.now + timedelta(days=days) if days is not None else None,
    }
    work.insert(ApiToken, [row])
    return token


def revoke_token(work: UnitOfWork, *, region_id: int, token_hash: str) -> bool:
    """End a token of the region at once; say whether there was one to end."""
    good = (_token.c.token_hash == token_hash, _token.c.region_id == region_id, _token.c.revoked_at.is_(None))
    return work.connection.execute(update(_token).where(*good).values(revoked_at=work.now)).rowcount == 1


def list_tokens(work: UnitOfWork, *, region_id: int) -> list[Row]:
    """Return the region's tokens, the newest first, without anything that could be used to call."""
    query = (
        select(_token, _person.c.name.label("person"))
        .join(_person, _person.c.id == _token.c.person_id)
        .where(_token.c.region_id == region_id)
        .order_by(_token.c.made_at.desc())
    )
    return work.rows(query)


def find_caller(work: UnitOfWork, token: str) -> Caller | None:
    """Return who calls with this token, or None where it is unknown, revoked, run out or its person inactive."""
    rows = work.rows(_CALLER, {"token_hash": digest_of(token), "now": work.now})
    if not rows:
        return None
    first = rows[0]
    return Caller(
        token_hash=first["token_hash"],
        person_id=first["person_id"],
        slug=first["slug"],
        region_id=first["region_id"],
        region_code=first["region_code"],
        roles=frozenset(Role(row["role"]) for row in rows if row["role"] is not None),
        scopes=frozenset(first["scopes"]),
    )


def digest_of(token: str) -> str:
    """Return what the database keeps of a token."""
    return sha256(token.encode()).hexdigest()
