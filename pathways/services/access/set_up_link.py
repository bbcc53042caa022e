"""Lets the first administrator of a region in: a person with the role, and a one-time link printed for them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from pathways.errors import AdministratorPresent
from pathways.models.access import LinkPurpose, LoginLink, PersonLogin
from pathways.models.organisation import Person, RegionRole
from pathways.profiles.vocabulary import Role
from pathways.services.access.login_link import write_link
from pathways.services.access.token import new_token
from pathways.services.roster import unknown_person
from pathways.services.set_up_region import NewPerson, add_person
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

_link, _person, _role, _login = table_of(LoginLink), table_of(Person), table_of(RegionRole), table_of(PersonLogin)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUpLink:
    """The link's secret, whom it lets in, and whether that person was written now."""

    token: str
    name: str
    is_new: bool


def make_set_up_link(
    work: UnitOfWork, region_id: int, person: NewPerson, *, now: datetime, force: bool = False
) -> SetUpLink:
    """Return a fresh one-time link for the administrator `person`; links printed for them before open nothing more.

    Somebody without a name is looked up; `Unknown` where nobody is there. Once an administrator has logged in there is
    no more need for it: `AdministratorPresent`, unless `force` says otherwise.
    """
    if not force and _has_administrator(work, region_id):
        raise AdministratorPresent
    known = _find(work, region_id, person.slug)
    if known is None and not person.name:
        raise unknown_person(work, region_id, person.slug)
    person_id = known["id"] if known else add_person(work, region_id, person)
    _give_role(work, region_id, person_id)
    _void_earlier(work, person_id, now)
    token = new_token()
    owner = {"id": person_id, "region_id": region_id}
    write_link(work, token, purpose=LinkPurpose.SET_UP, person=owner, now=now)
    return SetUpLink(token=token, name=known["name"] if known else person.name, is_new=known is None)


def _has_administrator(work: UnitOfWork, region_id: int) -> bool:
    query = (
        select(_person.c.id)
        .join(_role, _role.c.person_id == _person.c.id)
        .join(_login, _login.c.person_id == _person.c.id)
        .where(_person.c.region_id == region_id, _person.c.active, _role.c.role == Role.ADMIN)
    )
    return work.find(query) is not None


def _find(work: UnitOfWork, region_id: int, slug: str) -> Row | None:
    where = (_person.c.region_id == region_id, _person.c.slug == slug, _person.c.active)
    return work.find(select(_person.c.id, _person.c.name).where(*where))


def _give_role(work: UnitOfWork, region_id: int, person_id: int) -> None:
    held = select(_role.c.id).where(_role.c.person_id == person_id, _role.c.role == Role.ADMIN)
    if work.find(held) is None:
        work.insert_one(RegionRole, {"region_id": region_id, "person_id": person_id, "role": Role.ADMIN})


def _void_earlier(work: UnitOfWork, person_id: int, now: datetime) -> None:
    earlier = (_link.c.person_id == person_id, _link.c.purpose == LinkPurpose.SET_UP, _link.c.used_at.is_(None))
    work.connection.execute(update(_link).where(*earlier).values(used_at=now))
