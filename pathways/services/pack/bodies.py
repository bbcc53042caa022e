"""By which names people call the bodies of a region."""

from sqlalchemy import Select, bindparam, func, select

from pathways.models.organisation import Body
from pathways.storage.unit_of_work import UnitOfWork, table_of

_body = table_of(Body)
_BODIES: Select[tuple[object, ...]] = select(
    _body.c.id, func.coalesce(_body.c.short, _body.c.name).label("name")
).where(_body.c.region_id == bindparam("region"))


def load_bodies(work: UnitOfWork, *, region_id: int) -> dict[int, str]:
    """Return the short names of a region's bodies."""
    return {row["id"]: str(row["name"]) for row in work.rows(_BODIES, {"region": region_id})}
