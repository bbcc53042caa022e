"""What administrators changed about a region, the newest first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, bindparam, select

from pathways.models.administration import RegionEvent
from pathways.models.organisation import Person
from pathways.storage.unit_of_work import UnitOfWork, table_of

SHOWN = 200
_event, _person = table_of(RegionEvent), table_of(Person)
_NEWEST: Select[tuple[object, ...]] = (
    select(*(_event.c[name] for name in ("at", "action", "subject", "values")), _person.c.name.label("actor"))
    .outerjoin(_person, _person.c.id == _event.c.actor_id)
    .where(_event.c.region_id == bindparam("region"))
    .order_by(_event.c.id.desc())
    .limit(SHOWN)
)


@dataclass(frozen=True, slots=True)
class RegionChange:
    """One change: when, by whom, what, and of which person, unit, body or day."""

    at: datetime
    actor: str | None
    action: str
    subject: str
    values: dict[str, object]


def list_region_events(work: UnitOfWork, *, region_id: int) -> tuple[RegionChange, ...]:
    """Return the 200 newest changes of a region."""
    rows = work.rows(_NEWEST, {"region": region_id})
    return tuple(RegionChange(row["at"], row["actor"], row["action"], row["subject"], row["values"]) for row in rows)
