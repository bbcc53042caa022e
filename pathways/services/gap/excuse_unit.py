"""Let a unit off the gap analysis, with a reason."""

from pathways.errors import Refused
from pathways.models.gap import GapInvitation, InvitationState
from pathways.models.task import TaskState
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.gap.asking import version_id_of
from pathways.services.gap.unit_tasks import settle_unit_tasks
from pathways.services.lookup import rows_of, unit_of


class ExcuseUnit(Order):
    """Which unit, and from which version (its label) where it is not the one being analysed; the reason comes along."""

    unit: str
    version: str | None = None


def excuse_unit(case: Case, order: ExcuseUnit) -> None:
    """Mark the unit's invitations to the version as excused; a reason is required."""
    if not case.ask.reason:
        raise Refused("reason_missing")
    unit_id = unit_of(case, order.unit)
    version_id = version_id_of(case, order.version) if order.version else case.own["analysed_version_id"]
    invited = rows_of(case, GapInvitation, unit_id=unit_id, version_id=version_id, state=InvitationState.WAITING)
    if not invited:
        raise Refused("error.not_invited", unit=order.unit)
    for invitation in invited:
        case.update(GapInvitation, invitation["ref"], state=InvitationState.EXCUSED, excuse=case.ask.reason)
    settle_unit_tasks(case, unit_id, TaskState.NOT_APPLICABLE)


USE_CASE = UseCase("excuse_unit", ExcuseUnit, excuse_unit)
