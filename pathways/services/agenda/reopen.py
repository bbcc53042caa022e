"""When a decision is void in an introduction's log, the item it was taken at stands open again."""

from collections.abc import Collection, Mapping

from sqlalchemy import select

from pathways.errors import Refused
from pathways.models.administration import RegionEvent
from pathways.models.meeting import AgendaItem, Minutes, MinutesState
from pathways.models.organisation import Body, Meeting
from pathways.services.case import Case
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

UNDECIDED: Mapping[str, object] = {
    "outcome": None,
    "motive": None,
    "conditions": [],
    "dissent": None,
    "decided_at": None,
    "decided_by": None,
    "decision_ref": None,
}
"""An item as it was before; paragraph and register number stay, to be offered again."""
_item, _meeting, _body, _minutes = (table_of(row) for row in (AgendaItem, Meeting, Body, Minutes))


def reopen_items(case: Case, decisions: Collection[str]) -> None:
    """Reopen the items at which these decisions of the introduction were taken.

    Refused where the minutes are approved: such a decision is changed by a new one, never by a correction.
    """
    if not decisions:
        return
    query = (
        select(_item, _body.c.slug.label("body"), _meeting.c.held_on, _minutes.c.state)
        .join(_meeting, _meeting.c.id == _item.c.meeting_id)
        .join(_body, _body.c.id == _meeting.c.body_id)
        .outerjoin(_minutes, _minutes.c.meeting_id == _meeting.c.id)
        .where(
            _item.c.region_id == case.region_id,
            _item.c.introduction_id == case.id,
            _item.c.decision_ref.in_(sorted(decisions)),
        )
    )
    for item in case.work.rows(query):
        if item["state"] == MinutesState.APPROVED:
            raise Refused("error.decision_in_minutes", body=item["body"], held_on=item["held_on"].isoformat())
        reopen_item(case.work, item, region_id=case.region_id, actor_id=case.actor_id)


def reopen_item(work: UnitOfWork, item: Row, *, region_id: int, actor_id: int | None) -> None:
    """Let an item stand open again, and record that it was decided."""
    work.update(AgendaItem, {"id": item["id"]}, UNDECIDED)
    values = {"outcome": str(item["outcome"]), "paragraph_no": item["paragraph_no"], "by": item["decided_by"]}
    row = {"region_id": region_id, "at": work.now, "actor_id": actor_id, "action": "reopen_item"}
    work.insert(RegionEvent, [{**row, "subject": str(item["id"]), "values": values}])
