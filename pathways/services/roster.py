"""Who holds which role around one introduction, and who stands in for somebody who is away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, cast, literal, null, select, union_all

from pathways.errors import PersonHasLeft, Unknown
from pathways.models.introduction import Appointment
from pathways.models.organisation import Absence, Person, RegionRole
from pathways.profiles.vocabulary import Role
from pathways.storage.prepared import Prepared
from pathways.storage.unit_of_work import UnitOfWork, table_of

_person, _appointment, _region_role = table_of(Person), table_of(Appointment), table_of(RegionRole)
_absence, _substitute = table_of(Absence), _person.alias("substitute")

_OWN, _REGIONAL, _AWAY = range(3)
_PEOPLE = union_all(
    select(
        literal(_OWN).label("source"),
        _appointment.c.made_in.label("ordinal"),
        _appointment.c.role,
        _appointment.c.person_id,
        _appointment.c.unit_id.label("other_id"),
    )
    .join(_person, _person.c.id == _appointment.c.person_id)
    .where(
        _person.c.active,
        _appointment.c.introduction_id == bindparam("case"),
        _appointment.c.voided_by.is_(None),
        _appointment.c.until_on.is_(None),
    ),
    select(literal(_REGIONAL), _region_role.c.id, _region_role.c.role, _region_role.c.person_id, _person.c.unit_id)
    .join(_person, _person.c.id == _region_role.c.person_id)
    .where(_region_role.c.region_id == bindparam("region"), _person.c.active),
    select(
        literal(_AWAY),
        _absence.c.id,
        cast(null(), _appointment.c.role.type),
        _absence.c.person_id,
        _absence.c.substitute_id,
    )
    .join(_person, _person.c.id == _absence.c.person_id)
    .join(_substitute, _substitute.c.id == _absence.c.substitute_id)
    .where(
        _person.c.region_id == bindparam("region"),
        _absence.c.from_on <= bindparam("today"),
        _absence.c.until_on >= bindparam("today"),
        _substitute.c.active,
    ),
).order_by("source", "ordinal")
_ROSTER = Prepared(_PEOPLE)
"""Own appointments in the order they were made, then the region's roles, then who is away and their substitutes."""

_LEFT = select(_person.c.name, _person.c.unit_id).where(
    _person.c.region_id == bindparam("region"), _person.c.slug == bindparam("person"), ~_person.c.active
)
_WORKING = select(_person.c.name).where(_person.c.region_id == bindparam("region"), _person.c.active)
_OF_UNIT = _WORKING.where(_person.c.unit_id == bindparam("unit")).order_by(_person.c.id).limit(3)
_COORDINATORS = (
    _WORKING.join(_region_role, _region_role.c.person_id == _person.c.id)
    .where(_region_role.c.role == Role.COORDINATOR)
    .order_by(_person.c.id)
    .limit(3)
)
"""Who can be chosen instead of somebody who has left: those of the same unit, else the coordinators."""

_NAMED = select(_person.c.id).where(
    _person.c.region_id == bindparam("region"), _person.c.slug == bindparam("person"), _person.c.active
)


@dataclass(frozen=True, slots=True)
class Holding:
    """That a person holds a role, perhaps for one unit."""

    role: Role
    person_id: int
    unit_id: int | None


class Roster:
    """The people around one introduction on one day; its own appointments come before the region's roles."""

    def __init__(self, holdings: Iterable[Holding], away: dict[int, int]) -> None:
        self._holdings = tuple(holdings)
        self._away = away

    def holder(self, role: str, *, unit_id: int | None = None) -> int | None:
        """Return who is to do what the role does (for the unit, where one is given), or None."""
        for holding in self._holdings:
            if holding.role == role and unit_id in (None, holding.unit_id):
                return self.stand_in(holding.person_id)
        return None

    def holders(self, *roles: str) -> list[int]:
        """Return everybody who holds one of the roles, each once, substitutes in the place of those away."""
        found = [self.stand_in(holding.person_id) for holding in self._holdings if holding.role in roles]
        return list(dict.fromkeys(found))

    def roles_of(self, person_id: int) -> set[str]:
        """Return the roles a person holds here."""
        return {str(holding.role) for holding in self._holdings if holding.person_id == person_id}

    def role_towards(self, person_id: int, *roles: str) -> str:
        """Return which role explains why a person is told something: one of `roles`, else one they do hold."""
        held = self.roles_of(person_id)
        wanted = [role for role in roles if role in held]
        return next(iter([*wanted, *sorted(held), *roles]))

    def units_of(self, person_id: int) -> set[int]:
        """Return the units a person answers for."""
        return {
            holding.unit_id
            for holding in self._holdings
            if holding.person_id == person_id
            and holding.role == Role.UNIT_REPRESENTATIVE
            and holding.unit_id is not None
        }

    def stand_in(self, person_id: int) -> int:
        """Return the person, or today's substitute; a substitute who is away too hands on, at most once each."""
        seen = {person_id}
        while (substitute := self._away.get(person_id)) is not None and substitute not in seen:
            seen.add(substitute)
            person_id = substitute
        return person_id


def roster_of(work: UnitOfWork, *, introduction_id: int, region_id: int, today: date) -> Roster:
    """Return the roster of one introduction as it stands today."""
    rows = work.rows(_ROSTER, {"case": introduction_id, "region": region_id, "today": today})
    held = [row for row in rows if row["source"] != _AWAY]
    away = {row["person_id"]: row["other_id"] for row in rows if row["source"] == _AWAY}
    return Roster([Holding(row["role"], row["person_id"], row["other_id"]) for row in held], away)


def person_id_of(work: UnitOfWork, region_id: int, slug: str) -> int:
    """Return the id of a person of the region; an unknown name is refused with the nearest known ones.

    Somebody who has left is refused with who can be chosen instead.
    """
    found = work.value(_NAMED, {"region": region_id, "person": slug})
    if found is None:
        raise unknown_person(work, region_id, slug)
    return int(found)


def unknown_person(work: UnitOfWork, region_id: int, slug: str) -> Unknown:
    """Return the refusal of a name that nobody at work in the region has."""
    left = work.find(_LEFT, {"region": region_id, "person": slug})
    if left is not None:
        near = work.values(_OF_UNIT, {"region": region_id, "unit": left["unit_id"]}) if left["unit_id"] else []
        return PersonHasLeft(slug, left["name"], near or work.values(_COORDINATORS, {"region": region_id}))
    everybody = select(_person.c.slug).where(_person.c.region_id == region_id, _person.c.active)
    return Unknown("person", slug, work.values(everybody))
