"""Appoint somebody to a role in one introduction."""

from pydantic import model_validator

from pathways.errors import Refused
from pathways.models.introduction import Appointment
from pathways.profiles.vocabulary import Role
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import person_of, rows_of, unit_of

APPOINTABLE = frozenset({Role.LAG_CHAIR, Role.LAG_MEMBER, Role.DEVELOPMENT_RESOURCE, Role.UNIT_REPRESENTATIVE})


class Appoint(Order):
    """Who is appointed to what; a unit representative also for which unit."""

    person: str
    role: Role
    unit: str | None = None

    @model_validator(mode="after")
    def _unit_for_a_representative(self) -> "Appoint":
        if self.role not in APPOINTABLE:
            raise ValueError(f"role must be one of {', '.join(sorted(APPOINTABLE))}")
        if (self.role is Role.UNIT_REPRESENTATIVE) != (self.unit is not None):
            raise ValueError("a unit representative needs a unit, other roles have none")
        return self


def appoint(case: Case, order: Appoint) -> None:
    """Write the appointment; there is one chair at a time, and nobody holds the same role twice."""
    person_id = person_of(case, order.person, instead=[order.role])
    unit_id = unit_of(case, order.unit) if order.unit else None
    for held in rows_of(case, Appointment, role=order.role, until_on=None):
        if held["person_id"] == person_id and held["unit_id"] == unit_id:
            raise Refused("error.already_appointed", person=order.person, role=order.role)
        if order.role is Role.LAG_CHAIR:
            case.update(Appointment, held["ref"], until_on=case.today)
    case.insert(Appointment, person_id=person_id, role=order.role, unit_id=unit_id, since_on=case.today)


USE_CASE = UseCase("appoint", Appoint, appoint)
