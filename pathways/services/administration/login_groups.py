"""Which role a group of the region's own login service gives. Without a role a group only lets its members in."""

from sqlalchemy import delete, select

from pathways.errors import Refused, Unknown
from pathways.models.access import OidcGroup
from pathways.profiles.vocabulary import Role
from pathways.services.administration.office import Office
from pathways.services.administration.people import GIVEN_BY_APPOINTMENT
from pathways.storage.unit_of_work import Row, table_of

LONGEST = 200
_group = table_of(OidcGroup)


def add_group(office: Office, name: str, role: Role | None) -> None:
    """Let a group give a role; an empty name, a role of single introductions and a line known already are refused."""
    office.permit("manage_login")
    name = name.strip()
    if not 0 < len(name) <= LONGEST or not name.isprintable():
        raise Refused("error.own_name", n=LONGEST)
    if role in GIVEN_BY_APPOINTMENT:
        raise Refused("error.role_by_appointment", role=role)
    if any((row["name"], row["role"]) == (name, role) for row in list_groups(office)):
        raise Refused("error.group_known", name=name)
    office.work.insert_one(OidcGroup, {"region_id": office.region_id, "name": name, "role": role})
    office.record("add_group", name[:90], role=role)


def remove_group(office: Office, group_id: int) -> None:
    """Let a line go; at the next login its role goes too. One that is not the region's is `Unknown`."""
    office.permit("manage_login")
    found = next((row for row in list_groups(office) if row["id"] == group_id), None)
    if found is None:
        raise Unknown("group", str(group_id), ())
    office.work.connection.execute(delete(_group).where(_group.c.id == group_id))
    office.record("remove_group", found["name"][:90], role=found["role"])


def list_groups(office: Office) -> list[Row]:
    """Return the lines by name."""
    return office.work.rows(select(_group).where(_group.c.region_id == office.region_id).order_by(_group.c.name))
