"""What every administrative use case is handed: the transaction, the region, who acts; and the record of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Table, select

from pathways.errors import NotAllowed, Unknown
from pathways.models.administration import RegionEvent
from pathways.models.organisation import Person, Unit
from pathways.profiles.vocabulary import Role
from pathways.services.policy import ADMINISTRATION, may_act
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

_event, _person, _unit = table_of(RegionEvent), table_of(Person), table_of(Unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """One administrator at work in one region, in one transaction."""

    work: UnitOfWork
    region_id: int
    actor_id: int
    roles: frozenset[Role]
    today: date

    def permit(self, action: str) -> None:
        """Let the action through, or raise `NotAllowed` with the roles that may."""
        if not may_act(action, self.roles):
            raise NotAllowed(action, ADMINISTRATION[action])

    def record(self, action: str, subject: str, **values: object) -> None:
        """Write who changed what; values are ids, roles and dates, never names or addresses."""
        row = {"region_id": self.region_id, "at": self.work.now, "actor_id": self.actor_id}
        self.work.insert(RegionEvent, [{**row, "action": action, "subject": subject, "values": values}])

    def person(self, slug: str) -> Row:
        """Return a person of the region, active or not; an unknown one is refused with the nearest names."""
        return self._one(_person, "person", slug)

    def unit(self, slug: str) -> Row:
        """Return a unit of the region; an unknown one is refused with the nearest names."""
        return self._one(_unit, "unit", slug)

    def _one(self, table: Table, kind: str, slug: str) -> Row:
        mine: ColumnElement[bool] = table.c.region_id == self.region_id
        row = self.work.find(select(table).where(mine, table.c.slug == slug))
        if row is None:
            raise Unknown(kind, slug, self.work.values(select(table.c.slug).where(mine)))
        return row


def free_slug(wanted: str, taken: Iterable[str]) -> str:
    """Return the name for addresses that is nearest to `wanted` and not taken."""
    known = set(taken)
    if wanted not in known:
        return wanted
    return next(f"{wanted}-{n}" for n in range(2, len(known) + 3) if f"{wanted}-{n}" not in known)
