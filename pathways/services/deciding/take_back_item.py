"""Take back what was recorded at an item that no introduction's log knows of; before the minutes are approved."""

from pathways.errors import Refused
from pathways.profiles.schema import Profile
from pathways.services.administration.office import Office
from pathways.services.agenda.reopen import reopen_item
from pathways.services.deciding.situation import read_situation


def take_back_item(office: Office, item_id: int, *, profile: Profile) -> None:
    """Let the item stand open again; the region's record keeps what it said.

    A decision in an introduction's log is taken back there, which reopens the item as well.
    """
    office.permit("keep_minutes")
    situation = read_situation(
        office.work, item_id, region_id=office.region_id, profile=profile, today=office.today, lock=True
    )
    if situation.is_approved:
        raise Refused("error.item.approved")
    if situation.item["outcome"] is None:
        raise Refused("error.item.not_decided")
    if situation.item["decision_ref"] is not None:
        raise Refused("error.item.not_taken_back")
    reopen_item(office.work, situation.item, region_id=office.region_id, actor_id=office.actor_id)
