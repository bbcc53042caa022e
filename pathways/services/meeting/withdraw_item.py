"""Take an item off an agenda. It stays in the data with the day it was withdrawn."""

from datetime import date

from sqlalchemy import select

from pathways.errors import Refused
from pathways.models.decision import BoardCase
from pathways.models.meeting import AgendaItem, ItemKind
from pathways.profiles.vocabulary import Matter
from pathways.services.administration.office import Office
from pathways.services.meeting.sitting import item_of, open_sitting
from pathways.storage.unit_of_work import table_of

_case = table_of(BoardCase)


def withdraw_item(office: Office, body: str, *, held_on: date, item_id: int) -> None:
    """Withdraw the item. Refused while a submitted plan waits for this very item: correct the submission instead."""
    office.permit("manage_agenda")
    sitting = open_sitting(office, body, held_on)
    row = item_of(office, sitting, item_id)
    if row["kind"] == ItemKind.DECISION and row["matter"] == Matter.PLAN:
        waiting = select(_case.c.ref).where(
            _case.c.introduction_id == row["introduction_id"],
            _case.c.body_id == sitting.body_id,
            _case.c.meeting_on == held_on,
            _case.c.closed.is_(False),
            _case.c.voided_by.is_(None),
        )
        if office.work.find(waiting.limit(1)) is not None:
            raise Refused("error.item_awaited", number=row["position"])
    office.work.update(AgendaItem, {"id": item_id}, {"withdrawn_on": office.today})
    office.record("withdraw_item", sitting.subject, item=item_id)
