"""Add, change and close the units that answer gap analyses and carry out activities."""

from dataclasses import dataclass

from sqlalchemy import select

from pathways.errors import Refused
from pathways.models.gap import GapInvitation, InvitationState
from pathways.models.introduction import Introduction
from pathways.models.organisation import Unit, UnitKind
from pathways.services.administration.office import Office, free_slug
from pathways.services.administration.slugs import slug_of
from pathways.services.own_profile import NAME_LENGTH
from pathways.storage.unit_of_work import table_of

_unit, _invitation, _introduction = table_of(Unit), table_of(GapInvitation), table_of(Introduction)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitForm:
    """What stands about a unit."""

    name: str
    kind: UnitKind
    active: bool = True


def add_unit(office: Office, new: UnitForm, *, slug: str = "") -> str:
    """Write a unit and return its slug; a name of nothing is refused."""
    office.permit("manage_units")
    taken = office.work.values(select(_unit.c.slug).where(_unit.c.region_id == office.region_id))
    made = free_slug(slug or slug_of(new.name, otherwise="enhet"), taken)
    row = {"region_id": office.region_id, "slug": made, "kind": new.kind, "active": new.active}
    office.work.insert_one(Unit, {**row, "name": _name(new.name)})
    office.record("add_unit", made, kind=new.kind)
    return made


def change_unit(office: Office, slug: str, new: UnitForm) -> None:
    """Write what changed. A unit that a gap analysis still waits for cannot be closed."""
    office.permit("manage_units")
    row = office.unit(slug)
    if row["active"] and not new.active:
        _refuse_to_close_while_asked(office, row["id"])
    values = {"name": _name(new.name), "kind": new.kind, "active": new.active}
    if changed := sorted(name for name, value in values.items() if row[name] != value):
        office.work.update(Unit, {"id": row["id"]}, values)
        office.record("change_unit", slug, fields=changed)


def _name(given: str) -> str:
    name = " ".join(given.split())
    if not 0 < len(name) <= NAME_LENGTH or not name.isprintable():
        raise Refused("error.own_name", n=NAME_LENGTH)
    return name


def _refuse_to_close_while_asked(office: Office, unit_id: int) -> None:
    waiting = (
        select(_introduction.c.slug)
        .join(_invitation, _invitation.c.introduction_id == _introduction.c.id)
        .where(
            _introduction.c.region_id == office.region_id,
            _introduction.c.standing == "active",
            _invitation.c.unit_id == unit_id,
            _invitation.c.state == InvitationState.WAITING,
            _invitation.c.voided_by.is_(None),
        )
        .limit(1)
    )
    slug = office.work.value(waiting)
    if slug is not None:
        raise Refused("error.unit_is_asked", slug=slug)
