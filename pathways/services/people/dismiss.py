"""End somebody's appointment in one introduction."""

from pathways.errors import Refused
from pathways.models.introduction import Appointment
from pathways.profiles.vocabulary import Role
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import anybody_of, rows_of


class Dismiss(Order):
    """Whose appointment to what ends."""

    person: str
    role: Role


def dismiss(case: Case, order: Dismiss) -> None:
    """End the appointment today, of somebody who has left, too; open tasks stay until somebody delegates them."""
    person_id = anybody_of(case, order.person)
    held = rows_of(case, Appointment, role=order.role, person_id=person_id, until_on=None)
    if not held:
        raise Refused("error.not_appointed", person=order.person, role=order.role)
    for appointment in held:
        case.update(Appointment, appointment["ref"], until_on=case.today)


USE_CASE = UseCase("dismiss", Dismiss, dismiss)
