"""Who belongs to a body: all with a role in it; for a management group also its members without a body of theirs."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import or_, select

from pathways.models.organisation import Person, RegionRole
from pathways.profiles.vocabulary import BodyKind, Role
from pathways.storage.unit_of_work import UnitOfWork, table_of

_role, _person = table_of(RegionRole), table_of(Person)


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a body, with the roles they hold in it."""

    person_id: int
    slug: str
    name: str
    roles: tuple[Role, ...]


def members_of(work: UnitOfWork, *, region_id: int, body_id: int, kind: str) -> tuple[Member, ...]:
    """Return the body's members who are active, by name."""
    belongs = [_role.c.body_id == body_id]
    if kind == BodyKind.MANAGEMENT_GROUP:
        belongs.append(_role.c.body_id.is_(None) & (_role.c.role == Role.MANAGEMENT_GROUP_MEMBER))
    query = (
        select(_person.c.id, _person.c.slug, _person.c.name, _role.c.role)
        .join(_person, _person.c.id == _role.c.person_id)
        .where(_role.c.region_id == region_id, _person.c.region_id == region_id, _person.c.active, or_(*belongs))
        .order_by(_person.c.name, _person.c.id, _role.c.role)
    )
    found: dict[int, Member] = {}
    for row in work.rows(query):
        known = found.get(row["id"])
        roles = tuple(dict.fromkeys((*(known.roles if known else ()), Role(row["role"]))))
        found[row["id"]] = Member(row["id"], row["slug"], row["name"], roles)
    return tuple(found.values())


def roles_present(members: Iterable[Member], present: Iterable[int]) -> list[Role]:
    """Return one entry for each person and role that is there: what a quorum is counted by."""
    there = set(present)
    return [role for member in members if member.person_id in there for role in member.roles]
