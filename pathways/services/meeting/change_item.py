"""Change an item of an agenda: its words, kind, time, presenter and proposal."""

from datetime import date

from pathways.models.meeting import AgendaItem
from pathways.profiles.schema import Profile
from pathways.services.administration.office import Office
from pathways.services.meeting.item import ItemOrder, columns_of, refuse_twin
from pathways.services.meeting.sitting import item_of, open_sitting


def change_item(office: Office, body: str, item: ItemOrder, *, held_on: date, item_id: int, profile: Profile) -> None:
    """Give the item what the order says; the introduction it is about stays. Refused once it is decided."""
    office.permit("manage_agenda")
    sitting = open_sitting(office, body, held_on)
    known = item_of(office, sitting, item_id)
    columns = columns_of(office, sitting, item, profile=profile, about=known["introduction_id"])
    refuse_twin(office, sitting, item.title, but=item_id)
    changed = {name: value for name, value in columns.items() if known[name] != value}
    if changed:
        office.work.update(AgendaItem, {"id": item_id}, changed)
        office.record("change_item", sitting.subject, item=item_id, fields=sorted(changed))
