"""The region's register as administrators see it: people with their roles, and units."""

from dataclasses import dataclass

from sqlalchemy import Select, bindparam, select

from pathways.models.organisation import Person, RegionRole, Unit
from pathways.storage.collation import swedish_key
from pathways.storage.unit_of_work import UnitOfWork, table_of

_person, _role, _unit = table_of(Person), table_of(RegionRole), table_of(Unit)
_PERSONS: Select[tuple[object, ...]] = (
    select(
        *(_person.c[name] for name in ("id", "slug", "name", "address", "language", "active")),
        _unit.c.name.label("unit"),
        _unit.c.slug.label("unit_slug"),
        _role.c.role,
    )
    .outerjoin(_unit, _unit.c.id == _person.c.unit_id)
    .outerjoin(_role, _role.c.person_id == _person.c.id)
    .where(_person.c.region_id == bindparam("region"))
    .order_by(_person.c.id, _role.c.id)
)
_UNITS: Select[tuple[object, ...]] = (
    select(*(_unit.c[name] for name in ("slug", "name", "kind", "active")), _person.c.name.label("representative"))
    .outerjoin(_person, (_person.c.unit_id == _unit.c.id) & _person.c.active)
    .where(_unit.c.region_id == bindparam("region"))
    .order_by(_unit.c.id, _person.c.id)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """Somebody of the region, active or not."""

    person_id: int
    slug: str
    name: str
    address: str
    language: str
    active: bool
    unit: str | None
    unit_slug: str | None
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """A unit of the region, and who answers for it."""

    slug: str
    name: str
    kind: str
    active: bool
    representatives: tuple[str, ...]


def list_persons(work: UnitOfWork, *, region_id: int) -> tuple[PersonLine, ...]:
    """Return everybody in Swedish order of their names, those who have left last."""
    found: dict[int, PersonLine] = {}
    for row in work.rows(_PERSONS, {"region": region_id}):
        before = found.get(row["id"])
        held = (*(before.roles if before else ()), *([str(row["role"])] if row["role"] is not None else ()))
        roles = tuple(dict.fromkeys(held))  # in the region and in a body is one role
        found[row["id"]] = PersonLine(
            person_id=row["id"],
            address=row["address"] or "",
            roles=roles,
            **{name: row[name] for name in ("slug", "name", "language", "active", "unit", "unit_slug")},
        )
    return tuple(sorted(found.values(), key=lambda person: (not person.active, swedish_key(person.name))))


def list_units(work: UnitOfWork, *, region_id: int) -> tuple[UnitLine, ...]:
    """Return the units in Swedish order of their names, the closed ones last."""
    found: dict[str, UnitLine] = {}
    for row in work.rows(_UNITS, {"region": region_id}):
        before = found.get(row["slug"])
        names = (
            *(before.representatives if before else ()),
            *([row["representative"]] if row["representative"] else ()),
        )
        found[row["slug"]] = UnitLine(
            slug=row["slug"], name=row["name"], kind=str(row["kind"]), active=row["active"], representatives=names
        )
    return tuple(sorted(found.values(), key=lambda unit: (not unit.active, swedish_key(unit.name))))
