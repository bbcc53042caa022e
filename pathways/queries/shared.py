"""What an introduction has shared with other regions and not taken back, for those who may take it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select

from pathways.models.national import SharedExperience
from pathways.storage.unit_of_work import UnitOfWork, table_of

_shared = table_of(SharedExperience)
_OF_CASE = (
    select(*(_shared.c[name] for name in ("id", "step", "how", "shared_on")))
    .where(
        _shared.c.region_id == bindparam("region"),
        _shared.c.introduction_id == bindparam("case"),
        _shared.c.withdrawn_on.is_(None),
    )
    .order_by(_shared.c.id)
)


@dataclass(frozen=True, slots=True)
class OwnShared:
    """Something shared by choice."""

    number: int
    step: str
    how: str
    shared_on: date


def list_own_shared(work: UnitOfWork, *, region_id: int, introduction_id: int) -> Sequence[OwnShared]:
    """Return what one introduction has shared, the oldest first."""
    rows = work.rows(_OF_CASE, {"region": region_id, "case": introduction_id})
    return [OwnShared(row["id"], row["step"], row["how"], row["shared_on"]) for row in rows]
