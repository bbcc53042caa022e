"""Put an item on the agenda of a meeting."""

from datetime import date

from pathways.models.meeting import AgendaItem
from pathways.profiles.schema import Profile
from pathways.services.administration.office import Office
from pathways.services.meeting.item import ItemOrder, columns_of, refuse_late, refuse_twin
from pathways.services.meeting.sitting import open_sitting, standing_items


def add_item(
    office: Office, body: str, item: ItemOrder, *, held_on: date, profile: Profile, although_late: str = ""
) -> int:
    """Put the item last on the agenda and return its id.

    After the last day to hand in it is refused with the next meeting that can be met, unless `although_late` says
    why it must be; that reason is kept in the region's log.
    """
    office.permit("manage_agenda")
    sitting = open_sitting(office, body, held_on)
    columns = columns_of(office, sitting, item, profile=profile)
    refuse_twin(office, sitting, item.title)
    if not although_late.strip():
        refuse_late(office, sitting, profile=profile)
    standing = standing_items(office.work, sitting)
    item_id = office.work.insert_one(
        AgendaItem,
        {
            "region_id": office.region_id,
            "meeting_id": sitting.meeting_id,
            "position": 1 + max((row["position"] for row in standing), default=0),
            "added_at": office.work.now,
            "added_by": office.actor_id,
            **columns,
        },
    )
    late = office.today > sitting.hand_in_on
    reason = {"late_reason": although_late.strip()} if late else {}
    office.record("add_item", sitting.subject, item=item_id, kind=str(item.kind), matter=item.matter, **reason)
    return item_id
