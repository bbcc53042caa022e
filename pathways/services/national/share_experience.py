"""Shares how a gap was closed with the other regions of the installation, and takes it back; both by choice.

What is shared is written for the purpose and names a role to ask, never a person. Nothing else follows it out.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import bindparam, select

from pathways.errors import Refused, Unknown
from pathways.models.introduction import Introduction
from pathways.models.national import SharedExperience
from pathways.planning.patient_details import find_details
from pathways.profiles.vocabulary import Role
from pathways.services.administration.office import Office
from pathways.storage.unit_of_work import table_of

ACTION = "share_experience"
LONGEST_STEP, LONGEST, MOST_MONTHS = 300, 2_000, 120
CONTACTS = (Role.COORDINATOR, Role.HEAD, Role.LAG_CHAIR, Role.DEVELOPMENT_RESOURCE, Role.ANALYST)
"""The roles that can be asked."""

_introduction, _shared = table_of(Introduction), table_of(SharedExperience)
_OWN = select(_introduction.c.id, _introduction.c.pathway_id).where(
    _introduction.c.region_id == bindparam("region"), _introduction.c.id == bindparam("case")
)
_SAME = select(_shared.c.id).where(
    _shared.c.region_id == bindparam("region"),
    _shared.c.introduction_id == bindparam("case"),
    _shared.c.step == bindparam("step"),
    _shared.c.how == bindparam("how"),
    _shared.c.withdrawn_on.is_(None),
)
_ONE = select(_shared.c.id, _shared.c.withdrawn_on).where(
    _shared.c.region_id == bindparam("region"),
    _shared.c.introduction_id == bindparam("case"),
    _shared.c.id == bindparam("number"),
)


class ToShare(BaseModel):
    """What is to be shared: the step, how its gap was closed, what came of it, in how many months, and whom to ask."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    step: Annotated[str, Field(min_length=1, max_length=LONGEST_STEP)]
    how: Annotated[str, Field(min_length=3, max_length=LONGEST)]
    result: Annotated[str, Field(max_length=LONGEST)] = ""
    months: Annotated[int, Field(ge=0, le=MOST_MONTHS)] | None = None
    contact_role: Role


def share_experience(office: Office, introduction_id: int, shared: ToShare) -> int:
    """Share and return the number; the same shared again is the first one.

    Refuses an introduction of another region, a role that cannot be asked, and a text with something in it that looks
    like a personal number, an address or a telephone number.
    """
    office.permit(ACTION)
    own = office.work.find(_OWN, {"region": office.region_id, "case": introduction_id})
    if own is None:
        raise Unknown("introduction", str(introduction_id), ())
    if shared.contact_role not in CONTACTS:
        raise Refused("error.contact_role")
    if found := find_details(shared.step, shared.how, shared.result):
        raise Refused("error.looks_personal", found=found)
    keys = {"region": office.region_id, "case": introduction_id, "step": shared.step, "how": shared.how}
    if known := office.work.value(_SAME, keys):
        return int(known)
    number = office.work.insert_one(
        SharedExperience,
        {
            **shared.model_dump(),
            "region_id": office.region_id,
            "pathway_id": own["pathway_id"],
            "introduction_id": introduction_id,
            "shared_on": office.today,
            "shared_by": office.actor_id,
        },
    )
    office.record(ACTION, str(number), introduction=introduction_id)
    return number


def withdraw_experience(office: Office, introduction_id: int, number: int) -> None:
    """Take back what was shared; the other regions see it no more. Taken back twice it stays as it was."""
    office.permit(ACTION)
    row = office.work.find(_ONE, {"region": office.region_id, "case": introduction_id, "number": number})
    if row is None:
        raise Unknown("experience", str(number), ())
    if row["withdrawn_on"] is None:
        office.work.update(SharedExperience, {"id": number}, {"withdrawn_on": office.today})
        office.record("withdraw_experience", str(number), introduction=introduction_id)
