"""Lets somebody try the demo as one of a few people, without any proof. Only a region of example data has them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from pathways.models.organisation import Origin, Person, Region
from pathways.storage.unit_of_work import UnitOfWork, table_of

_person, _region = table_of(Person), table_of(Region)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPerson:
    """Somebody whom a visitor of the demo may be."""

    person_id: int
    slug: str
    name: str


def list_demo_people(work: UnitOfWork, slugs: Sequence[str]) -> list[DemoPerson]:
    """Return those of the people who are there, in the given order; nobody where the data is not the demo's."""
    query = (
        select(_person.c.id, _person.c.slug, _person.c.name)
        .join(_region, _region.c.id == _person.c.region_id)
        .where(_person.c.slug.in_(slugs), _person.c.active, _region.c.origin == Origin.DEMO)
        .order_by(_person.c.id.desc())
    )
    found = {
        row["slug"]: DemoPerson(person_id=row["id"], slug=row["slug"], name=row["name"]) for row in work.rows(query)
    }
    return [found[slug] for slug in slugs if slug in found]
