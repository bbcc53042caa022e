"""Add, change and retire people, and give or take the roles they hold in the whole region."""

from dataclasses import dataclass, field

from sqlalchemy import delete, select

from pathways.errors import Refused
from pathways.locale import LANGUAGES
from pathways.models.organisation import Person, RegionRole
from pathways.profiles.vocabulary import Role
from pathways.services.absence import count_open_tasks
from pathways.services.administration.office import Office, free_slug
from pathways.services.administration.slugs import slug_of
from pathways.services.own_profile import ADDRESS_LENGTH, MAIL, NAME_LENGTH
from pathways.storage.unit_of_work import Row, table_of

_person, _role = table_of(Person), table_of(RegionRole)
GIVEN_BY_APPOINTMENT = frozenset({Role.LAG_CHAIR, Role.LAG_MEMBER, Role.PATIENT_REPRESENTATIVE})
"""Roles of single introductions; nobody holds them in the whole region."""
GIVEN = tuple(role for role in Role if role not in GIVEN_BY_APPOINTMENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonForm:
    """What stands about a person. `address` is a mail address or the full address of another channel, or empty."""

    name: str
    address: str = ""
    language: str = "sv"
    unit: str | None = None
    roles: frozenset[Role] = field(default_factory=frozenset)


def add_person(office: Office, new: PersonForm, *, slug: str = "") -> str:
    """Write a person with their roles and return the slug; an empty name or a formless address is refused."""
    office.permit("manage_people")
    values = _checked(office, new)
    taken = office.work.values(select(_person.c.slug).where(_person.c.region_id == office.region_id))
    made = free_slug(slug or slug_of(new.name, otherwise="person"), taken)
    person_id = office.work.insert_one(Person, {"region_id": office.region_id, "slug": made, **values})
    _set_roles(office, person_id, made, new.roles)
    office.record("add_person", made, unit=new.unit)
    return made


def change_person(office: Office, slug: str, new: PersonForm) -> None:
    """Write what changed about a person. The last administrator cannot lose that role."""
    office.permit("manage_people")
    row, values = office.person(slug), _checked(office, new)
    changed = sorted(name for name, value in values.items() if row[name] != value)
    if changed:
        office.work.update(Person, {"id": row["id"]}, values)
        office.record("change_person", slug, fields=changed)
    _set_roles(office, row["id"], slug, new.roles)


def retire_person(office: Office, slug: str) -> None:
    """Let a person leave: no login and no messages from now on. Refused while open tasks wait for them."""
    office.permit("manage_people")
    row = office.person(slug)
    waiting = count_open_tasks(office.work, person_id=row["id"])
    if waiting:
        raise Refused("error.person_has_tasks", n=waiting)
    _set_roles(office, row["id"], slug, frozenset())
    office.work.update(Person, {"id": row["id"]}, {"active": False})
    office.record("retire_person", slug)


def bring_back_person(office: Office, slug: str) -> None:
    """Let a person who had left work again, without the roles they had."""
    office.permit("manage_people")
    row = office.person(slug)
    office.work.update(Person, {"id": row["id"]}, {"active": True})
    office.record("bring_back_person", slug)


def roles_held(office: Office, person_id: int) -> frozenset[Role]:
    """Return the roles that a person holds in the whole region."""
    query = select(_role.c.role).where(_role.c.region_id == office.region_id, _role.c.person_id == person_id)
    return frozenset(office.work.values(query))


def _checked(office: Office, new: PersonForm) -> dict[str, object]:
    name, address = " ".join(new.name.split()), new.address.strip()
    if not 0 < len(name) <= NAME_LENGTH or not name.isprintable():
        raise Refused("error.own_name", n=NAME_LENGTH)
    if new.language not in LANGUAGES:
        raise Refused("error.own_language")
    if address and not is_address(address):
        raise Refused("error.person_address")
    unit: Row | None = office.unit(new.unit) if new.unit else None
    return {
        "name": name,
        "address": address or None,
        "language": new.language,
        "unit_id": unit["id"] if unit else None,
    }


def is_address(address: str) -> bool:
    """Say whether an administrator may set this address: a mail address, or any channel's full address."""
    if len(address) > ADDRESS_LENGTH or not address.isprintable() or " " in address:
        return False
    scheme, separator, rest = address.partition("://")
    return bool(MAIL.fullmatch(address)) or bool(separator and scheme.isalnum() and rest)


def _set_roles(office: Office, person_id: int, slug: str, wanted: frozenset[Role]) -> None:
    """Give and take roles until the person holds exactly these; each is recorded."""
    if unfit := wanted & GIVEN_BY_APPOINTMENT:
        raise Refused("error.role_by_appointment", role=min(unfit))
    held = roles_held(office, person_id)
    if Role.ADMIN in held - wanted:
        _refuse_to_lose_the_last_administrator(office, person_id)
    for role in sorted(wanted - held):
        office.work.insert_one(RegionRole, {"region_id": office.region_id, "person_id": person_id, "role": role})
        office.record("give_role", slug, role=role)
    for role in sorted(held - wanted):
        mine = (_role.c.region_id == office.region_id, _role.c.person_id == person_id, _role.c.role == role)
        office.work.connection.execute(delete(_role).where(*mine))
        office.record("take_role", slug, role=role)


def _refuse_to_lose_the_last_administrator(office: Office, person_id: int) -> None:
    others = (
        select(_role.c.id)
        .join(_person, _person.c.id == _role.c.person_id)
        .where(
            _role.c.region_id == office.region_id,
            _role.c.role == Role.ADMIN,
            _role.c.person_id != person_id,
            _person.c.active,
        )
        .limit(1)
    )
    if office.work.find(others) is None:
        raise Refused("error.last_administrator")
