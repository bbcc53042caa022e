"""What these tests ask of people and rows: ids by slug, a use case in a transaction of its own, a second region."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Select, select

from notifications.tables import outbox_message
from pathways.bootstrap import App
from pathways.models.organisation import Person, Region, RegionRole
from pathways.profiles.vocabulary import Role
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of
from tests.pathways.furnished import furnished_app

T = TypeVar("T")
OTHER = "SE-X"
SECRET = b"a secret of these tests, 32 bytes."
_person, _role, _region = table_of(Person), table_of(RegionRole), table_of(Region)


def person_id(app: App, slug: str, code: str = "SE-W") -> int:
    """The id of a person of a region."""
    query = select(_person.c.id).join(_region, _region.c.id == _person.c.region_id)
    with app.read() as work:
        return int(work.value(query.where(_person.c.slug == slug, _region.c.code == code)))


def write(app: App, act: Callable[[UnitOfWork], T]) -> T:
    """Carries something out and commits it."""
    with app.write() as work:
        result = act(work)
        work.commit()
    return result


def read(app: App, act: Callable[[UnitOfWork], T]) -> T:
    """Looks something up."""
    with app.read() as work:
        return act(work)


def rows(app: App, query: Select[Any]) -> list[Row]:
    """The rows of a query."""
    return read(app, lambda work: work.rows(query))


def outbox(app: App) -> list[Row]:
    """What lies in the outbox."""
    return rows(app, select(outbox_message).order_by(outbox_message.c.id))


def change_person(app: App, slug: str, **values: object) -> None:
    """Writes columns of a person, as the administration does."""
    key = {"id": person_id(app, slug)}
    write(app, lambda work: work.update(Person, key, values))


def give_role(app: App, slug: str, role: Role) -> None:
    """Gives a role in the region by hand."""
    values = {"region_id": app.region_id(), "person_id": person_id(app, slug), "role": role}
    write(app, lambda work: work.insert_one(RegionRole, values))


def roles(app: App, slug: str) -> dict[str, bool]:
    """The roles of a person in the region, and whether each came from a group."""
    query = select(_role.c.role, _role.c.from_oidc).where(_role.c.person_id == person_id(app, slug))
    return {str(row["role"]): row["from_oidc"] for row in rows(app, query)}


def second_region(app: App) -> App:
    """The region next door in the same database, with the same cast; the caller disposes of its database."""
    return furnished_app(
        app.database.url.render_as_string(hide_password=False), app.clock, code=OTHER, name="Region Gävleborg"
    )
