"""Ask units to answer the gap analysis of the version at hand."""

from datetime import date
from typing import Annotated

from pydantic import Field

from notifications.message import Urgency
from pathways.errors import Refused
from pathways.models.gap import GapInvitation
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.gap.asking import version_id_of
from pathways.services.gap.bundle import bundle_id_of
from pathways.services.gap.unit_tasks import make_unit_tasks
from pathways.services.lookup import not_in_the_past, rows_of, unit_of


class InviteUnits(Order):
    """Which units, by when, and for which version where it is not the one being analysed (its label).

    `bundle` names the joint gap analysis that the question is part of; `quietly` leaves the word of it to the weekly
    digest, since the units are told at once of another part of the same bundle.
    """

    units: Annotated[list[str], Field(min_length=1)]
    due_on: date
    version: str | None = None
    bundle: str | None = None
    quietly: bool = False


def invite_units(case: Case, order: InviteUnits) -> None:
    """Write an invitation per unit, and hand its task to whoever answers for the unit."""
    not_in_the_past(case, "due_on", order.due_on)
    version_id = version_id_of(case, order.version)
    bundle_id = bundle_id_of(case, order.bundle) if order.bundle else None
    known = {row["unit_id"] for row in rows_of(case, GapInvitation, version_id=version_id)}
    units = {slug: unit_of(case, slug) for slug in order.units}
    if again := sorted(slug for slug, unit_id in units.items() if unit_id in known):
        raise Refused("error.already_invited", units=", ".join(again))
    asked = {"version_id": version_id, "due_on": order.due_on, "bundle_id": bundle_id}
    case.insert_many(GapInvitation, [{**asked, "unit_id": unit_id} for unit_id in units.values()])
    urgency = Urgency.DIGEST if order.quietly else Urgency.AT_ONCE
    make_unit_tasks(case, list(units.values()), urgency=urgency)


USE_CASE = UseCase("invite_units", InviteUnits, invite_units)
