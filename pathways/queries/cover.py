"""Who in a region is away today, until when, and who does their tasks meanwhile."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, bindparam, select

from pathways.models.organisation import Absence, Person
from pathways.services.roster import Roster
from pathways.storage.unit_of_work import UnitOfWork, table_of

_absence, _person = table_of(Absence), table_of(Person)
_AWAY: Select[tuple[object, ...]] = (
    select(_absence.c.person_id, _absence.c.substitute_id, _absence.c.until_on, _person.c.name)
    .join(_person, _person.c.id == _absence.c.person_id)
    .where(
        _person.c.region_id == bindparam("region"),
        _absence.c.from_on <= bindparam("today"),
        _absence.c.until_on >= bindparam("today"),
        _absence.c.substitute_id.is_not(None),
    )
    .order_by(_absence.c.id)
)


@dataclass(frozen=True, slots=True)
class Covered:
    """Somebody who is away and whose tasks another does: the name, and the last day away."""

    name: str
    until_on: date


@dataclass(frozen=True, slots=True)
class Cover:
    """The absences of a region on one day."""

    roster: Roster
    away: dict[int, Covered]

    def stand_in(self, person_id: int) -> int:
        """Return who does a person's tasks today: the person, or the substitute."""
        return self.roster.stand_in(person_id)

    def covered_by(self, person_id: int) -> list[int]:
        """Return those whose tasks come to this person today."""
        return [away for away in self.away if away != person_id and self.stand_in(away) == person_id]

    def instead_of(self, assignee_id: int | None, person_id: int) -> Covered | None:
        """Return whom this person does a task for, or None where it is their own, or not theirs at all."""
        if assignee_id in {None, person_id} or self.stand_in(assignee_id or 0) != person_id:
            return None
        return self.away.get(assignee_id or 0)


def load_cover(work: UnitOfWork, *, region_id: int, today: date) -> Cover:
    """Return who is away today."""
    rows = work.rows(_AWAY, {"region": region_id, "today": today})
    away = {row["person_id"]: Covered(row["name"], row["until_on"]) for row in rows}
    return Cover(Roster((), {row["person_id"]: row["substitute_id"] for row in rows}), away)
