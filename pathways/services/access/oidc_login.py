"""Lets in whom the region's own login service vouches for, with the roles that the groups there give.

A person is known by the service's own id for them, or the first time by a mail address that the service has verified.
Roles given by hand are never touched; those that came from groups follow the groups at each login.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, func, or_, select

from pathways.errors import LoginRefused
from pathways.models.access import OidcGroup, PersonLogin
from pathways.models.organisation import Person, RegionRole
from pathways.profiles.vocabulary import Role
from pathways.services.access.session import end_sessions_of
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

UNKNOWN_PERSON, NO_GROUP = "error.oidc_unknown_person", "error.oidc_no_group"
_person, _login, _group, _role = table_of(Person), table_of(PersonLogin), table_of(OidcGroup), table_of(RegionRole)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """What the login service says of somebody; `address` only where the service has verified it."""

    issuer: str
    subject: str
    address: str = ""
    groups: frozenset[str] = field(default=frozenset())


def follow_groups(work: UnitOfWork, vouched: Vouched, *, now: datetime) -> None:
    """Bring the roles that came from groups in line with the person's groups; who is in none is logged out everywhere.

    To be committed before `admit` is asked: what was lost is lost even where the login is refused.
    """
    person = _find(work, vouched)
    if person is None:
        return
    known, given = _groups(work, person, vouched)
    _follow(work, person, {Role(row["role"]) for row in given if row["role"]})
    if known and not given:
        end_sessions_of(work, person["id"], now=now)


def admit(work: UnitOfWork, vouched: Vouched, *, now: datetime) -> int:
    """Return the id of the person who may come in, and remember the service's own id for them.

    Raises `LoginRefused` for somebody nobody has written in, or who is in no group that the region knows. A region
    without any group leaves all roles to its administrators.
    """
    person = _find(work, vouched)
    if person is None:
        raise LoginRefused(UNKNOWN_PERSON)
    known, given = _groups(work, person, vouched)
    if known and not given:
        raise LoginRefused(NO_GROUP)
    _remember(work, person, vouched, now)
    return int(person["id"])


def _groups(work: UnitOfWork, person: Row, vouched: Vouched) -> tuple[list[Row], list[Row]]:
    """Return all groups that the person's region knows, and those of them that the person is in."""
    known = work.rows(select(_group.c.name, _group.c.role).where(_group.c.region_id == person["region_id"]))
    return known, [row for row in known if row["name"] in vouched.groups]


def _find(work: UnitOfWork, vouched: Vouched) -> Row | None:
    """An address may pass from one employee to another: it counts only for somebody whom the service never named."""
    columns = select(_person.c.id, _person.c.region_id).where(_person.c.active)
    own = (_login.c.oidc_issuer == vouched.issuer, _login.c.oidc_subject == vouched.subject)
    known = select(_login.c.person_id).where(*own)
    if (person_id := work.value(known)) is not None:
        return work.find(columns.where(_person.c.id == person_id))
    if not vouched.address:
        return None
    stored, given = func.lower(_person.c.address), func.lower(vouched.address)
    unnamed = (
        columns.outerjoin(_login, _login.c.person_id == _person.c.id)
        .where(or_(stored == given, stored == "mailto://" + given), _login.c.oidc_subject.is_(None))
        .limit(2)
    )
    found = work.rows(unnamed)
    return found[0] if len(found) == 1 else None


def _follow(work: UnitOfWork, person: Row, wanted: Iterable[Role]) -> None:
    """Give the roles that are wanted and not held, and take those that a group gave and gives no more."""
    query = select(_role.c.id, _role.c.role, _role.c.from_oidc).where(_role.c.person_id == person["id"])
    held, wanted = work.rows(query), set(wanted)
    stale = [row["id"] for row in held if row["from_oidc"] and row["role"] not in wanted]
    if stale:
        work.connection.execute(delete(_role).where(_role.c.id.in_(stale)))
    for role in sorted(wanted - {Role(row["role"]) for row in held}):
        owner = {"region_id": person["region_id"], "person_id": person["id"]}
        work.insert_one(RegionRole, {**owner, "role": role, "from_oidc": True})


def _remember(work: UnitOfWork, person: Row, vouched: Vouched, now: datetime) -> None:
    named = {"oidc_issuer": vouched.issuer, "oidc_subject": vouched.subject}
    if work.update(PersonLogin, {"person_id": person["id"]}, named) == 0:
        times = {"first_login_at": now, "last_login_at": now}
        work.insert(PersonLogin, [{"person_id": person["id"], "region_id": person["region_id"], **times, **named}])
