"""Make somebody a member of a body, or end that: a member holds a role in the body, and with it in the region."""

from sqlalchemy import delete, select

from pathways.errors import Refused, Unknown
from pathways.models.organisation import Body, RegionRole
from pathways.profiles.vocabulary import Role
from pathways.services.administration.office import Office
from pathways.services.administration.people import GIVEN
from pathways.storage.unit_of_work import Row, table_of

_body, _role = table_of(Body), table_of(RegionRole)
MEMBER_ROLES = tuple(role for role in GIVEN if role is not Role.ADMIN)
"""The roles that somebody may hold in a body."""


def add_member(office: Office, body: str, *, person: str, role: Role) -> None:
    """Give somebody a role in the body; a role that bodies do not have, and one held already, are refused."""
    office.permit("manage_people")
    row, who = _body_of(office, body), office.person(person)
    if role not in MEMBER_ROLES:
        raise Refused("error.role_not_in_body", role=role)
    key = {"region_id": office.region_id, "person_id": who["id"], "role": role, "body_id": row["id"]}
    mine = (_role.c.person_id == who["id"], _role.c.body_id == row["id"], _role.c.role == role)
    if office.work.find(select(_role.c.id).where(*mine)) is not None:
        raise Refused("error.member_known", body=row["short"] or row["name"])
    office.work.insert_one(RegionRole, key)
    office.record("add_member", person, body=body, role=role)


def remove_member(office: Office, body: str, *, person: str) -> None:
    """Take the roles away that somebody holds in the body; what they hold in the whole region stays."""
    office.permit("manage_people")
    row, who = _body_of(office, body), office.person(person)
    mine = (_role.c.person_id == who["id"], _role.c.body_id == row["id"])
    if office.work.connection.execute(delete(_role).where(*mine)).rowcount == 0:
        raise Refused("error.member_by_role", body=row["short"] or row["name"])
    office.record("remove_member", person, body=body)


def _body_of(office: Office, slug: str) -> Row:
    mine = _body.c.region_id == office.region_id
    row = office.work.find(select(_body).where(mine, _body.c.slug == slug))
    if row is None:
        raise Unknown("body", slug, office.work.values(select(_body.c.slug).where(mine)))
    return row
