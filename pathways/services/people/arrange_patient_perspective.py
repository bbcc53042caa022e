"""Say how the voice of patients and relatives is heard. Never who: a name beside a diagnosis is health data."""

from pathways.models.introduction import PatientPerspective
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase


class ArrangePatientPerspective(Order):
    """The way it is done."""

    how: PatientPerspective


def arrange_patient_perspective(case: Case, order: ArrangePatientPerspective) -> None:
    """Record the way; a later one replaces it and the log keeps both."""
    case.set(patient_perspective=order.how)


USE_CASE = UseCase("arrange_patient_perspective", ArrangePatientPerspective, arrange_patient_perspective)
