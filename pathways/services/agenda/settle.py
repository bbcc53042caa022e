"""A decision recorded at an introduction stands at the item of the meeting as well: nothing is left open there.

What the page of the meeting records besides (motive, dissent) is written by whoever decides there.
"""

from datetime import date

from sqlalchemy import select

from pathways.models.meeting import AgendaItem, ItemKind, Outcome
from pathways.models.organisation import Meeting
from pathways.profiles.vocabulary import Matter
from pathways.services.case import Case
from pathways.storage.unit_of_work import table_of

_item, _meeting = table_of(AgendaItem), table_of(Meeting)


def settle_item(
    case: Case,
    decision: str,
    *,
    matter: Matter,
    body_id: int,
    meeting_on: date,
    outcome: str,
    paragraph_no: str,
    register_no: str,
    conditions: str | None,
) -> None:
    """Record the decision at the one open item about the matter at that meeting; where there are several, at none."""
    query = (
        select(_item.c.id)
        .join(_meeting, _meeting.c.id == _item.c.meeting_id)
        .where(
            _item.c.region_id == case.region_id,
            _item.c.introduction_id == case.id,
            _item.c.matter == matter,
            _item.c.kind == ItemKind.DECISION,
            _item.c.outcome.is_(None),
            _item.c.withdrawn_on.is_(None),
            _meeting.c.body_id == body_id,
            _meeting.c.held_on == meeting_on,
        )
    )
    open_items = case.work.values(query)
    if len(open_items) != 1:
        return
    asked = conditions.splitlines() if conditions else []
    values = {
        "outcome": Outcome.ADOPT_WITH_CONDITIONS if asked and outcome == Outcome.ADOPT else Outcome(outcome),
        "conditions": asked,
        "paragraph_no": paragraph_no,
        "register_no": register_no,
        "motive": case.ask.reason,
        "decided_at": case.now,
        "decided_by": case.actor_id,
        "decision_ref": decision,
    }
    case.work.update(AgendaItem, {"id": open_items[0]}, values)
