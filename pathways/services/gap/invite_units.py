"""Ask units to answer the gap analysis of the version at hand."""

from datetime import date
from typing import Annotated

from pydantic import Field

from pathways.errors import Refused
from pathways.models.gap import GapInvitation
from pathways.services import tasks
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import not_in_the_past, rows_of, unit_of, versions_for
from states.snapshot import place_of

ASKING = frozenset({"mapping", "revising"})


class InviteUnits(Order):
    """Which units, by when, and for which version where it is not the one being analysed (its label)."""

    units: Annotated[list[str], Field(min_length=1)]
    due_on: date
    version: str | None = None


def invite_units(case: Case, order: InviteUnits) -> None:
    """Write an invitation per unit, and the unit's task where the profile has one for the state."""
    not_in_the_past(case, "due_on", order.due_on)
    version_id = _version(case, order.version)
    known = {row["unit_id"] for row in rows_of(case, GapInvitation, version_id=version_id)}
    units = {slug: unit_of(case, slug) for slug in order.units}
    if again := sorted(slug for slug, unit_id in units.items() if unit_id in known):
        raise Refused("error.already_invited", units=", ".join(again))
    case.insert_many(
        GapInvitation,
        [{"version_id": version_id, "unit_id": unit_id, "due_on": order.due_on} for unit_id in units.values()],
    )
    _make_unit_tasks(case, list(units.values()))


def _version(case: Case, label: str | None) -> int:
    versions = versions_for(case)
    if label is None:
        analysed = case.own["analysed_version_id"]
        if analysed is None:
            raise Refused("error.no_version", slug=case.slug)
        return int(str(analysed))
    for version_id, row in versions.by_id.items():
        if row["label"] == label:
            return version_id
    raise Refused(
        "error.unknown_version", label=label, known=", ".join(str(r["label"]) for r in versions.by_id.values())
    )


def _make_unit_tasks(case: Case, unit_ids: list[int]) -> None:
    place = place_of(case.snapshot)
    if place not in ASKING:
        return
    items = [item for item in case.profile.checklist(place) if item.per == "unit"]
    waiting = {(task["item"], task["unit_id"]) for task in case.open_tasks}
    tasks.make(
        case,
        case.roster,
        [
            tasks.checklist_task(case, item, place, unit_id=unit_id)
            for item in items
            for unit_id in unit_ids
            if (item.slug, unit_id) not in waiting
        ],
    )


USE_CASE = UseCase("invite_units", InviteUnits, invite_units)
