"""Conflicts of interest (jäv): a member declares one in an item and takes no part in it; before it is decided."""

from sqlalchemy import delete

from pathways.errors import Refused
from pathways.models.meeting import Disqualification
from pathways.profiles.schema import Profile
from pathways.services.administration.office import Office
from pathways.services.deciding.situation import Situation, read_situation
from pathways.services.policy import may_act
from pathways.storage.unit_of_work import table_of

_away = table_of(Disqualification)


def declare_conflict(office: Office, item_id: int, person: str, *, profile: Profile) -> None:
    """Record that a member of the body, its presenter or its recorder takes no part in the item; once is enough.

    Members declare it of themselves; whoever keeps the minutes records it of anybody.
    """
    situation, person_id = _open(office, item_id, person, profile)
    if person_id not in _concerned(situation, office):
        raise Refused("error.item.not_concerned", person=person)
    if person_id not in situation.conflicted:
        row = {"region_id": office.region_id, "item_id": item_id, "person_id": person_id}
        office.work.insert_one(Disqualification, {**row, "declared_at": office.work.now})
        office.record("declare_conflict", str(item_id), person=person_id)


def withdraw_conflict(office: Office, item_id: int, person: str, *, profile: Profile) -> None:
    """Take a declaration back; nothing happens where there is none."""
    situation, person_id = _open(office, item_id, person, profile)
    if person_id in situation.conflicted:
        mine = (_away.c.item_id == item_id, _away.c.person_id == person_id)
        office.work.connection.execute(delete(_away).where(*mine))
        office.record("withdraw_conflict", str(item_id), person=person_id)


def _open(office: Office, item_id: int, person: str, profile: Profile) -> tuple[Situation, int]:
    """Return the item, which must be open to change, and who it is about."""
    person_id = int(office.person(person)["id"])
    if person_id != office.actor_id:
        office.permit("keep_minutes")
    situation = read_situation(
        office.work, item_id, region_id=office.region_id, profile=profile, today=office.today, lock=True
    )
    if situation.is_approved:
        raise Refused("error.item.approved")
    if situation.item["outcome"] is not None:
        raise Refused("error.item.conflict_late")
    return situation, person_id


def _concerned(situation: Situation, office: Office) -> set[int]:
    presenter = situation.item["presenter_id"]
    recorder = {office.actor_id} if may_act("keep_minutes", office.roles) else set()
    people = {*(one.person_id for one in situation.members), *situation.attendance}
    return people | recorder | ({presenter} if presenter else set())
