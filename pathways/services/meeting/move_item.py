"""Move an item to another place on its agenda."""

from datetime import date

from pathways.models.meeting import AgendaItem
from pathways.services.administration.office import Office
from pathways.services.meeting.sitting import item_of, open_sitting, standing_items


def move_item(office: Office, body: str, *, held_on: date, item_id: int, place: int) -> None:
    """Give the item the place, counted from 1; the others close up. A place beyond the ends is the end itself."""
    office.permit("manage_agenda")
    sitting = open_sitting(office, body, held_on)
    item_of(office, sitting, item_id)
    standing = standing_items(office.work, sitting)
    order = [row["id"] for row in standing if row["id"] != item_id]
    order.insert(min(max(place, 1), len(standing)) - 1, item_id)
    if order == [row["id"] for row in standing]:
        return
    positions = {row["id"]: row["position"] for row in standing}
    for position, one in enumerate(order, start=1):
        if positions[one] != position:
            office.work.update(AgendaItem, {"id": one}, {"position": position})
    office.record("move_item", sitting.subject, item=item_id, place=order.index(item_id) + 1)
