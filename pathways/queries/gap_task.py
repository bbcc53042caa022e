"""Where the task of a gap analysis is done: the form of its unit, alone or in a bundle."""

from sqlalchemy import bindparam, select

from pathways.models.gap import GapBundle, GapInvitation, InvitationState
from pathways.models.introduction import Introduction
from pathways.models.organisation import Unit
from pathways.models.task import Task
from pathways.profiles.schema import Profile
from pathways.services.gap.unit_tasks import answer_items
from pathways.storage.unit_of_work import UnitOfWork, table_of

_task, _unit, _introduction = table_of(Task), table_of(Unit), table_of(Introduction)
_invitation, _bundle = table_of(GapInvitation), table_of(GapBundle)
_UNIT = (
    select(_introduction.c.id, _task.c.item, _unit.c.id.label("unit_id"), _unit.c.slug.label("unit"))
    .join(_task, _task.c.introduction_id == _introduction.c.id)
    .join(_unit, _unit.c.id == _task.c.unit_id)
    .where(
        _introduction.c.region_id == bindparam("region"),
        _introduction.c.slug == bindparam("slug"),
        _task.c.ref == bindparam("ref"),
        _task.c.voided_by.is_(None),
    )
    .order_by(_introduction.c.number.desc())
)
_BUNDLE = (
    select(_bundle.c.slug)
    .join(_invitation, _invitation.c.bundle_id == _bundle.c.id)
    .where(
        _invitation.c.introduction_id == bindparam("case"),
        _invitation.c.unit_id == bindparam("unit"),
        _invitation.c.state == InvitationState.WAITING,
        _invitation.c.voided_by.is_(None),
    )
)


def find_form(work: UnitOfWork, *, region_id: int, slug: str, ref: str, profile: Profile) -> str | None:
    """Return the address of the form that a task asks a unit to fill in, or None for any other task."""
    row = work.find(_UNIT, {"region": region_id, "slug": slug, "ref": ref})
    if row is None or row["item"] not in answer_items(profile):
        return None
    bundle = work.value(_BUNDLE, {"case": row["id"], "unit": row["unit_id"]})
    return f"/gapanalyser/{bundle}/{row['unit']}" if bundle else f"/forlopp/{slug}/gapanalys/{row['unit']}"
