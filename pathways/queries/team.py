"""Who has taken part in an introduction and does so no more, and who holds the region's own roles around it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import BindParameter, Select, bindparam, select

from pathways.models.introduction import Appointment
from pathways.models.organisation import Person, RegionRole
from pathways.storage.collation import swedish_key
from pathways.storage.unit_of_work import UnitOfWork, table_of

_held, _role, _person = table_of(Appointment), table_of(RegionRole), table_of(Person)
_REGION: BindParameter[int] = bindparam("region")
_FORMER: Select[tuple[object, ...]] = (
    select(_held.c.role, _held.c.since_on, _held.c.until_on, _person.c.name)
    .join(_person, _person.c.id == _held.c.person_id)
    .where(
        _person.c.region_id == _REGION,
        _held.c.introduction_id == bindparam("case"),
        _held.c.voided_by.is_(None),
        _held.c.until_on.is_not(None),
    )
    .order_by(_held.c.until_on.desc())
)
_REGIONAL: Select[tuple[object, ...]] = (
    select(_role.c.role, _person.c.name)
    .join(_person, _person.c.id == _role.c.person_id)
    .where(_role.c.region_id == _REGION, _person.c.active)
)
_NOW: Select[tuple[object, ...]] = (
    select(_person.c.id, _person.c.slug)
    .join(_held, _held.c.person_id == _person.c.id)
    .where(_person.c.region_id == _REGION, _held.c.introduction_id == bindparam("case"), _held.c.until_on.is_(None))
)


@dataclass(frozen=True, slots=True)
class Former:
    """A role that somebody held, and the days between which they did."""

    role: str
    person: str
    since_on: date
    until_on: date


@dataclass(frozen=True, slots=True)
class Team:
    """Those who have left, the latest first, and the holders of each of the region's own roles by name.

    `slugs` are the short names of those who hold a role in the introduction now, by their number.
    """

    former: tuple[Former, ...]
    regional: tuple[tuple[str, tuple[str, ...]], ...]
    slugs: dict[int, str]


def team(work: UnitOfWork, *, region_id: int, introduction_id: int) -> Team:
    """Return the people around an introduction besides those appointed to it now."""
    keys = {"region": region_id, "case": introduction_id}
    former = tuple(
        Former(str(row["role"]), row["name"], row["since_on"], row["until_on"]) for row in work.rows(_FORMER, keys)
    )
    holders: dict[str, list[str]] = {}
    for row in work.rows(_REGIONAL, {"region": region_id}):
        holders.setdefault(str(row["role"]), []).append(row["name"])
    regional = tuple((role, tuple(sorted(set(names), key=swedish_key))) for role, names in sorted(holders.items()))
    return Team(former, regional, {row["id"]: row["slug"] for row in work.rows(_NOW, keys)})
