"""The people of a region as the queries need them: names, region-wide roles, and who stands in for whom today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from sqlalchemy import bindparam, select

from pathways.models.organisation import Absence, Person, RegionRole, Unit
from pathways.queries.views import Waiting
from pathways.services.roster import Holding, Roster
from pathways.storage.gathering import Gathering
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

_person, _role, _absence, _unit = (table_of(row) for row in (Person, RegionRole, Absence, Unit))
_NAMES = select(_person.c.id, _person.c.name, _person.c.slug).where(_person.c.region_id == bindparam("region"))
_PEOPLE = Gathering(
    people=select(_person.c.id, _person.c.name, _person.c.slug, _person.c.unit_id, _person.c.active).where(
        _person.c.region_id == bindparam("region")
    ),
    roles=select(_role.c.id, _role.c.role, _role.c.person_id).where(_role.c.region_id == bindparam("region")),
    away=select(_absence.c.person_id, _absence.c.substitute_id)
    .join(_person, _person.c.id == _absence.c.person_id)
    .where(
        _person.c.region_id == bindparam("region"),
        _absence.c.from_on <= bindparam("today"),
        _absence.c.until_on >= bindparam("today"),
        _absence.c.substitute_id.is_not(None),
    ),
)
_UNITS = select(_unit.c.id, _unit.c.name).where(_unit.c.region_id == bindparam("region"))


@dataclass(frozen=True, slots=True)
class People:
    """Everybody in a region. `regional` and `away` are empty where an earlier moment is looked at: no log has them."""

    names: dict[int, str]
    ids: dict[str, int]
    regional: tuple[Holding, ...] = ()
    away: dict[int, int] | None = None

    def name(self, person_id: int | None) -> str | None:
        """Return a person's name, or None where there is no person."""
        return self.names.get(person_id) if person_id is not None else None

    def roster(self, appointments: Iterable[Row]) -> Roster:
        """Return the people around one introduction, its own appointments first."""
        own = (
            Holding(row["role"], row["person_id"], row["unit_id"])
            for row in appointments
            if row["until_on"] is None and row["person_id"] is not None
        )
        return Roster((*own, *self.regional), dict(self.away or {}))

    def waiting(self, roster: Roster, role: str) -> Waiting:
        """Return that a role has the ball, with the person where one alone holds it."""
        holders = roster.holders(role)
        alone = holders[0] if len(holders) == 1 else None
        return Waiting(str(role), alone, self.name(alone))

    def stands_in_for(self, person_id: int) -> list[int]:
        """Return those whose tasks come to this person today because they are away."""
        roster = self.roster(())
        return [away for away in self.away or {} if away != person_id and roster.stand_in(away) == person_id]


def load_people(work: UnitOfWork, *, region_id: int, today: date) -> People:
    """Return the people of a region with their roles and substitutes of today, in one statement."""
    read = _PEOPLE.read(work, {"region": region_id, "today": today})
    people = sorted(read["people"], key=itemgetter("id"))
    units = {row["id"]: row["unit_id"] for row in people if row["active"]}
    regional = tuple(
        Holding(row["role"], row["person_id"], units[row["person_id"]])
        for row in sorted(read["roles"], key=itemgetter("id"))
        if row["person_id"] in units
    )
    away = {row["person_id"]: row["substitute_id"] for row in read["away"]}
    return People(*_named(people), regional, away)


def load_names(work: UnitOfWork, *, region_id: int) -> People:
    """Return the people of a region by name only, for a look at an earlier moment."""
    return People(*_named(work.rows(_NAMES, {"region": region_id})))


def load_units(work: UnitOfWork, *, region_id: int) -> dict[int, str]:
    """Return the names of a region's units."""
    return {row["id"]: row["name"] for row in work.rows(_UNITS, {"region": region_id})}


def _named(rows: list[Row]) -> tuple[dict[int, str], dict[str, int]]:
    return {row["id"]: row["name"] for row in rows}, {row["slug"]: row["id"] for row in rows}
